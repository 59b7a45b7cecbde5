/** Says why a wish is not fulfilled: it goes beyond a limit, the export is not this person's, or something of ours broke. */
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { button, exportButton } from '../blocks/buttons.ts';
import { banner, data, row } from '../blocks/card-blocks.ts';

type Limit = 'openPerUser' | 'dailyPerUser' | 'openPerTenant';

interface Refusal {
  readonly title: string;
  readonly lead: (max: string) => string;
}

const refusals: Readonly<Record<Limit, Refusal>> = {
  openPerUser: {
    title: 'Not started – too many open',
    lead: (max) =>
      `You already have ${max} open, and that is the limit. Wait until one is done, or press Stop watching on one.`,
  },
  dailyPerUser: {
    title: 'Not started – that is all for today',
    lead: (max) =>
      `You have started ${max} within a day, and that is the limit. Try again tomorrow. You can still download what is ready.`,
  },
  openPerTenant: {
    title: 'Not started – your organisation is busy',
    lead: (max) => `It already has ${max} open, and that is the limit. Try again later.`,
  },
};

/**
 * @param max the configured number
 * @param wish what went beyond it: an export, or a file that was sent
 */
export function limitCard(limit: Limit, max: number, wish: 'export' | 'file' = 'export'): Card {
  if (wish === 'file') return filesLimitCard(max);
  const { title, lead: leadFor } = refusals[limit];
  const lead = leadFor(max === 1 ? '1 export' : `${max} exports`);
  return createCard({
    summary: title,
    speak: `${title}. ${lead}`,
    body: [banner({ tone: 'warning', icon: '‖', title, lead })],
    actions: limit === 'openPerTenant' ? [] : [button({ verb: 'list' })],
  });
}

function filesLimitCard(max: number): Card {
  const title = 'Not read – that is all for today';
  const lead = `You have sent me ${max === 1 ? '1 file' : `${max} files`} within a day, and that is the limit. Send it again tomorrow.`;
  return createCard({
    summary: title,
    speak: `${title}. ${lead}`,
    body: [banner({ tone: 'warning', icon: '‖', title, lead })],
  });
}

const notYours = 'It belongs to somebody else, or it is no longer kept.';

/** Not there, or not this person's: the two look the same. @param isOffered the same export can be made for whoever pressed */
export const notFoundCard = (exportId: string, isOffered: boolean): Card =>
  createCard({
    summary: 'This is not an export of yours',
    body: [
      banner({
        tone: 'emphasis',
        icon: '○',
        title: 'Not an export of yours',
        lead: isOffered ? `${notYours} I can make the same export for you.` : notYours,
      }),
    ],
    actions: [
      ...(isOffered ? [exportButton('exportForMe', exportId, { style: 'positive' })] : []),
      button({ verb: 'list' }),
    ],
  });

/** Something of ours broke. @param reference the one under which it was logged */
export const troubleCard = (reference: string): Card =>
  createCard({
    summary: 'Something went wrong. Try again in a minute',
    speak: 'Something went wrong on my side. Try again in a minute.',
    body: [
      banner({
        tone: 'attention',
        icon: '✕',
        title: 'Something went wrong on my side',
        lead: 'Try again in a minute. Your open exports continue. If it happens again, give this reference to whoever runs this bot.',
      }),
      row('Reference', data(reference, 'Monospace'), 'Medium'),
    ],
  });
