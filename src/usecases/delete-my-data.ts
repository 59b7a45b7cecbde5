/** Answers for forgetting everything that is kept of one person: first what that is, then, when they are sure, that it is gone. */
import type { ExportJob, Person } from '../domain/exports/export-job.ts';
import type { TrackedCard } from '../ports/export-jobs.ts';
import type { Messenger } from '../ports/messenger.ts';
import type { KeptData } from '../ports/personal-data.ts';
import type { Background, Log, Stores, Transact } from '../ports/runtime.ts';
import type { UserTokens } from '../ports/user-tokens.ts';
import { retirePrompt } from './sign-in-prompt.ts';

export interface DeleteMyDataDeps {
  readonly stores: Pick<Stores, 'exports' | 'cards' | 'signIns' | 'personalData'>;
  readonly transact: Transact;
  readonly tokens: Pick<UserTokens, 'forget' | 'holds'>;
  readonly messenger: Messenger;
  readonly background: Background;
  readonly log: Log;
}

/** How much there is of each. */
export interface KeptOfPerson extends KeptData {
  readonly signedIn: boolean;
}

export interface DeleteMyData {
  readonly preview: (who: { readonly requester: Person }) => Promise<KeptOfPerson>;
  /** What there was. Graph's own jobs stay: no call removes them. */
  readonly confirm: (who: { readonly requester: Person }) => Promise<KeptOfPerson>;
}

export const createDeleteMyData = (deps: DeleteMyDataDeps): DeleteMyData => ({
  preview: ({ requester }) => keptOf(deps, requester),
  confirm: async ({ requester }) => {
    const kept = await keptOf(deps, requester);
    const shown = await cardsThatFollow(deps, requester);
    await deps.tokens.forget(requester);
    const prompts = await deps.stores.signIns.settle(requester);
    await deps.transact(({ personalData }) => personalData.erase(requester));
    // A sign-in that was under way while the rows went must not leave tokens behind.
    await deps.tokens.forget(requester);
    deps.log.info({ ...kept, tenantId: requester.tenantId }, 'somebody had their data deleted');
    deps.background.run('retire cards', async () => {
      for (const prompt of prompts) await retirePrompt(deps, prompt, 'signedOut');
      for (const { job, card } of shown) await retireCard(deps, job, card);
    });
    return kept;
  },
});

async function keptOf({ stores, tokens }: DeleteMyDataDeps, person: Person): Promise<KeptOfPerson> {
  const [kept, signedIn] = await Promise.all([stores.personalData.count(person), tokens.holds(person)]);
  return { ...kept, signedIn };
}

interface Shown {
  readonly job: ExportJob;
  readonly card: TrackedCard;
}

/** Cards of open exports would say "running" for ever; the others stay true. */
async function cardsThatFollow({ stores }: DeleteMyDataDeps, person: Person): Promise<readonly Shown[]> {
  const shown: Shown[] = [];
  for (const id of await stores.exports.openOf(person)) {
    const job = await stores.exports.load(id);
    if (job === undefined) continue;
    for (const card of await stores.cards.ofExport(id)) if (card.mode === 'live') shown.push({ job, card });
  }
  return shown;
}

async function retireCard({ messenger }: DeleteMyDataDeps, job: ExportJob, card: TrackedCard): Promise<void> {
  if (card.activityId === undefined) return;
  await messenger.update(card.conversation, card.activityId, { kind: 'exportForgotten', job });
}
