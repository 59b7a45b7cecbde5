/** Holds what one check found: in words for whoever runs the bot, never with a secret in them. */
import { present } from '../domain/present.ts';

export interface Finding {
  readonly state: 'ok' | 'wrong' | 'unchecked';
  /** What was looked at. */
  readonly subject: string;
  readonly says: string;
  /** Names the page, the field or the variable; absent where `says` does. */
  readonly todo?: string;
}

export const ok = (subject: string, says: string): Finding => ({ state: 'ok', subject, says });

export const wrong = (subject: string, says: string, todo?: string): Finding => ({
  state: 'wrong',
  subject,
  says,
  ...present({ todo }),
});

export const unchecked = (subject: string, says: string, todo?: string): Finding => ({
  state: 'unchecked',
  subject,
  says,
  ...present({ todo }),
});
