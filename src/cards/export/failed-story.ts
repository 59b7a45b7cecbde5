/** Tells the requester why an export failed, and what may help. */
import type { ExportJob, Failed, FailureReason } from '../../domain/exports/export-job.ts';
import type { CardElement } from '../blocks/adaptive-card.ts';
import type { Banner } from '../blocks/card-blocks.ts';
import { data, footnote, heading, paragraph, row } from '../blocks/card-blocks.ts';
import { exportButton } from '../blocks/buttons.ts';
import { retiredOn } from '../../words/en/sources.ts';
import type { Story, StoryContent } from './export-blocks.ts';

const retirementHint = `Good to know: Microsoft retired Viva Goals on ${retiredOn}. That may be the reason.`;

interface Explanation {
  readonly title: string;
  readonly lead: string;
  readonly next: string;
  readonly retry: boolean;
}

const explanations: Readonly<Record<Exclude<FailureReason, 'retired'>, Explanation>> = {
  noAccess: {
    title: 'You have no access to this view',
    lead: 'Viva Goals did not let you read it, and I see only what you see.',
    next: 'Ask the view’s owner to share it with you, then try again.',
    retry: true,
  },
  notValid: {
    title: 'This link is not a valid explorer view',
    lead: 'Microsoft Graph does not recognise the view or organisation in it.',
    next: 'Open the saved view in the Viva Goals explorer, copy the whole address, and paste it here.',
    retry: false,
  },
  placeNotFound: {
    title: 'Organisation not found – was it deleted?',
    lead: 'Viva Goals does not know the organisation in this link.',
    next: 'Check that the view still opens in your browser. If it does, try again; if not, ask your Viva Goals administrator.',
    retry: true,
  },
  gone: {
    title: 'The export no longer exists',
    lead: 'Microsoft Graph no longer knows this export, so there is no file to fetch. Start again?',
    next: 'Try again starts a new export of the same view.',
    retry: true,
  },
  graphFailed: {
    title: 'Microsoft Graph reported a failure',
    lead: 'It accepted the export but could not make the file.',
    next: 'Try again: this often passes by itself.',
    retry: true,
  },
  refused: {
    title: 'Microsoft Graph refused this export',
    lead: 'It would not take the request.',
    next: 'Check that the view still opens in your browser, then try again. If it is refused again, ask your administrator.',
    retry: true,
  },
};

export const mayTryAgain = (reason: FailureReason): boolean =>
  reason !== 'retired' && explanations[reason].retry;

export function failedStory({ job }: StoryContent, state: Failed): Story {
  if (state.reason === 'retired')
    return { ...retiredBanner, details: [...retiredAdvice, ...reference(state, job.id)], buttons: [] };
  const { title, lead, retry } = explanations[state.reason];
  const next = isLasting(job, state) ? lasting : explanations[state.reason].next;
  return {
    tone: 'attention',
    icon: '✕',
    title,
    lead,
    details: [
      paragraph(next, 'Medium'),
      ...(state.reason === 'noAccess' || state.reason === 'refused'
        ? [footnote(retirementHint, 'Small')]
        : []),
      ...(state.message === undefined ? [] : [row('Graph says', data(state.message), 'Medium')]),
      ...reference(state, job.id),
    ],
    buttons: retry ? [exportButton('retry', job.id, { style: 'positive' })] : [],
  };
}

const lasting =
  'It has failed before, too. Wait a while before you try again; if that does not help, ask Microsoft support.';

/** Trying again has not helped: nothing is promised a second time. */
const isLasting = ({ pastRuns }: ExportJob, { reason }: Failed): boolean =>
  reason === 'graphFailed' && pastRuns.at(-1)?.outcome === 'failed';

const retiredBanner: Banner = {
  tone: 'emphasis',
  icon: 'ℹ',
  title: 'Viva Goals has been retired',
  lead: `Microsoft ended Viva Goals on ${retiredOn}. Microsoft Graph no longer offers this export to your organisation, so I can’t make a new file. It’s nothing you did.`,
};

const retiredAdvice: readonly CardElement[] = [
  heading('What you can do'),
  paragraph(
    '• Files that were exported earlier stay valid: look in your downloads, or ask colleagues who exported this view.',
  ),
  paragraph(
    '• Send me such a file, CSV or Excel, in our personal chat: I’ll tell you what it says and make a workbook of it.',
  ),
  paragraph(
    '• Ask your Viva Goals administrator whether the organisation’s data was exported before that day.',
  ),
  paragraph('• If Viva Goals still opens for you, paste the link again and I’ll try once more.'),
];

/** Graph's request id when there is one, else our own: there is always something to quote. */
function reference(state: Failed, exportId: string): readonly CardElement[] {
  const fromGraph = state.requestId !== undefined;
  return [
    row(fromGraph ? 'Request id' : 'Reference', data(state.requestId ?? exportId, 'Monospace'), 'Medium'),
    footnote(
      fromGraph
        ? 'Quote the request id when you ask for help.'
        : 'Quote the reference when you ask for help.',
      'Small',
    ),
  ];
}
