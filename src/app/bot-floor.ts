/** Builds the bot: its connection to the channel first, its handlers once the use cases stand. */
import { createBotToken } from '../adapters/identity/entra/bot-token.ts';
import { createBotCredentials, createTeamsAdapter, createServiceUrlGate } from '../bot/send/adapter.ts';
import { createAnswerCardAction } from '../bot/answer/answer-card-action.ts';
import { createBot } from '../bot/bot.ts';
import { createAdmit, createSdkAuthentication } from '../bot/receive/channel-authentication.ts';
import type { AskJson } from '../blocks/http/ask-json.ts';
import { createCoalesceUpdates } from '../blocks/coalesce-updates.ts';
import { createConnector } from '../bot/send/connector.ts';
import { createConnectorClients } from '../bot/send/connector-client.ts';
import { createRetryPolicy } from '../bot/send/retry-policy.ts';
import { createBotEndpoint } from '../bot/endpoint.ts';
import { createExportView, createOwnFileView } from '../bot/send/card-views.ts';
import { createTypingIndicator } from '../bot/send/typing-indicator.ts';
import { createMessenger } from '../bot/send/messenger.ts';
import { onCardAction, onSubmit } from '../bot/answer/on-card-action.ts';
import { createAnswerSave, onFileConsent } from '../bot/answer/saving.ts';
import { createExportAnswers, type ExportAnswersDeps } from '../bot/answer/export-answers.ts';
import { createOwnFileAnswers } from '../bot/answer/own-file-answers.ts';
import { createSubscriptionAnswers } from '../bot/answer/subscription-answers.ts';
import { createScheduleAnswers } from '../bot/answer/schedule-answers.ts';
import { createNameAnswers } from '../bot/answer/name-answers.ts';
import { onDialog } from '../bot/answer/on-dialog.ts';
import { createSharedNameAnswers } from '../bot/answer/shared-name-answers.ts';
import { onInstall } from '../bot/answer/on-install.ts';
import { onMessage, onMessageEdited } from '../bot/answer/on-message.ts';
import { onSentFiles } from '../bot/answer/on-sent-files.ts';
import { onSignIn } from '../bot/answer/on-sign-in.ts';
import type { SignInActivityDeps } from '../bot/send/outbound-activities.ts';
import { createReply } from '../bot/send/replies.ts';
import { createSendLimits } from '../bot/send/send-limits.ts';
import type { Config } from '../config.ts';
import type { ReadMessageLinks } from '../domain/exports/message-links.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { Background, Chance, Clock, Instances, Log, Stores } from '../ports/runtime.ts';
import type { UserTokens } from '../ports/user-tokens.ts';
import type { WordsFor } from '../words/words.ts';
import { createPeople } from './people.ts';
import { meteredAdmit, meteredRetries, meteredUpdates } from './metered.ts';
import { createDelivery } from './delivery.ts';
import type { BotUseCases } from './use-cases.ts';

export interface ChannelDeps {
  readonly wordsFor: WordsFor;
  readonly config: Config;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly askJson: AskJson;
  readonly tokens: Pick<UserTokens, 'adminConsentUrl' | 'knowsTenant'>;
  readonly instances: Instances;
}

/** Milliseconds: a person waits, and Teams gives up on an invoke after 5 s. */
const patience = {
  signIn: 4000,
  /** For whatever has no answer of its own for being late, and for a database that neither answers nor refuses. */
  whole: 4300,
};

/** What waits for its turn to be sent keeps no process alive that has stopped. */
const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds).unref());

/** Microsoft's SDK with our credentials, our rate limits and our retries. */
function createSdk({ config, clock, chance, metrics, instances, askJson }: ChannelDeps) {
  const { id: botId, tenantId, auth, channel } = config.bot;
  const { entraBaseUrl } = config;
  const app = { entraBaseUrl, tenantId, appId: botId, auth, scope: channel.scope };
  const botToken = createBotToken({ ...app, clock, askJson });
  const settings = { botId, loginUrl: `${entraBaseUrl}/${tenantId}`, channel };
  const authentication = createSdkAuthentication(settings, createBotCredentials(botId));
  const sendLimits = createSendLimits({ clock, pause, instances });
  const retry = createRetryPolicy({
    pause,
    random: chance.random,
    now: clock.now,
    limits: meteredRetries(sendLimits, metrics),
  });
  return {
    settings,
    botToken,
    sendLimits,
    retry,
    adapter: createTeamsAdapter(authentication, createConnectorClients(botToken)),
  };
}

