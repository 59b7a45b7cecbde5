/** Words the question to sign in, what takes its place once it is settled, and the answer to `sign out`. */
import type { SignInCause } from '../../domain/exports/export-job.ts';
import { plainName } from '../blocks/untrusted-text.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { paragraph, banner } from '../blocks/card-blocks.ts';

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

type SignInSettled = 'signedIn' | 'signedInOnly' | 'abandoned' | 'signedOut' | 'askedAgain' | 'operatorFault';

const settledWords: Readonly<Record<SignInSettled, string>> = {
  signedIn: '✓  Signed in',
  signedInOnly: '✓  You are signed in',
  abandoned: '○  No longer needed',
  askedAgain: '○  Asked again below',
  operatorFault: '○  Not possible right now; I’ll ask again',
  signedOut: '○  Signed out',
};

/** In place of a sign-in question that is over, where the client cannot take it away. */
export const signInSettledCard = (outcome: SignInSettled): Card =>
  createCard({ summary: settledWords[outcome].slice(3), body: [paragraph(settledWords[outcome])] });

/** @param outcome.waiting open exports that now wait for a sign-in */
export function signedOutCard({
  waiting,
  hadTokens,
}: {
  readonly waiting: number;
  readonly hadTokens: boolean;
}): Card {
  const title = hadTokens ? 'You are signed out' : 'You were not signed in';
  const lead = [
    hadTokens ? 'I have removed your sign-in.' : 'There was no sign-in to remove.',
    waitingWords(waiting),
  ].join(' ');
  return createCard({
    summary: title,
    speak: `${title}. ${lead}`,
    body: [banner({ tone: 'emphasis', icon: hadTokens ? '✓' : '○', title, lead })],
  });
}

function waitingWords(waiting: number): string {
  const then = 'Paste a link when you want to continue, and I’ll ask you to sign in.';
  if (waiting === 0) return `No export is waiting. ${then}`;
  return waiting === 1
    ? `One export waits until you sign in again. ${then}`
    : `${waiting} exports wait until you sign in again. ${then}`;
}
