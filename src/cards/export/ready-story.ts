/** Tells the requester what the file says and how to take it; once it has expired, what it said. */
import type { Expired, ExportJob, Ready, SignInCause } from '../../domain/exports/export-job.ts';
import { isNoFile } from '../../domain/exports/notice-due.ts';
import { fileFormats, type FileFormat } from '../../domain/okrs/file/okr-file.ts';
import { present } from '../../domain/present.ts';
import type { CardButton, CardElement } from '../blocks/adaptive-card.ts';
import type { AnswerShown } from '../figures/answer-block.ts';
import { answerOf, answerParts, answerSpoken, asOfLine } from '../figures/answer-block.ts';
import { button, dialogButton, exportButton } from '../blocks/buttons.ts';
import { fold, footnote, row, rowGroup, rowIf } from '../blocks/card-blocks.ts';
import { actionRow, maxButtons, selectWord } from '../blocks/select-row.ts';
import { hasMoreChanges } from '../figures/changes-block.ts';
import { exportFacts, fileButtons, targetLink } from './export-blocks.ts';
import type { Story, StoryContent } from './export-blocks.ts';
import { wordsOfSource, type Words } from '../../words/words.ts';
import { localDateTime } from '../blocks/local-time.ts';
import { signInQuestion } from './sign-in-question.ts';
import { mayBeConverted, mayReadAgain } from '../figures/not-summarised.ts';

export function readyStory(words: Words, content: StoryContent, state: Ready): Story {
  const { job, download } = content;
  if (state.signInCause !== undefined && download === undefined)
    return askingStory(words, content, state, state.signInCause);
  const answer = answerOf(state.reading, content.answer);
  const parts = answerParts(words, answer);
  const look = download === undefined ? { style: 'positive' as const } : {};
  return {
    tone: 'good',
    icon: '✓',
    title: words.exports.ready.title,
    namesItself: true,
    ...(download === undefined ? { lead: leadFor(words, job) } : {}),
    spoken: answerSpoken(words, answer),
    details: [
      ...whatItIs(words, job, state, answer, download === undefined),
      ...(isNoFile(job) ? [] : parts.shown),
    ],
    buttons: withDetails(
      words,
      content,
      state,
      [
        ...fileButtons(words, {
          subject: { kind: 'export', id: job.id },
          canDownload: true,
          ...look,
          ...present({ from: content.from }),
          formats: content.canSave === true ? formatsOf(answer) : [],
          answer: answer?.kind === 'read' ? answer : undefined,
        }),
        ...answerButtons(words, content, answer),
        ...parts.attention,
      ],
      parts.details,
    ),
  };
}

/** Its last buttons, or where they are too many rows of the details. A schedule is set up where its person alone presses that. */
function withDetails(
  words: Words,
  { job, onlyYou = false, download }: StoryContent,
  state: Ready,
  buttons: Story['buttons'],
  details: readonly CardElement[],
): Story['buttons'] {
  const again = exportButton(words, 'exportAgain', job.id);
  const schedule = dialogButton(words, { verb: 'scheduleIt', thing: `export:${job.id}` });
  const isAsking = state.signInCause !== undefined;
  const more = onlyYou || isAsking || download !== undefined ? [again] : [again, schedule];
  // The details themselves, the page with the file.
  const taken = download === undefined ? 1 : 2;
  const room = Math.max(0, maxButtons - taken - buttons.length);
  return [
    ...buttons,
    ...fold('details', words.exports.card.details, [
      ...details,
      ...fileFacts(words, job, state),
      ...more.slice(room).map((one) => actionRow(one)),
    ]),
    ...more.slice(0, room),
  ];
}

const leadFor = ({ exports: { ready } }: Words, job: ExportJob): string =>
  isNoFile(job) ? ready.noFile : ready.lead;

const formatsOf = (answer: AnswerShown | undefined): readonly FileFormat[] =>
  answer?.kind === 'unreadable' && !mayBeConverted(answer.why) ? ['original'] : fileFormats;

