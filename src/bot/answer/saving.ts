/**
 * Saves a file to the person's OneDrive: asks with Teams' consent card, and takes the person's answer. Source: "Send and receive
 * files from your bot", invoke when the user accepts or declines the file.
 */
import * as z from 'zod';
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { notFoundCard } from '../../cards/talk/not-done-cards.ts';
import type { FileFormat, SubjectRef } from '../../domain/okrs/file/okr-file.ts';
import type { OfferSave, Question, SaveToOneDrive } from '../../usecases/files/save-to-onedrive.ts';
import { canSaveFrom, consentActivity } from '../send/outbound-activities.ts';
import type { Reply } from '../send/replies.ts';
import type { PersonsTurn, InvokeAnswer } from '../receive/turn.ts';
import { notSavedCard } from '../../cards/own-file/save-cards.ts';
import { present } from '../../domain/present.ts';

export interface AnswerSaveDeps {
  readonly offerSave: OfferSave;
  readonly reply: Reply;
}

/** A line for the person; the question comes as a message of its own. */
export type AnswerSave = (
  turn: PersonsTurn,
  subject: SubjectRef,
  format: FileFormat,
) => Promise<Card | string>;

export function createAnswerSave({ offerSave, reply }: AnswerSaveDeps): AnswerSave {
  return async function answerSave(turn, subject, format) {
    const { requester, conversation, words } = turn;
    const { answers } = words;
    if (conversation.kind !== 'personal') return answers.cannotSave.notHere;
    if (!canSaveFrom(conversation)) return answers.cannotSave.government;
    const offer = await offerSave({ requester, conversation, subject, format });
    switch (offer.kind) {
      case 'offer':
        reply(turn, consentActivity(words, offer));
        return answers.saving;
      case 'asked':
        return answers.saving;
      case 'notReady':
        return answers.cannotSave.notReady;
      case 'notFound':
        return subject.kind === 'export' ? notFoundCard(words, subject.id, false) : answers.cannotSave.gone;
    }
  };
}

export interface OnFileConsentDeps {
  readonly saveToOneDrive: Pick<SaveToOneDrive, 'accept' | 'decline'>;
  readonly reply: Reply;
}

const offerId = z.string().regex(/^[\w-]{20,64}$/);
const address = z.url({ protocol: /^https?$/ }).max(8192);
/** Wanted for the card of the saved file only. */
const detail = (longest: number) => z.string().min(1).max(longest).optional().catch(undefined);
const consent = z.discriminatedUnion('action', [
  z.object({
    action: z.literal('accept'),
    context: z.object({ offerId }),
    uploadInfo: z.object({
      name: z.string().min(1).max(400),
      uploadUrl: address,
      contentUrl: address,
      uniqueId: detail(256),
      fileType: detail(32),
    }),
  }),
  z.object({ action: z.literal('decline'), context: z.object({ offerId }) }),
]);

export function onFileConsent(deps: OnFileConsentDeps) {
  return async function handleFileConsent(turn: PersonsTurn): Promise<InvokeAnswer> {
    const reading = consent.safeParse(turn.activity.value);
    if (!reading.success) return { status: 400 };
    await (reading.data.action === 'accept'
      ? accept(deps, turn, reading.data)
      : decline(deps, turn, reading.data));
    return { status: 200 };
  };
}

type Consent<Action> = Extract<z.infer<typeof consent>, { action: Action }>;

async function accept(deps: OnFileConsentDeps, turn: PersonsTurn, given: Consent<'accept'>): Promise<void> {
  const { requester, words } = turn;
  const { uniqueId, fileType, ...where } = given.uploadInfo;
  const target = { ...where, ...present({ uniqueId, fileType }) };
  const answer = { requester, offerId: given.context.offerId, target, ...questionOf(turn) };
  const outcome = await deps.saveToOneDrive.accept(answer);
  if (outcome === 'notFound') deps.reply(turn, words.answers.consentOver);
}

async function decline(deps: OnFileConsentDeps, turn: PersonsTurn, given: Consent<'decline'>): Promise<void> {
  const { requester, words } = turn;
  const answer = { requester, offerId: given.context.offerId, ...questionOf(turn) };
  const outcome = await deps.saveToOneDrive.decline(answer);
  if (outcome.kind === 'declined') deps.reply(turn, notSavedCard(words, { why: 'declined', ...outcome }));
}

/**
 * The card that asked; where Teams names none, it stays, which does no harm. It is asked in personal chats only: in a group a made-up
 * answer could name any message of the bot's.
 */
const questionOf = ({ activity, conversation }: PersonsTurn): { readonly question?: Question } =>
  activity.replyToId === undefined || conversation.kind !== 'personal'
    ? {}
    : { question: { conversation, activityId: activity.replyToId } };
