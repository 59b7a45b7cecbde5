/** Answers what people write: starts an export for each link, and says something to everything else. */
import type { Card } from '../../cards/blocks/adaptive-card.ts';
import { leftOutCard, linkHelpCard } from '../../cards/talk/link-cards.ts';
import { limitCard } from '../../cards/talk/not-done-cards.ts';
import { present } from '../../domain/present.ts';
import type { MessageLinks, ReadMessageLinks } from '../../domain/exports/message-links.ts';
import type { Target } from '../../domain/exports/target.ts';
import type { InboundLog } from '../../ports/conversation.ts';
import type { StartExport } from '../../usecases/exports/start-export.ts';
import type { AnswerWordsDeps } from './answer-words.ts';
import { answerWords, saysOnly } from './answer-words.ts';
import { wordsOfSource } from '../../words/words.ts';
import { readSentFiles, type OnSentFiles } from './on-sent-files.ts';
import { readCommand } from '../receive/commands.ts';
import { readMessage, type ReadMessage } from '../receive/read-message.ts';
import { readScheduling, type Scheduling } from '../receive/schedules/read-scheduling.ts';
import { readNaming } from '../receive/read-naming.ts';
import type { Reply } from '../send/replies.ts';
import { once, type OnceDeps } from '../receive/deduplication.ts';
import type { PersonsTurn } from '../receive/turn.ts';

export interface OnMessageDeps extends AnswerWordsDeps {
  readonly startExport: StartExport;
  readonly readLinks: ReadMessageLinks;
  readonly onSentFiles: OnSentFiles;
  readonly inbound: Pick<InboundLog, 'firstTime' | 'isFirstVersion'> & OnceDeps['inbound'];
  readonly pause: OnceDeps['pause'];
  readonly background: OnceDeps['background'];
  readonly isFirstDelivery: OnceDeps['isFirstDelivery'];
  readonly underWay: OnceDeps['underWay'];
  readonly remember: OnceDeps['remember'];
  readonly reply: Reply;
}

export function onMessage(deps: OnMessageDeps) {
  return async function handleMessage(turn: PersonsTurn): Promise<void> {
    const message = readMessage(turn.activity, deps.readLinks);
    const { links } = message;
    const naming = links.targets.length > 0 ? readNaming(turn.words, message.besideLinks) : undefined;
    if (naming?.command === 'saveAs')
      return answerAboutLink(deps, turn, links, turn.words.names.notNamed.oneAtATime, (target) =>
        deps.nameAnswers.say(turn, naming, { kind: 'target', target }),
      );
    const scheduling = links.targets.length > 0 ? schedulingOf(turn, message) : undefined;
    if (scheduling !== undefined)
      return answerAboutLink(deps, turn, links, turn.words.schedules.oneAtATime, (target) =>
        deps.scheduleAnswers.say(turn, scheduling, { target }),
      );
    const hasLinks = links.targets.length > 0;
    const hasFiles = readSentFiles(turn.activity).taken.length > 0;
    // Cards that follow a file go where the conversation is known to be; a link's export brings that along.
    if (hasFiles) await deps.remember(turn.conversation);
    const files = await deps.onSentFiles(turn);
    const [limit] = await Promise.all([
      startEach(deps, turn, links.targets),
      hasLinks && !hasFiles ? deps.remember(turn.conversation) : undefined,
      // Whatever an edit brings later, the links have had their answer.
      hasLinks ? isFirst(deps, turn, linksOf(turn)) : undefined,
    ]);
    // Most links need no words beside the card.
    if (links.targets.length > 0 && files === undefined && limit === undefined && saysNothing(links)) return;
    const isAboutWords = links.targets.length === 0 && links.misread.length === 0 && files === undefined;
    const answerIt = async (): Promise<void> => {
      const answers = [
        ...(files?.answers ?? []),
        limit,
        links.leftOut.length > 0 ? leftOutCard(turn.words, links.leftOut) : undefined,
        ...linkHelp(turn, links),
        ...(links.notes ?? []).map(
          ({ source, note }) => wordsOfSource(turn.words, { source }).linkNotes?.[note],
        ),
        isAboutWords ? await answerWords(deps, turn, message) : undefined,
      ];
      await sayAll(deps, turn, answers);
    };
    // Exports deduplicate by themselves: a process that claims a message and dies must not silence it.
    await once(deps, turn, answerIt, isAboutWords && saysOnly(turn, message));
  };
}