function answerButtons(
  words: Words,
  { job, onlyYou = false }: StoryContent,
  answer: AnswerShown | undefined,
): readonly CardButton[] {
  switch (answer?.kind) {
    case undefined:
    case 'reading':
      return [];
    case 'unreadable':
      return mayReadAgain(answer.why) ? [exportButton(words, 'readAgain', job.id)] : [];
    case 'read':
      return onlyYou ? [exportButton(words, 'share', job.id)] : [];
  }
}

/** The file is there, but Microsoft Graph wants to see the person again first. */
function askingStory(words: Words, content: StoryContent, state: Ready, cause: SignInCause): Story {
  const { job } = content;
  const answer = answerOf(state.reading, content.answer);
  const parts = answerParts(words, answer);
  const question = signInQuestion(words, { cause }, content);
  return {
    tone: 'warning',
    icon: '➜',
    ...(cause === 'adminConsent' ? question : words.exports.signIn.toDownload),
    spoken: answerSpoken(words, answer),
    namesItself: true,
    details: [...question.details, ...whatItIs(words, job, state, answer), ...parts.shown],
    buttons: withDetails(
      words,
      content,
      state,
      [...question.buttons, exportButton(words, 'download', job.id), ...parts.attention],
      parts.details,
    ),
  };
}

export function expiredStory(words: Words, { job, answer }: StoryContent, state: Expired): Story {
  const when = localDateTime(state.expiredAt);
  // What it said is known for longer than the file can be had.
  const said = answer === undefined ? undefined : ({ kind: 'read', ...answer } as const);
  const parts = answerParts(words, said, 'everybody');
  return {
    tone: 'emphasis',
    icon: '○',
    ...whyGone(words, job, state),
    spoken: answerSpoken(words, said),
    details: [
      ...(when === undefined ? [] : [row(words.exports.expired.title, when, 'Medium')]),
      ...asOfLine(words, said),
      ...parts.shown,
    ],
    buttons: [
      exportButton(words, 'retry', job.id, { title: words.buttons.exportAgain, style: 'positive' }),
      ...(hasMoreChanges(answer?.changes) ? [exportButton(words, 'allChanges', job.id)] : []),
      ...parts.attention,
      ...fold('details', words.exports.card.details, parts.details),
    ],
  };
}

/** A source that makes no file has none that could expire. */
function whyGone(words: Words, { target }: ExportJob, { graphJobId }: Expired) {
  if (graphJobId !== undefined) return words.exports.expired;
  const { title, lead } = wordsOfSource(words, target).failures.gone;
  return { title, lead };
}

function whatItIs(
  words: Words,
  job: ExportJob,
  state: Ready,
  answer: AnswerShown | undefined,
  asksForName = false,
): readonly CardElement[] {
  const again = localDateTime(state.exportedAgainAt);
  return [
    asksForName && job.name === undefined && state.title === undefined
      ? namelessLink(words, job)
      : { ...targetLink(words, job.target), spacing: 'Medium' },
    ...asOfLine(words, answer),
    ...(again === undefined ? [] : [footnote(words.exports.ready.exportedAgain(again))]),
  ];
}

/** What has neither a name nor a title is told by a part of its id: its person may know it by another. */
function namelessLink(words: Words, job: ExportJob): CardElement {
  const link = targetLink(words, job.target);
  const nameIt = button(words, { verb: 'nameIt', subject: { kind: 'export', id: job.id } });
  return {
    type: 'ColumnSet',
    spacing: 'Medium',
    columns: [
      { type: 'Column', width: 'stretch', verticalContentAlignment: 'Center', items: [link] },
      selectWord(nameIt),
    ],
  };
}

function fileFacts(words: Words, job: ExportJob, { size, expiresAt }: Ready): readonly CardElement[] {
  const { file } = words.exports;
  const until = localDateTime(expiresAt);
  return rowGroup([
    row(file.title, file.csv(size === undefined ? undefined : words.amounts.fileSize(size))),
    ...rowIf(file.available, until === undefined ? undefined : file.until(until)),
    ...exportFacts(words, job),
  ]);
}
