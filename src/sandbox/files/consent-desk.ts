/** Shows the bot's file consent and file cards, which the chat client cannot, as cards that lead to a page of the sandbox. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';

export type ConsentQuestion = Readonly<{
  id: string;
  name: string;
  /** What the bot says about it. */
  description: string;
  acceptContext: unknown;
  declineContext: unknown;
  /** Of the message that asks; once it is in the chat. */
  activityId?: string;
  /** Undefined while it is open. */
  answer?: 'accept' | 'decline';
}>;

/** An activity as the chat client can show it. */
type Shown = Readonly<{ activity: unknown; posted?: (activityId: string) => void }>;

export type ConsentDesk = Readonly<{
  /** Undefined for whatever the chat client shows by itself. */
  asShown: (activity: unknown) => Shown | undefined;
  /** What stands there instead of a question that the bot removes, which the chat client cannot do. */
  whenRemoved: (activityId: string) => unknown;
  /** The latest first. */
  questions: () => readonly ConsentQuestion[];
  /** Undefined when there is no such question, or it was answered before. */
  settle: (id: string, answer: 'accept' | 'decline') => ConsentQuestion | undefined;
}>;

const consentAttachment = z.object({
  contentType: z.literal('application/vnd.microsoft.teams.card.file.consent'),
  name: z.string(),
  content: z.object({ description: z.string(), acceptContext: z.unknown(), declineContext: z.unknown() }),
});
const infoAttachment = z.object({
  contentType: z.literal('application/vnd.microsoft.teams.card.file.info'),
  name: z.string(),
  contentUrl: z.string(),
});
const fileActivity = z.looseObject({
  attachments: z.tuple([z.discriminatedUnion('contentType', [consentAttachment, infoAttachment])]),
});

/** @param pageUrl where a question is answered */
export const createConsentDesk = (pageUrl: string): ConsentDesk => {
  const questions = new Map<string, ConsentQuestion>();
  const change = (id: string, change: Partial<ConsentQuestion>): void => {
    const question = questions.get(id);
    if (question) questions.set(id, { ...question, ...change });
  };
  const ask = ({ name, content }: z.infer<typeof consentAttachment>): Shown => {
    const id = randomUUID();
    questions.set(id, { id, name, ...content });
    const link = { title: 'Answer on the sandbox’s page', url: `${pageUrl}#${id}` };
    return {
      activity: card(name, content.description, link),
      posted: (activityId) => change(id, { activityId }),
    };
  };
  return {
    asShown: (activity) => {
      const [file] = fileActivity.safeParse(activity).data?.attachments ?? [];
      if (file === undefined) return undefined;
      if ('content' in file) return ask(file);
      const link = { title: 'Open the file', url: file.contentUrl };
      return { activity: card(file.name, 'Saved to the OneDrive of this sandbox.', link) };
    },
    whenRemoved: (activityId) => {
      const asked = [...questions.values()].find((question) => question.activityId === activityId);
      return asked && card(asked.name, 'This question was answered; in Teams it is gone.');
    },
    questions: () => [...questions.values()].reverse(),
    settle: (id, answer) => {
      const question = questions.get(id);
      if (question === undefined || question.answer !== undefined) return undefined;
      change(id, { answer });
      return question;
    },
  };
};

/** The name goes into a `TextRun`: a `TextBlock` would read Markdown in it. */
const card = (name: string, words: string, link?: Readonly<{ title: string; url: string }>) => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: {
        type: 'AdaptiveCard',
        version: '1.5',
        speak: `${name}. ${words}`,
        body: [
          { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: name, weight: 'Bolder' }] },
          { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: words }] },
        ],
        actions: link === undefined ? [] : [{ type: 'Action.OpenUrl', ...link }],
      },
    },
  ],
});
