/** Answers for a wish that goes beyond what one person or organisation may have at a time. */
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { button } from '../blocks/card-actions.ts';
import { banner } from '../blocks/card-blocks.ts';

export type Limit = 'openPerUser' | 'dailyPerUser' | 'openPerTenant';

interface Refusal {
  readonly title: string;
  readonly lead: (most: string) => string;
}

const refusals: Readonly<Record<Limit, Refusal>> = {
  openPerUser: {
    title: 'Not started – too many open',
    lead: (most) =>
      `You already have ${most} open, and that is the limit. Wait until one is done, or press Stop watching on one.`,
  },
  dailyPerUser: {
    title: 'Not started – that is all for today',
    lead: (most) =>
      `You have started ${most} within a day, and that is the limit. Try again tomorrow. You can still download what is ready.`,
  },
  openPerTenant: {
    title: 'Not started – your organisation is busy',
    lead: (most) => `It already has ${most} open, and that is the limit. Try again later.`,
  },
};

/**
 * @param most the configured number
 * @param wish what went beyond it: an export, or a file that was sent
 */
export function limitCard(limit: Limit, most: number, wish: 'export' | 'file' = 'export'): Card {
  if (wish === 'file') return filesLimitCard(most);
  const { title, lead: leadFor } = refusals[limit];
  const lead = leadFor(most === 1 ? '1 export' : `${most} exports`);
  return createCard({
    summary: title,
    speak: `${title}. ${lead}`,
    body: [banner({ tone: 'warning', icon: '‖', title, lead })],
    actions: limit === 'openPerTenant' ? [] : [button('My exports', { verb: 'list' })],
  });
}

function filesLimitCard(most: number): Card {
  const title = 'Not read – that is all for today';
  const lead = `You have sent me ${most === 1 ? '1 file' : `${most} files`} within a day, and that is the limit. Send it again tomorrow.`;
  return createCard({
    summary: title,
    speak: `${title}. ${lead}`,
    body: [banner({ tone: 'warning', icon: '‖', title, lead })],
  });
}
