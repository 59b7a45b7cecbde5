/**
 * Handles `POST /api/messages`: 401 for whoever is not the channel, before their body is read; 400 for what is no activity, else the
 * turn's answer. Many 401 alert the operator.
 */
import type { Clock, Log } from '../ports/runtime.ts';
import type { HandleActivity } from './bot.ts';
import type { Admit } from './receive/channel-authentication.ts';
import { readActivity, type InvokeAnswer } from './receive/turn.ts';

/** The part of the HTTP framework's request that we read; the body is JSON already. */
interface BotRequest {
  readonly headers: { readonly authorization?: string | undefined };
  readonly body?: unknown;
}
interface BotResponse {
  readonly writeHead: (status: number, headers: Readonly<Record<string, string | number>>) => unknown;
  readonly end: (body?: string) => unknown;
}

export interface BotEndpointDeps {
  readonly admit: Admit;
  readonly handleActivity: HandleActivity;
  readonly clock: Clock;
  readonly log: Log;
}

export interface BotEndpoint {
  /** False for whose token alone says that they are not the channel: they are to be answered with 401. */
  readonly mayEnter: (headers: BotRequest['headers']) => Promise<boolean>;
  readonly handleBotRequest: (request: BotRequest, response: BotResponse) => Promise<void>;
}

export function createBotEndpoint(deps: BotEndpointDeps): BotEndpoint {
  const { admit, handleActivity, log } = deps;
  const alertWhenMany = createRefusalAlert(deps);
  const isAdmitted = async (...given: Parameters<Admit>): Promise<boolean> => {
    const admission = await admit(...given);
    if (admission.kind === 'admitted') return true;
    log.warn({ why: admission.why }, 'a request to the bot was refused');
    alertWhenMany();
    return false;
  };
  return {
    mayEnter: ({ authorization }) => isAdmitted(authorization),
    handleBotRequest: async (request, response) => {
      const activity = readActivity(request.body);
      if (activity === undefined) {
        answer(response, { status: 400 });
        return;
      }
      if (await isAdmitted(request.headers.authorization, activity))
        answer(response, (await handleActivity(activity)) ?? { status: 200 });
      else answer(response, { status: 401 });
    },
  };
}

function answer(response: BotResponse, { status, body }: InvokeAnswer): void {
  const json = body === undefined ? '' : JSON.stringify(body);
  const type = json === '' ? {} : { 'Content-Type': 'application/json; charset=utf-8' };
  response.writeHead(status, { ...type, 'Content-Length': Buffer.byteLength(json) });
  response.end(json);
}

const manyInAMinute = 20;
const minute = 60_000;
const alertEvery = 600_000;

/** Tells the operator in the log when many requests are refused within a minute; to be called for each of them. */
export function createRefusalAlert({ clock, log }: Pick<BotEndpointDeps, 'clock' | 'log'>): () => void {
  let begun = -Infinity;
  let refused = 0;
  let alertedAt = -Infinity;
  return function alertWhenMany() {
    const now = clock.now().getTime();
    if (Math.abs(now - begun) >= minute) [begun, refused] = [now, 0];
    refused += 1;
    if (refused < manyInAMinute || Math.abs(now - alertedAt) < alertEvery) return;
    alertedAt = now;
    log.error(
      { refused },
      'many requests to the bot are refused: check the clock of this machine, BOT_ID and the BOT_CHANNEL_* settings; or a stranger is knocking',
    );
  };
}
