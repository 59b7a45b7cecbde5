/** Tells the requester what the file says and how to take it; once it has expired, what it said. */
import type { Expired, ExportJob, Ready, SignInCause } from '../../domain/exports/export-job.ts';
import { isNoFile } from '../../domain/exports/notice-due.ts';
import { fileFormats, type FileFormat } from '../../domain/okrs/file/okr-file.ts';
import { present } from '../../domain/present.ts';
import type { CardButton, CardElement } from '../blocks/adaptive-card.ts';
import type { AnswerShown } from '../figures/answer-block.ts';
import { answerOf, answerParts, answerSpoken, asOfLine } from '../figures/answer-block.ts';
import { exportButton } from '../blocks/buttons.ts';
import { fold, footnote, row, rowGroup, rowIf } from '../blocks/card-blocks.ts';
import { hasMoreChanges } from '../figures/changes-block.ts';
import { exportFacts, fileButtons, targetLink } from './export-blocks.ts';
import type { Story, StoryContent } from './export-blocks.ts';
import { fileSize } from '../../words/en/amounts.ts';
import { localDateTime } from '../blocks/local-time.ts';
import { signInQuestion } from './sign-in-question.ts';
import { mayBeConverted, mayReadAgain } from '../figures/not-summarised.ts';

export function readyStory(content: StoryContent, state: Ready): Story {
  const { job, download } = content;
  if (state.signInCause !== undefined && download === undefined)
    return askingStory(content, state, state.signInCause);
  const answer = answerOf(state.reading, content.answer);
  const parts = answerParts(answer);
  const look = download === undefined ? { style: 'positive' as const } : {};
  return {
    tone: 'good',
    icon: '✓',
    title: 'Ready',
    namesItself: true,
    ...(download === undefined ? { lead: leadFor(job) } : {}),
    spoken: answerSpoken(answer),
    details: [...whatItIs(job, state, answer), ...(isNoFile(job) ? [] : parts.shown)],
    buttons: [
      ...fileButtons({
        subject: { kind: 'export', id: job.id },
        canDownload: true,
        ...look,
        ...present({ from: content.from }),
        formats: content.canSave === true ? formatsOf(answer) : [],
        answer: answer?.kind === 'read' ? answer : undefined,
      }),
      ...answerButtons(content, answer),
      ...parts.attention,
      ...fold('details', 'Details', [...parts.details, ...fileFacts(job, state)]),
      exportButton('exportAgain', job.id),
    ],
  };
}

const leadFor = (job: ExportJob): string =>
  isNoFile(job)
    ? 'Microsoft Graph says that the file is ready, but what came is not a CSV file. Press Export again to get a new one.'
    : 'Your file is ready to download.';

const formatsOf = (answer: AnswerShown | undefined): readonly FileFormat[] =>
  answer?.kind === 'unreadable' && !mayBeConverted(answer.why) ? ['original'] : fileFormats;

function answerButtons(
  { job, onlyYou = false }: StoryContent,
  answer: AnswerShown | undefined,
): readonly CardButton[] {
  switch (answer?.kind) {
    case undefined:
    case 'reading':
      return [];
    case 'unreadable':
      return mayReadAgain(answer.why) ? [exportButton('readAgain', job.id)] : [];
    case 'read':
      return onlyYou ? [exportButton('share', job.id)] : [];
  }
}

/** The file is there, but Microsoft Graph wants to see the person again first. */
function askingStory(content: StoryContent, state: Ready, cause: SignInCause): Story {
  const { job } = content;
  const answer = answerOf(state.reading, content.answer);
  const parts = answerParts(answer);
  const question = signInQuestion({ cause }, content);
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

export function expiredStory({ job, answer }: StoryContent, state: Expired): Story {
  const when = localDateTime(state.expiredAt);
  // What it said is known for longer than the file can be had.
  const said = answer === undefined ? undefined : ({ kind: 'read', ...answer } as const);
  const parts = answerParts(said, 'everybody');
  return {
    tone: 'emphasis',
    icon: '○',
    title: 'Expired',
    lead: 'Microsoft Graph keeps a file for a limited time, and this one’s has passed. Start again?',
    spoken: answerSpoken(said),
    details: [
      ...(when === undefined ? [] : [row('Expired', when, 'Medium')]),
      ...asOfLine(said),
      ...parts.shown,
    ],
    buttons: [
      exportButton('retry', job.id, { title: 'Export again', style: 'positive' }),
      ...(hasMoreChanges(answer?.changes) ? [exportButton('allChanges', job.id)] : []),
      ...parts.attention,
      ...fold('details', 'Details', parts.details),
    ],
  };
}

function whatItIs(job: ExportJob, state: Ready, answer: AnswerShown | undefined): readonly CardElement[] {
  const again = localDateTime(state.exportedAgainAt);
  return [
    { ...targetLink(job.target), spacing: 'Medium' },
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
