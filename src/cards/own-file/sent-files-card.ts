/** Draws which sent files are not taken and why: too many at once, of a kind that the bot does not read, or not to be had. */
import { otherKindOf } from '../../domain/own-files/own-file.ts';
import type { NotTakenCause, OwnFileLimits } from '../../domain/own-files/own-file.ts';
import type { Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { banner, data, row } from '../blocks/card-blocks.ts';
import type { Banner } from '../blocks/card-blocks.ts';

const maxNamed = 10;

/** Files that are not fetched at all: their names say what they are. */
export function unreadableFilesCard(words: Words, names: readonly string[], limits: OwnFileLimits): Card {
  const { notTaken } = words.ownFiles;
  const kinds = [...new Set(names.map(otherKindOf))];
  const told = kinds.map((kind) => notTaken[kind](limits, names.length));
  const { title } =
    told.length === 1 && told[0] !== undefined ? told[0] : notTaken.notATable(limits, names.length);
  const lead = told.map((one) => one.lead).join(' ');
  return filesCard(words, names, { tone: 'warning', icon: '✕', title, lead });
}

/** More files in one message than are taken from one. */
export const leftOutFilesCard = (words: Words, names: readonly string[], max: number): Card =>
  filesCard(words, names, { tone: 'warning', icon: '…', ...words.ownFiles.leftOut(names.length, max) });

function filesCard({ ownFiles }: Words, names: readonly string[], told: Banner & { lead: string }): Card {
  return createCard({
    summary: told.title,
    speak: `${told.title}. ${told.lead}`,
    body: [banner(told), ...names.slice(0, maxNamed).map((name) => row(ownFiles.facts.file, data(name)))],
  });
}

/** One that looked as if it could be taken. */
export const notTaken = ({ ownFiles }: Words, why: NotTakenCause, limits: OwnFileLimits): Banner => ({
  tone: 'warning',
  icon: '✕',
  ...ownFiles.notTaken[why](limits, 1),
});
