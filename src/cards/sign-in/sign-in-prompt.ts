/** Words the question to sign in; the channel's own sign-in card carries it. */
import type { SignInCause } from '../../domain/exports/export-job.ts';
import { plainName } from '../blocks/untrusted-text.ts';

export interface SignInPrompt {
  readonly text: string;
  /** Title of the button. */
  readonly button: string;
}

const prompts: Readonly<Record<SignInCause, SignInPrompt>> = {
  signIn: {
    text: 'Sign in once, and I’ll go on. I only see what you may see.',
    button: 'Sign in',
  },
  claims: {
    text: 'Your organisation asks you to sign in again. Then I’ll go on.',
    button: 'Sign in',
  },
  consent: {
    text: 'Sign in and allow me to export goals for you. I’ll ask only once, then go on.',
    button: 'Sign in and allow',
  },
  adminConsent: {
    text: 'An administrator must allow this app for your organisation. If you are one, or it has been allowed already, sign in.',
    button: 'Sign in',
  },
};

/** For the person alone. */
export const signInPrompt = (cause: SignInCause): SignInPrompt => prompts[cause];

/** Where others read along: whose turn it is, and nothing about what is in their way. */
export function sharedSignInPrompt(name: string): SignInPrompt {
  const whom = plainName(name, 'whoever asked');
  return {
    text: `I need a sign-in from ${whom} before I can go on. It works for nobody else.`,
    button: 'Sign in',
  };
}