/** What it takes to speak into conversations and to admit whoever speaks to the bot. */
export function createChannel(deps: ChannelDeps) {
  const { config, clock, chance, log, metrics, tokens } = deps;
  const { id: botId, serviceUrlHosts } = config.bot;
  const { settings, botToken, sendLimits, retry, adapter } = createSdk(deps);
  const isAllowedServiceUrl = createServiceUrlGate(serviceUrlHosts);
  const typingIndicator = createTypingIndicator({
    connector: createConnector({
      adapter,
      botId,
      retry,
      isAllowedServiceUrl,
      clock,
      log,
      limits: sendLimits,
      prepare: botToken,
      coalesce: meteredUpdates(createCoalesceUpdates(), metrics),
    }),
    pause,
    log,
  });
  const { connector, expect: expectAnswer } = typingIndicator;
  const exportView = createExportView({ clock, adminConsentUrl: tokens.adminConsentUrl });
  const fileLimits = { megabytes: config.files.maxUploadMegabytes, rows: config.files.maxRows };
  const ownFileView = createOwnFileView(fileLimits);
  const signInCard: SignInActivityDeps = {
    newId: chance.newId,
    appIdUri: config.app.idUri,
    signInUrl: (requestId) => `${config.publicUrl}/auth/start?request=${encodeURIComponent(requestId)}`,
  };
  const messenger = createMessenger({
    wordsFor: deps.wordsFor,
    connector,
    exportView,
    ownFileView,
    log,
    ...signInCard,
    isAllowedTenant: (tenantId) => config.allowedTenants.has(tenantId),
  });
  const admit = meteredAdmit(
    createAdmit({ settings, isAllowedServiceUrl, clock, askJson: deps.askJson }),
    metrics,
  );
  return {
    connector,
    exportView,
    ownFileView,
    fileLimits,
    people: createPeople({ adapter, botId, isAllowedServiceUrl, clock, log }),
    messenger,
    signInCard,
    admit,
    isKnownTenant: tokens.knowsTenant,
    expectAnswer,
    pause,
    patience,
  };
}

export type Channel = Omit<ReturnType<typeof createChannel>, 'people' | 'messenger'> & {
  readonly people: Pick<ReturnType<typeof createPeople>, 'nameOf'>;
};

export interface BotFloorDeps {
  readonly wordsFor: WordsFor;
  readonly readLinks: ReadMessageLinks;
  readonly config: Pick<Config, 'allowedTenants' | 'messageLimits'>;
  readonly clock: Clock;
  readonly chance: Pick<Chance, 'newId'>;
  readonly instances: Instances;
  /** Seconds. */
  readonly processAge: () => number;
  readonly background: Background;
  readonly log: Log;
  readonly stores: Pick<Stores, 'conversations' | 'inbound'> & Pick<ExportAnswersDeps, 'exports'>;
  readonly useCases: BotUseCases;
}

function createNames({ nameTargets, shareNames }: BotUseCases) {
  const sharedNameAnswers = createSharedNameAnswers(shareNames);
  return { sharedNameAnswers, nameAnswers: createNameAnswers(nameTargets, sharedNameAnswers) };
}

/** The handler of `POST /api/messages`. */
export function createBotFloor(deps: BotFloorDeps, channel: Channel) {
  const { clock, chance, background, log, stores, useCases } = deps;
  const { connector, exportView, ownFileView, fileLimits, signInCard, admit, pause, patience } = channel;
  const reply = createReply({ connector, background, pause });
  const { receiveOwnFile, saveToOneDrive } = useCases;
  const { offer: offerDownload } = useCases.downloadExport;
  const answerSave = createAnswerSave({ offerSave: saveToOneDrive.offer, reply });
  const names = createNames(useCases);
  const subscriptionAnswers = createSubscriptionAnswers(useCases);
  const scheduleAnswers = createScheduleAnswers({ ...useCases, subscriptionAnswers, clock });
  const answerCardAction = createAnswerCardAction({
    ...useCases,
    subscriptionAnswers,
    ...names,
    scheduleAnswers,
    clock,
    answerSave,
    subjects: {
      export: createExportAnswers({ ...useCases, exports: stores.exports, offerDownload, exportView }),
      ownFile: createOwnFileAnswers({ ...useCases, offerDownload, ownFileView }),
    },
  });
  const delivery = createDelivery({ ...deps, pause });
  const messages = {
    ...useCases,
    ...delivery,
    readLinks: deps.readLinks,
    onSentFiles: onSentFiles({ receiveOwnFile, fileLimits }),
    answerCardAction,
    ...names,
    scheduleAnswers,
    reply,
  };
  const { verifyState } = useCases.signInByBrowser;
  const handleActivity = createBot({
    wordsFor: deps.wordsFor,
    allowedTenants: deps.config.allowedTenants,
    isKnownTenant: channel.isKnownTenant,
    ...delivery,
    reply,
    chance,
    log,
    timeoutMilliseconds: patience.whole,
    expectAnswer: channel.expectAnswer,
    onMessage: onMessage(messages),
    onMessageEdited: onMessageEdited(messages),
    onSubmit: onSubmit({ answerCardAction, reply }),
    onCardAction: onCardAction({ ...useCases, answerCardAction, signInCard, verifyState }),
    onSignIn: onSignIn({
      ...useCases,
      verifyState,
      background,
      patienceMilliseconds: patience.signIn,
    }),
    onDialog: onDialog({ scheduleAnswers, answerCardAction, reply }),
    onFileConsent: onFileConsent({ saveToOneDrive, reply }),
    onInstall: onInstall({ ...useCases, ...channel.people, conversations: stores.conversations, reply }),
  });
  return createBotEndpoint({ admit, handleActivity, clock, log });
}
