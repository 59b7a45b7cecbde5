/** Says in place of a sign-in question that it is over, where the client cannot take it away. */
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { paragraph } from '../blocks/card-blocks.ts';

export type SignInSettled =
  'signedIn' | 'signedInOnly' | 'abandoned' | 'signedOut' | 'askedAgain' | 'operatorFault';

const words: Readonly<Record<SignInSettled, string>> = {
  signedIn: '✓  Signed in',
  signedInOnly: '✓  You are signed in',
  abandoned: '○  No longer needed',
  askedAgain: '○  Asked again below',
  operatorFault: '○  Not possible right now; I’ll ask again',
  signedOut: '○  Signed out',
};

export const signInSettledCard = (outcome: SignInSettled): Card =>
  createCard({ summary: words[outcome].slice(3), body: [paragraph(words[outcome])] });
