/** Types what people fill in on a card; what they wrote goes with every button of it, under the input's id. */

import type { Placed } from './placed.ts';

interface InputText extends Placed {
  readonly type: 'Input.Text';
  readonly id: string;
  readonly label: string;
  readonly placeholder?: string;
  readonly value?: string;
  readonly maxLength: number;
  readonly isRequired: true;
  readonly errorMessage: string;
}

export interface Choice {
  readonly title: string;
  readonly value: string;
}

interface InputChoiceSet extends Placed {
  readonly type: 'Input.ChoiceSet';
  readonly id: string;
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value?: string;
  readonly placeholder?: string;
  /** `filtered`: people write a part of what they look for. */
  readonly style: 'compact' | 'filtered';
  readonly isRequired: true;
  readonly errorMessage: string;
}

/** `HH:mm` and `YYYY-MM-DD`, whatever the client shows. */
interface InputTime extends Placed {
  readonly type: 'Input.Time';
  readonly id: string;
  readonly label: string;
  readonly value?: string;
  readonly isRequired: true;
  readonly errorMessage: string;
}
interface InputDate extends Placed {
  readonly type: 'Input.Date';
  readonly id: string;
  readonly label: string;
  readonly value?: string;
}

export type CardInput = InputText | InputChoiceSet | InputTime | InputDate;
