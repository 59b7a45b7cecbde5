/** Answers for the words of the sign-in question; the channel's own sign-in card carries them. */
import type { SignInCause } from '../domain/exports/export-job.ts';
import { plainName } from './plain-text.ts';

export interface SignInPrompt {
  readonly text: string;
  /** Title of the button. */
  readonly button: string;
}

const prompts: Readonly<Record<SignInCause, SignInPrompt>> = {
  signIn: {
    text: 'Please sign in. I export with your own rights, and then go on by myself.',
    button: 'Sign in',
  },
  claims: {
    text: 'Your organisation asks for a fresh sign-in. After it I go on by myself.',
    button: 'Sign in',
  },
  consent: {
    text: 'Please sign in and allow me to export goals for you. I ask only once.',
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
  return { text: `A sign-in is needed from ${whom}. Then I go on by myself.`, button: 'Sign in' };
}
