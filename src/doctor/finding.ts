/** Holds what one check found: in words for whoever runs the bot, never with a secret in them. */
import { present } from '../domain/present.ts';

export interface Finding {
  /** `warning`: it works, but not for long, or people miss something. `unchecked`: nobody knows, which is not the same as fine. */
  readonly state: 'ok' | 'warning' | 'wrong' | 'unchecked';
  /** What was looked at. */
  readonly subject: string;
  readonly says: string;
  /** Names the page, the field or the variable; absent where `says` does. */
  readonly todo?: string;
}

export const ok = (subject: string, says: string): Finding => ({ state: 'ok', subject, says });

export const warning = (subject: string, says: string, todo: string): Finding => ({
  state: 'warning',
  subject,
  says,
  todo,
});

export const wrong = (subject: string, says: string, todo?: string): Finding => ({
  state: 'wrong',
  subject,
  says,
  ...present({ todo }),
});

/** Always with what to do to find out. */
export const unchecked = (subject: string, says: string, todo: string): Finding => ({
  state: 'unchecked',
  subject,
  says,
  todo,
});
