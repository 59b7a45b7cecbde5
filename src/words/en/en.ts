/** Gathers every English sentence: what another language has to say as well. */
import {
  duration,
  fileSize,
  list as listed,
  number,
  percent,
  span,
  wholePercent,
} from './phrasing/amounts.ts';
import { answersAbout } from './answers.ts';
import { buttons, formats } from './buttons.ts';
import { changes } from './changes.ts';
import { commands, pleasantries } from './commands.ts';
import { notices, sharing } from './export-messages.ts';
import { debug } from './debug.ts';
import { exportWords } from './exports.ts';
import { figures } from './figures.ts';
import { infoPages } from './info-pages.ts';
import { listAbout } from './list.ts';
import { namesAbout, sharedNames } from './names.ts';
import { notSummarised } from './not-summarised.ts';
import { manifest } from './manifest.ts';
import { ownFiles } from './own-files.ts';
import { pages } from './pages.ts';
import { saving } from './saving.ts';
import { scheduleNotices } from './schedules/schedule-notices.ts';
import { scheduleGrammar } from './schedules/schedule-grammar.ts';
import { sheets } from './sheets.ts';
import { signInPages } from './sign-in-pages.ts';
import { offeringsOf } from './sources/offerings.ts';
import { sources, type KnownSources } from './sources/sources.ts';
import { talkAbout } from './talk.ts';
import { subscriptions } from './schedules/subscriptions.ts';
import { schedulesAbout } from './schedules/schedules.ts';
import { timing } from './schedules/timing.ts';

/** @param sources that the bot knows: it speaks of no others */
export function englishAbout(sources: KnownSources) {
  const offerings = offeringsOf(sources);
  return {
    /** BCP 47 tag: what pages and files say their language is. */
    tag: 'en',
    direction: 'ltr' as 'ltr' | 'rtl',
    amounts: { duration, fileSize, list: listed, number, percent, span, wholePercent },
    buttons,
    formats,
    figures,
    changes,
    notSummarised,
    debug,
    exports: exportWords,
    notices,
    sharing,
    list: listAbout(offerings),
    names: namesAbout(offerings),
    sharedNames,
    ownFiles,
    saving,
    scheduleNotices,
    pages,
    signInPages,
    scheduleGrammar,
    schedules: schedulesAbout(offerings),
    sheets,
    infoPages,
    sources,
    answers: answersAbout(offerings),
    commands,
    pleasantries,
    talk: talkAbout(offerings),
    subscriptions,
    timing,
    manifest,
  };
}

export const en = englishAbout(sources);
