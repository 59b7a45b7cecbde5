/** Draws what somebody quotes when they ask for help: a reference, versions, how their sign-in and exports stand. */
import type { ExportJob } from '../../domain/exports/export-job.ts';
import { wordsOfSource, type Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, CardElement } from '../blocks/adaptive-card.ts';
import { button } from '../blocks/buttons.ts';
import { banner, data, heading, paragraph, row, rowGroup, rowIf } from '../blocks/card-blocks.ts';
import { localDateTime } from '../blocks/local-time.ts';

export interface DebugContent {
  readonly reference: string;
  readonly at: Date;
  readonly versions: {
    readonly bot: string;
    readonly node: string;
    readonly database: 'embedded' | 'postgres';
  };
  readonly signedIn: boolean;
  readonly open: number;
  readonly waitForSignIn: number;
  readonly troubles: readonly ExportJob[];
}

export function debugCard(words: Words, content: DebugContent): Card {
  const { debug } = words;
  const { reference, at, versions, signedIn, open, waitForSignIn, troubles } = content;
  return createCard({
    summary: debug.title,
    speak: `${debug.title}. ${debug.lead} ${debug.reference}: ${reference}.`,
    body: [
      banner({ tone: 'emphasis', icon: 'ℹ', title: debug.title, lead: debug.lead }),
      ...rowGroup([
        row(debug.reference, data(reference, 'Monospace')),
        ...rowIf(debug.at, localDateTime(at)),
        row(debug.bot, debug.versions(versions.bot, versions.node, versions.database)),
        row(debug.signIn, signedIn ? debug.signedIn : debug.notSignedIn),
        row(debug.exports, debug.open(open, waitForSignIn)),
      ]),
      heading(debug.troubles),
      ...(troubles.length === 0
        ? [paragraph(debug.noTroubles)]
        : troubles.flatMap((job) => troubleRows(words, job))),
    ],
    actions: [button(words, { verb: 'list' })],
  });
}

function troubleRows(words: Words, { id, state, target, since }: ExportJob): readonly CardElement[] {
  const { debug } = words;
  const requestId = state.status === 'failed' ? state.requestId : undefined;
  return [
    paragraph(titleOf(words, { state, target }), 'Medium'),
    ...rowIf(debug.since, localDateTime(since)),
    row(debug.reference, data(id, 'Monospace')),
    ...rowIf(debug.requestId, requestId === undefined ? undefined : data(requestId, 'Monospace')),
  ];
}

function titleOf(words: Words, { state, target }: Pick<ExportJob, 'state' | 'target'>): string {
  if (state.status === 'failed') return wordsOfSource(words, target).failures[state.reason].title;
  return state.status === 'parked' ? words.exports.paused.causes[state.cause].title : '';
}
