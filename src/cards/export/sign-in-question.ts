/** Tells on an export's card that it waits for a sign-in or an approval. */
import { exportButton } from '../blocks/buttons.ts';
import { isOpen } from '../../domain/exports/export-job.ts';
import type { SignInCause, WaitingForSignIn } from '../../domain/exports/export-job.ts';
import type { CardButton, CardElement } from '../blocks/adaptive-card.ts';
import { linkButton, paragraph, webAddress } from '../blocks/card-blocks.ts';
import type { Banner } from '../blocks/card-blocks.ts';
import type { StoryContent } from './export-blocks.ts';

const goesOn = 'I’ll go on as soon as you have signed in.';

const questions: Readonly<Record<SignInCause, Pick<Banner, 'title' | 'lead'>>> = {
  signIn: { title: 'Waiting for your sign-in', lead: goesOn },
  claims: {
    title: 'Waiting for your sign-in',
    lead: `Your organisation asks you to sign in again. ${goesOn}`,
  },
  consent: {
    title: 'Waiting for your sign-in',
    lead: `You are asked once to allow me to export goals for you. ${goesOn}`,
  },
  adminConsent: {
    title: 'An administrator must allow this',
    lead: 'Exporting goals needs the permission Goals-Export, which only an administrator of your organisation can give. Send them the link, or open the page if you are one. I’ll go on once it is done.',
  },
};

export interface SignInQuestion extends Pick<Banner, 'title' | 'lead'> {
  readonly details: readonly CardElement[];
  readonly buttons: readonly CardButton[];
}

const signedOut: Pick<Banner, 'title' | 'lead'> = {
  title: 'You are signed out',
  lead: 'So this export waits. Press Sign in when you want to go on.',
};

const linkId = 'approval-link';

/** The question itself is a message of its own, with the button on it: the card only says that it waits. */
export function signInQuestion(
  { cause, quiet }: Pick<WaitingForSignIn, 'cause' | 'quiet'>,
  content: StoryContent,
): SignInQuestion {
  const { id } = content.job;
  if (cause === 'adminConsent') return forAdministrator(content);
  const title = quiet === true ? 'Sign in' : 'Ask again';
  return {
    ...(quiet === true ? signedOut : questions[cause]),
    details: [],
    buttons: [exportButton('resume', id, { title })],
  };
}

function forAdministrator({ job, adminUrl }: StoryContent): SignInQuestion {
  const url = webAddress(adminUrl?.() ?? '');
  // A file that is there is tried again with its own button.
  const again = isOpen(job) ? [exportButton('resume', job.id, { title: 'Check again' })] : [];
  const question = questions.adminConsent;
  if (url === undefined)
    return {
      ...question,
      details: [paragraph('Ask them to allow this app in the Microsoft Entra admin centre.', 'Medium')],
      buttons: again,
    };
  return {
    ...question,
    details: [approvalLink(url)],
    buttons: [
      ...linkButton('Open the approval page', url, 'positive'),
      { type: 'Action.ToggleVisibility', title: 'Show the link', targetElements: [linkId] },
      ...again,
    ],
  };
}

/** For copying. It is ours and holds nothing secret; what Markdown would read in it is encoded. */
const approvalLink = (url: string): CardElement => ({
  type: 'Container',
  id: linkId,
  isVisible: false,
  style: 'emphasis',
  spacing: 'Medium',
  items: [
    {
      type: 'TextBlock',
      wrap: true,
      size: 'Small',
      fontType: 'Monospace',
      text: url.replace(
        /[()[\]*~`|!<>]/g,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    },
  ],
});
