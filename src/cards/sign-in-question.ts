/** Answers for how an export's card asks its requester for a sign-in or an approval. */
import { isOpen } from '../domain/exports/export-job.ts';
import type { SignInCause, WaitingForSignIn } from '../domain/exports/export-job.ts';
import type { CardButton, CardElement } from './adaptive-card.ts';
import { footnote, linkButton, paragraph, webAddress } from './card-blocks.ts';
import type { Banner } from './card-blocks.ts';
import { exportButton } from './export-story.ts';
import type { Telling } from './export-story.ts';

const questions: Readonly<Record<SignInCause, Pick<Banner, 'title' | 'lead'>>> = {
  signIn: {
    title: 'Sign in to go on',
    lead: 'I export with your own rights, so I need you to sign in. Then I go on by myself.',
  },
  claims: {
    title: 'A fresh sign-in, please',
    lead: 'Your organisation asks for a fresh sign-in. After it I go on by myself.',
  },
  consent: {
    title: 'Allow the app once',
    lead: 'Sign in and allow me to export goals for you. I ask only once, then I go on by myself.',
  },
  adminConsent: {
    title: 'An administrator must allow this',
    lead: 'Exporting goals needs the permission Goals-Export, which only an administrator of your organisation can give. Send them the link below. I go on by myself once it is done.',
  },
};

export interface SignInQuestion extends Pick<Banner, 'title' | 'lead'> {
  readonly details: readonly CardElement[];
  readonly buttons: readonly CardButton[];
}

const elsewhere = 'Use the sign-in button in my other message here. If it is gone, press Ask again.';
const afterSignOut = 'You are signed out, so this export waits. Press Sign in when you want to go on.';

export function signInQuestion(
  { cause, quiet }: Pick<WaitingForSignIn, 'cause' | 'quiet'>,
  telling: Telling,
): SignInQuestion {
  const { id } = telling.job;
  const { signInUrl, adminUrl = signInUrl } = telling;
  if (cause === 'adminConsent')
    return {
      ...questions[cause],
      details: adminDetails(adminUrl),
      buttons: [
        ...linkButton('Open the approval page', adminUrl ?? ''),
        // A file that is there is tried again with its own button.
        ...(isOpen(telling.job) ? [exportButton('resume', id, { title: 'Check again' })] : []),
      ],
    };
  const direct = linkButton('Sign in', signInUrl ?? '', 'positive');
  if (direct.length > 0) return { ...questions[cause], details: [], buttons: direct };
  const title = quiet === true ? 'Sign in' : 'Ask again';
  return {
    ...questions[cause],
    details: [paragraph(quiet === true ? afterSignOut : elsewhere, 'Medium')],
    buttons: [exportButton('resume', id, { title })],
  };
}

function adminDetails(address: string | undefined): readonly CardElement[] {
  const url = webAddress(address ?? '');
  if (url === undefined)
    return [paragraph('Ask them to allow this app in the Microsoft Entra admin centre.', 'Medium')];
  return [
    adminLink(url),
    footnote('The link holds nothing secret: it may be copied and forwarded.', 'Small'),
  ];
}

/** The whole address as text, because it is meant to be copied. It is ours; what Markdown would read in it is encoded. */
const adminLink = (url: string): CardElement => ({
  ...{ type: 'Container', style: 'emphasis', spacing: 'Medium' },
  items: [
    {
      ...{ type: 'TextBlock', wrap: true, size: 'Small', fontType: 'Monospace' },
      text: url.replace(
        /[()[\]*~`|!<>]/g,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    },
  ],
});
