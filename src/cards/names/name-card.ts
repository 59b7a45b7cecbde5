/** Draws one name: what it stands for, and what can be done with it. */
import type { SharedName } from '../../domain/exports/shared-name.ts';
import type { TargetName } from '../../domain/exports/target-name.ts';
import type { Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, CardButton, CardElement } from '../blocks/adaptive-card.ts';
import { button, dialogButton } from '../blocks/buttons.ts';
import { footnote } from '../blocks/card-blocks.ts';
import { plainName, untrustedLine } from '../blocks/untrusted-text.ts';
import { targetLink } from '../export/export-blocks.ts';
import { givenByLine } from './shared-names-card.ts';

/** A person's own. @param scope `shared`: shown to them in a group or channel, where nothing is scheduled */
export function nameCard(words: Words, name: TargetName, scope: 'personal' | 'shared'): Card {
  const { id: nameId } = name;
  return cardOf(
    words,
    name,
    [],
    [
      button(words, { verb: 'exportNamed', nameId }, { style: 'positive' }),
      ...(scope === 'personal' ? [dialogButton(words, { verb: 'scheduleIt', thing: `name:${nameId}` })] : []),
      button(words, { verb: 'renameName', nameId }),
      button(words, { verb: 'forgetName', nameId }),
    ],
  );
}

/** One that everybody in a group or channel has. @param readerId whose it is to change */
export function nameOfAllCard(words: Words, name: SharedName, readerId: string): Card {
  const { id: nameId, giver } = name;
  const change: readonly CardButton[] = [
    button(words, { verb: 'renameSharedName', nameId }),
    button(words, { verb: 'forgetSharedName', nameId }),
  ];
  return cardOf(
    words,
    name,
    [givenByLine(words, name)],
    [
      button(words, { verb: 'exportSharedName', nameId }, { style: 'positive' }),
      ...(giver.userId === readerId ? change : []),
    ],
  );
}

function cardOf(
  words: Words,
  { name, target }: TargetName,
  more: readonly CardElement[],
  buttons: readonly CardButton[],
): Card {
  return createCard({
    summary: plainName(name, words.names.title),
    body: [
      untrustedLine(name, { weight: 'Bolder' }, 'None'),
      { ...targetLink(words, target), spacing: 'None' },
      ...more,
      footnote(words.names.howToExport),
    ],
    actions: [...buttons, button(words, { verb: 'views' }, { title: words.names.back })],
  });
}
