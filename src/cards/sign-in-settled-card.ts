/** Answers for what becomes of the sign-in question once it needs no answer any more. */
import { createCard } from './adaptive-card.ts';
import type { Card } from './adaptive-card.ts';
import { paragraph } from './card-blocks.ts';

export type SignInSettled = 'signedIn' | 'abandoned' | 'signedOut' | 'askedAgain' | 'operatorFault';

const words: Readonly<Record<SignInSettled, string>> = {
  signedIn: '✓  Signed in, thank you. I go on by myself.',
  abandoned: '○  This sign-in is no longer needed.',
  askedAgain: '○  I asked again further down: please use that sign-in.',
  operatorFault: '○  I am not set up correctly. My operator was told; I ask again once it is mended.',
  signedOut: '○  You signed out. Paste a link when you want to go on.',
};

export const signInSettledCard = (outcome: SignInSettled): Card =>
  createCard({ summary: words[outcome].slice(3), body: [paragraph(words[outcome])] });
