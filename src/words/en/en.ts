/** Gathers every English sentence: what another language has to say as well. */
import { duration, fileSize, list as listed, number, percent, span, wholePercent } from './amounts.ts';
import { answers } from './answers.ts';
import { buttons, formats } from './buttons.ts';
import { changes } from './changes.ts';
import { commands, pleasantries } from './commands.ts';
import { notices, sharing } from './export-messages.ts';
import { exportWords } from './exports.ts';
import { figures } from './figures.ts';
import { infoPages } from './info-pages.ts';
import { list } from './list.ts';
import { notSummarised } from './not-summarised.ts';
import { manifest } from './manifest.ts';
import { ownFiles } from './own-files.ts';
import { pages } from './pages.ts';
import { saving } from './saving.ts';
import { sheets } from './sheets.ts';
import { signInPages } from './sign-in-pages.ts';
import { sources, type KnownSources } from './sources/sources.ts';
import { talk } from './talk.ts';

/** @param sources that the bot knows: it speaks of no others */
export const englishAbout = (sources: KnownSources) => ({
  /** BCP 47 tag: what pages and files say their language is. */
  tag: 'en',
  direction: 'ltr' as 'ltr' | 'rtl',
  amounts: { duration, fileSize, list: listed, number, percent, span, wholePercent },
  buttons,
  formats,
  figures,
  changes,
  notSummarised,
  exports: exportWords,
  notices,
  sharing,
  list,
  ownFiles,
  saving,
  pages,
  signInPages,
  sheets,
  infoPages,
  sources,
  answers,
  commands,
  pleasantries,
  talk,
  manifest,
});

export const en = englishAbout(sources);
