/** Draws what takes the place of a question to sign in once it is settled, and the answer to `sign out`; picks the question's words. */
import type { SignInCause } from '../../domain/exports/export-job.ts';
import type { Words } from '../../words/words.ts';
import { plainName } from '../blocks/untrusted-text.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { banner, data, paragraph, row } from '../blocks/card-blocks.ts';

export type SignInPrompt = Words['talk']['signIn']['prompts'][SignInCause];

/** For the person alone. */
export const signInPrompt = ({ talk }: Words, cause: SignInCause): SignInPrompt => talk.signIn.prompts[cause];

/** Where others read along. */
export const sharedSignInPrompt = ({ talk: { signIn } }: Words, name: string): SignInPrompt =>
  signIn.sharedPrompt(plainName(name, signIn.whoeverAsked));

type SignInSettled =
  | 'signedIn'
  | 'signedInOnly'
  | 'abandoned'
  | 'signedOut'
  | 'askedAgain'
  | 'operatorFault'
  | 'operatorFaultOnly';

/** In place of a sign-in question that is over, where the client cannot take it away. */
export function signInSettledCard(words: Words, outcome: SignInSettled, correlationId?: string): Card {
  if (outcome === 'operatorFaultOnly') return ownSignInCard(words, correlationId);
  const { talk } = words;
  const said = talk.signIn.settled[outcome];
  const icon = outcome === 'signedIn' || outcome === 'signedInOnly' ? '✓' : '○';
  return createCard({ summary: said, body: [paragraph(`${icon}  ${said}`)] });
}

/** @param outcome.waiting open exports that now wait for a sign-in */
export function signedOutCard(
  { talk: { signedOut } }: Words,
  { waiting, hadTokens }: { readonly waiting: number; readonly hadTokens: boolean },
): Card {
  const { title, lead: first } = hadTokens ? signedOut : signedOut.notSignedIn;
  const lead = `${first} ${signedOut.waiting(waiting)}`;
  return createCard({
    summary: title,
    speak: `${title}. ${lead}`,
    body: [banner({ tone: 'emphasis', icon: hadTokens ? '✓' : '○', title, lead })],
  });
}

/** Microsoft refuses the bot itself. @param reference the one that Microsoft gave, where it gave one */
export function ownSignInCard({ answers: { ownSignIn } }: Words, reference: string | undefined): Card {
  const { title } = ownSignIn;
  const lead = `${ownSignIn.lead}${reference === undefined ? '.' : ownSignIn.quote}`;
  return createCard({
    summary: title,
    speak: `${title}. ${lead}`,
    body: [
      banner({ tone: 'warning', icon: '‖', title, lead }),
      ...(reference === undefined ? [] : [row(ownSignIn.reference, data(reference, 'Monospace'), 'Medium')]),
    ],
  });
}
