/** Tells the requester's card when the file can be had: what it says, and the ways to take it. */
import type { ExportJob, Ready, SignInCause } from '../../domain/exports/export-job.ts';
import type { CardButton, CardElement } from '../blocks/adaptive-card.ts';
import type { AnswerShown } from '../figures/answer-block.ts';
import { answerOf, answerParts, answerSpoken, asOfLine } from '../figures/answer-block.ts';
import { fold, footnote, row, rowGroup, rowIf } from '../blocks/card-blocks.ts';
import { hasMoreChanges } from '../figures/changes-block.ts';
import { exportFacts, viewLink } from './export-identity.ts';
import { exportButton } from './export-story.ts';
import type { Story, Telling } from './export-story.ts';
import { fileSize } from '../blocks/amounts.ts';
import { localDateTime } from '../blocks/local-time.ts';
import { signInQuestion } from './sign-in-question.ts';
import { mayBeConverted, mayReadAgain } from '../figures/unreadable-words.ts';
import { saveFold } from './ways-to-take.ts';

export function readyStory(telling: Telling, state: Ready): Story {
  const { job, download } = telling;
  if (state.signInCause !== undefined && download === undefined)
    return askingStory(telling, state, state.signInCause);
  const answer = answerOf(state.reading, telling.answer);
  const parts = answerParts(answer);
  const look = download === undefined ? { style: 'positive' as const } : {};
  return {
    tone: 'good',
    icon: '✓',
    title: 'Ready',
    namesItself: true,
    ...(download === undefined ? { lead: leadFor(answer) } : {}),
    spoken: answerSpoken(answer),
    details: [...whatItIs(job, state, answer), ...(isNoFile(answer) ? [] : parts.shown)],
    buttons: [
      exportButton('download', job.id, { ...look, from: telling.from }),
      ...saveFold(telling.canSave === true ? saveChoices(job.id, answer) : []),
      ...answerButtons(telling, answer),
      ...parts.attention,
      ...fold('details', 'Details', [...parts.details, ...fileFacts(job, state)]),
      exportButton('exportAgain', job.id),
    ],
  };
}

/** Graph calls some files ready that are a web page or an error, and may mend it. */
const isNoFile = (answer: AnswerShown | undefined): boolean =>
  answer?.kind === 'unreadable' && answer.why === 'notATable';

const leadFor = (answer: AnswerShown | undefined): string =>
  isNoFile(answer)
    ? 'Microsoft Graph says that the file is ready, but what came is not a CSV file. Press Export again to get a new one.'
    : 'Your file is ready to download.';

const saveChoices = (exportId: string, answer: AnswerShown | undefined): readonly CardButton[] => [
  ...(answer?.kind === 'unreadable' && !mayBeConverted(answer.why)
    ? []
    : [exportButton('saveWorkbook', exportId), exportButton('saveSpreadsheetCsv', exportId)]),
  exportButton('saveOriginal', exportId),
];

function answerButtons(
  { job, onlyYou = false }: Telling,
  answer: AnswerShown | undefined,
): readonly CardButton[] {
  switch (answer?.kind) {
    case undefined:
    case 'reading':
      return [];
    case 'unreadable':
      return mayReadAgain(answer.why) ? [exportButton('readAgain', job.id)] : [];
    case 'read':
      return [
        ...(hasMoreChanges(answer.changes) ? [exportButton('allChanges', job.id)] : []),
        ...(onlyYou ? [exportButton('share', job.id)] : []),
      ];
  }
}

/** The file is there, but Microsoft Graph wants to see the person again first. */
function askingStory(telling: Telling, state: Ready, cause: SignInCause): Story {
  const { job } = telling;
  const answer = answerOf(state.reading, telling.answer);
  const parts = answerParts(answer);
  const question = signInQuestion({ cause }, telling);
  const lead = {
    lead: 'The file is ready, but Microsoft wants you to sign in again before I can fetch it. Then press Download.',
  };
  return {
    tone: 'warning',
    icon: '➜',
    ...(cause === 'adminConsent' ? question : { title: 'Sign in to download', ...lead }),
    spoken: answerSpoken(answer),
    namesItself: true,
    details: [...question.details, ...whatItIs(job, state, answer), ...parts.shown],
    buttons: [
      ...question.buttons,
      exportButton('download', job.id),
      ...parts.attention,
      ...fold('details', 'Details', [...parts.details, ...fileFacts(job, state)]),
      exportButton('exportAgain', job.id),
    ],
  };
}

function whatItIs(job: ExportJob, state: Ready, answer: AnswerShown | undefined): readonly CardElement[] {
  const again = localDateTime(state.exportedAgainAt);
  return [
    { ...viewLink(job.view), spacing: 'Medium' },
    ...asOfLine(answer),
    ...(again === undefined ? [] : [footnote(`Exported again on ${again}: the newer one has its own card.`)]),
  ];
}

const fileFacts = (job: ExportJob, { size, expiresAt }: Ready): readonly CardElement[] =>
  rowGroup([
    row('File', size === undefined ? 'CSV' : `CSV, ${fileSize(size)}`),
    ...rowIf('Available', prefixed('until ', localDateTime(expiresAt))),
    ...exportFacts(job),
  ]);

const prefixed = (prefix: string, text: string | undefined): string | undefined =>
  text === undefined ? undefined : `${prefix}${text}`;
