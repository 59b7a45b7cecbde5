/** Tells on an export's card that it waits for a sign-in or an approval. */
import { exportButton } from '../blocks/buttons.ts';
import { isOpen } from '../../domain/exports/export-job.ts';
import type { WaitingForSignIn } from '../../domain/exports/export-job.ts';
import { wordsOfSource, type Words } from '../../words/words.ts';
import type { CardButton, CardElement } from '../blocks/adaptive-card.ts';
import { linkButton, paragraph, webAddress } from '../blocks/card-blocks.ts';
import type { Banner } from '../blocks/card-blocks.ts';
import type { StoryContent } from './export-blocks.ts';

export interface SignInQuestion extends Pick<Banner, 'title' | 'lead'> {
  readonly details: readonly CardElement[];
  readonly buttons: readonly CardButton[];
}

const linkId = 'approval-link';

/** The question itself is a message of its own, with the button on it: the card only says that it waits. */
export function signInQuestion(
  words: Words,
  { cause, quiet }: Pick<WaitingForSignIn, 'cause' | 'quiet'>,
  content: StoryContent,
): SignInQuestion {
  const { id, target } = content.job;
  const { signIn } = words.exports;
  const question = signIn.question(cause, wordsOfSource(words, target));
  if (cause === 'adminConsent') return { ...question, ...forAdministrator(words, content) };
  const title = quiet === true ? words.buttons.signIn : signIn.askAgain;
  return {
    ...(quiet === true ? signIn.signedOut : question),
    details: [],
    buttons: [exportButton(words, 'resume', id, { title })],
  };
}

function forAdministrator(
  words: Words,
  { job, adminUrl }: StoryContent,
): Pick<SignInQuestion, 'details' | 'buttons'> {
  const { signIn } = words.exports;
  const url = webAddress(adminUrl?.() ?? '');
  // A file that is there is tried again with its own button.
  const again = isOpen(job) ? [exportButton(words, 'resume', job.id, { title: signIn.checkAgain })] : [];
  if (url === undefined)
    return {
      details: [paragraph(signIn.inAdminCentre, 'Medium')],
      buttons: again,
    };
  return {
    details: [approvalLink(url)],
    buttons: [
      ...linkButton(signIn.openApproval, url, 'positive'),
      { type: 'Action.ToggleVisibility', title: signIn.showLink, targetElements: [linkId] },
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
