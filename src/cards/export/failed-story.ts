/** Tells the requester why an export failed, and what may help. */
import type { ExportJob, Failed, FailureReason } from '../../domain/exports/export-job.ts';
import type { SourceWords } from '../../words/en/sources/source-words.ts';
import { wordsOfSource, type Words } from '../../words/words.ts';
import type { CardElement } from '../blocks/adaptive-card.ts';
import { data, footnote, heading, paragraph, row } from '../blocks/card-blocks.ts';
import { exportButton } from '../blocks/buttons.ts';
import type { Story, StoryContent } from './export-blocks.ts';

interface Remedy {
  readonly retry: boolean;
  /** The source's end may be behind it. */
  readonly mayBeRetired?: true;
}

const remedies: Readonly<Record<FailureReason, Remedy>> = {
  noAccess: { retry: true, mayBeRetired: true },
  notValid: { retry: false },
  placeNotFound: { retry: true },
  gone: { retry: true },
  graphFailed: { retry: true },
  refused: { retry: true, mayBeRetired: true },
  retired: { retry: false },
};

export const mayTryAgain = (reason: FailureReason): boolean => remedies[reason].retry;

export function failedStory(words: Words, { job }: StoryContent, state: Failed): Story {
  const source = wordsOfSource(words, job.target);
  if (state.reason === 'retired') return retiredStory(words, source, job, state);
  const { title, lead, next } = source.failures[state.reason];
  const { failed } = words.exports;
  const { retry, mayBeRetired } = remedies[state.reason];
  const hint = mayBeRetired === true ? source.retirement?.hint : undefined;
  return {
    tone: 'attention',
    icon: '✕',
    title,
    lead,
    details: [
      paragraph(isLasting(job, state) ? failed.lasting : next, 'Medium'),
      ...(hint === undefined ? [] : [footnote(hint, 'Small')]),
      ...(state.message === undefined ? [] : [row(failed.graphSays, data(state.message), 'Medium')]),
      ...reference(words, state, job.id),
    ],
    buttons: retry ? [exportButton(words, 'retry', job.id, { style: 'positive' })] : [],
  };
}

/** Trying again has not helped: nothing is promised a second time. */
const isLasting = ({ pastRuns }: ExportJob, { reason }: Failed): boolean =>
  reason === 'graphFailed' && pastRuns.at(-1)?.outcome === 'failed';

/** What other sources offer to somebody whose own has ended. */
const insteadOf = ({ sources }: Words, ended: SourceWords): readonly string[] => {
  // Who speaks of a source in neutral words does not know what could take its place.
  if (ended.offering === undefined) return [];
  const all: readonly SourceWords[] = Object.values(sources.byName);
  return all.flatMap(({ offering }) => offering?.instead ?? []);
};

/** Nothing that anybody did. */
function retiredStory(words: Words, source: SourceWords, { id }: ExportJob, state: Failed): Story {
  const { title, lead, advice } = source.failures.retired;
  const ways = [...advice, ...insteadOf(words, source)];
  return {
    tone: 'emphasis',
    icon: 'ℹ',
    title,
    lead,
    details: [
      heading(words.exports.failed.whatYouCanDo),
      ...ways.map((text) => paragraph(`• ${text}`)),
      ...reference(words, state, id),
    ],
    buttons: [],
  };
}

/** Graph's request id when there is one, else our own: there is always something to quote. */
function reference(
  { exports: { failed } }: Words,
  { requestId }: Failed,
  exportId: string,
): readonly CardElement[] {
  const [title, hint] =
    requestId === undefined
      ? [failed.reference, failed.quoteReference]
      : [failed.requestId, failed.quoteRequestId];
  return [row(title, data(requestId ?? exportId, 'Monospace'), 'Medium'), footnote(hint, 'Small')];
}