/** A link that comes with its name is named, one that comes with a time is scheduled; neither is exported. */
async function answerAboutLink(
  deps: OnMessageDeps,
  turn: PersonsTurn,
  { targets, leftOut }: MessageLinks,
  oneAtATime: string,
  say: (target: Target) => Promise<Card | string | undefined>,
): Promise<void> {
  const [target, ...others] = [...targets, ...leftOut];
  await once(deps, turn, async () => {
    const isOne = target !== undefined && others.length === 0;
    await sayAll(deps, turn, [isOne ? await say(target) : oneAtATime]);
  });
}

/** “Schedule” and a link: when is to be asked for. */
const schedulingOf = ({ words }: PersonsTurn, { besideLinks }: ReadMessage): Scheduling | undefined => {
  const scheduling = readScheduling(words, besideLinks);
  if (scheduling === undefined && readCommand(words, besideLinks) === 'schedule')
    return { command: 'schedule', written: '' };
  return scheduling?.command === 'schedule' ? scheduling : undefined;
};

const saysNothing = ({ leftOut, misread, notes = [] }: MessageLinks): boolean =>
  leftOut.length + misread.length + notes.length === 0;

/** A card for each source. */
const linkHelp = ({ words }: PersonsTurn, { misread }: MessageLinks): readonly Card[] =>
  [...Map.groupBy(misread, ({ source }) => source)].map(([source, misreadThere]) =>
    linkHelpCard(
      words,
      source,
      misreadThere.map(({ problem }) => problem),
    ),
  );

/** An edit starts exports only if the message had no links before; everything else about an edit is no concern of the bot. */
export function onMessageEdited(deps: OnMessageDeps) {
  return async function handleMessageEdited(turn: PersonsTurn): Promise<void> {
    const { links, besideLinks } = readMessage(turn.activity, deps.readLinks);
    if (links.targets.length === 0 || readNaming(turn.words, besideLinks)?.command === 'saveAs') return;
    if (readScheduling(turn.words, besideLinks)?.command === 'schedule') return;
    const { tenantId, conversationId } = turn.conversation;
    const version = links.targets.map(({ key }) => key).join(' ');
    // Delivered again because its process died, the same edit is heard again.
    if (!(await deps.inbound.isFirstVersion(tenantId, conversationId, linksOf(turn), version))) return;
    const limit = await startEach(deps, turn, links.targets);
    if (!(await isFirst(deps, turn, `answer to ${linksOf(turn)}`))) return;
    await sayAll(deps, turn, [
      limit,
      links.leftOut.length > 0 ? leftOutCard(turn.words, links.leftOut) : undefined,
    ]);
  };
}

/** Nothing is kept of an answer: Teams is told that the message was taken once it is out, and delivers it again when this dies before. */
async function sayAll(
  { reply }: OnMessageDeps,
  turn: PersonsTurn,
  answers: readonly (Card | string | undefined)[],
): Promise<void> {
  const said = answers.flatMap((answer) => (answer === undefined ? [] : reply(turn, answer)));
  await Promise.all(said.map(({ isOut }) => isOut()));
}

const isFirst = ({ inbound }: OnMessageDeps, { conversation }: PersonsTurn, what: string): Promise<boolean> =>
  inbound.firstTime(conversation.tenantId, conversation.conversationId, what);

const linksOf = ({ activity }: PersonsTurn): string => `links of ${activity.id ?? ''}`;

/** The card that says so when a limit was in the way of some. */
async function startEach(
  { startExport }: OnMessageDeps,
  { requester, conversation, activity, words }: PersonsTurn,
  targets: readonly Target[],
): Promise<Card | undefined> {
  let limit: Card | undefined;
  for (const target of targets) {
    const outcome = await startExport({
      requester,
      target,
      conversation,
      ...present({ activityId: activity.id }),
    });
    if (outcome.kind === 'limitReached') limit ??= limitCard(words, outcome.limit, outcome.max);
  }
  return limit;
}
