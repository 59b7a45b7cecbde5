/** Says that a sign-in question is settled, and what `sign out` removed. */
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { paragraph, banner } from '../blocks/card-blocks.ts';

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
