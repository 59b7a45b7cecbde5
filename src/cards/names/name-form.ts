/** Asks a person for the name of what they export. */
import { maxNameLength } from '../../domain/exports/target-name.ts';
import type { Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { button, type CardAction } from '../blocks/buttons.ts';
import { banner, paragraph } from '../blocks/card-blocks.ts';
import { plainText } from '../blocks/untrusted-text.ts';

interface NameFormContent {
  /** The client puts what was written beside it, as `name`. */
  readonly save: CardAction;
  readonly cancel: CardAction;
  /** Who sees the name; without it the person alone. */
  readonly lead?: string;
  readonly current?: string | undefined;
  /** What is wrong with what was written. */
  readonly problem?: string | undefined;
}

export function nameFormCard(
  words: Words,
  { save, cancel, lead = words.names.form.lead, current = '', problem }: NameFormContent,
): Card {
  const { form } = words.names;
  return createCard({
    summary: form.summary,
    speak: [form.summary, problem ?? lead].join(' '),
    body: [
      banner({ tone: 'emphasis', icon: '✎', title: form.summary, lead }),
      ...(problem === undefined
        ? []
        : [{ type: 'Container' as const, style: 'warning' as const, items: [paragraph(problem, 'None')] }]),
      {
        type: 'Input.Text',
        id: 'name',
        spacing: 'Medium',
        label: form.label,
        placeholder: form.example,
        maxLength: maxNameLength,
        isRequired: true,
        errorMessage: form.missing,
        ...(current !== '' && { value: plainText(current) }),
      },
    ],
    actions: [
      button(words, save, { title: form.save, style: 'positive' }),
      button(words, cancel, { title: form.cancel }),
    ],
  });
}
