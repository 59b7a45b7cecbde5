/** Says why a wish is not fulfilled: it goes beyond a limit, the export is not this person's, or something of ours broke. */
import type { Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { button, exportButton } from '../blocks/buttons.ts';
import { banner, data, row } from '../blocks/card-blocks.ts';

type Limit = 'openPerUser' | 'dailyPerUser' | 'openPerTenant';

/**
 * @param max the configured number
 * @param wish what went beyond it: an export, or a file that was sent
 */
export function limitCard(words: Words, limit: Limit, max: number, wish: 'export' | 'file' = 'export'): Card {
  const { limits } = words.talk;
  const ofFile = limit === 'openPerUser' ? limits.filesAtOnce : limits.files;
  const { title, lead: leadFor } = wish === 'file' ? ofFile : limits[limit];
  const lead = leadFor(max);
  return createCard({
    summary: title,
    speak: `${title}. ${lead}`,
    body: [banner({ tone: 'warning', icon: '‖', title, lead })],
    actions: wish === 'file' || limit === 'openPerTenant' ? [] : [button(words, { verb: 'list' })],
  });
}

/** Not there, or not this person's: the two look the same. @param isOffered the same export can be made for whoever pressed */
export function notFoundCard(words: Words, exportId: string, isOffered: boolean): Card {
  const { summary, title, lead, leadWithOffer } = words.talk.notFound;
  return createCard({
    summary,
    body: [banner({ tone: 'emphasis', icon: '○', title, lead: isOffered ? leadWithOffer : lead })],
    actions: [
      ...(isOffered ? [exportButton(words, 'exportForMe', exportId, { style: 'positive' })] : []),
      button(words, { verb: 'list' }),
    ],
  });
}

/** Something of ours broke. @param reference the one under which it was logged */
export function troubleCard({ talk: { trouble } }: Words, reference: string): Card {
  const { summary, speak, title, lead } = trouble;
  return createCard({
    summary,
    speak,
    body: [
      banner({ tone: 'attention', icon: '✕', title, lead }),
      row(trouble.reference, data(reference, 'Monospace'), 'Medium'),
    ],
  });
}
