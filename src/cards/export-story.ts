/** Answers for what the requester's card tells in each state: a banner, details and buttons, found by state. */
import type { ExportJob } from '../domain/exports/export-job.ts';
import type { CardButton, CardElement } from './adaptive-card.ts';
import { button } from './card-actions.ts';
import type { ExportVerb } from './card-actions.ts';
import type { Banner } from './card-blocks.ts';

export interface Story extends Banner {
  readonly details: readonly CardElement[];
  readonly buttons: readonly CardButton[];
}

/** What a story may look at. */
export interface Telling {
  readonly job: ExportJob;
  readonly now: Date;
  /** Our own sign-in page. */
  readonly signInUrl?: string;
  /** Where an administrator allows the app; may be forwarded. */
  readonly adminUrl?: string;
  /** A one-time link, just made for this person. */
  readonly download?: { readonly url: string; readonly expiresAt: Date };
}

const titles: Readonly<Record<ExportVerb, string>> = {
  view: 'Open my view',
  refresh: 'Refresh',
  download: 'Download',
  stop: 'Stop watching',
  retry: 'Try again',
  resume: 'Resume',
  exportAgain: 'Export again',
  exportForMe: 'Export it for me',
};

/** A button that acts on the export. */
export const exportButton = (
  verb: ExportVerb,
  exportId: string,
  look: { readonly title?: string; readonly style?: 'positive' } = {},
): CardButton => button(look.title ?? titles[verb], { verb, exportId }, look.style);
