/** Describes a suite of use case tests: one embedded database, and people who share nothing with those of other tests. */
import assert from 'node:assert/strict';
import type { Database } from '../../../src/adapters/store/engine/database.ts';
import type { Target } from '../../../src/domain/exports/target.ts';
import type { Requester } from '../../../src/domain/exports/export-job.ts';
import type { Conversation } from '../../../src/ports/conversation.ts';
import { embeddedDatabase } from '../databases/databases.ts';
import { someConversation, somebody, someTarget } from '../samples/sample-exports.ts';
import { createRig, type Rig } from './use-case-rig.ts';

export interface Scene {
  readonly requester: Requester;
  readonly conversation: Conversation;
  readonly target: Target;
}

export function someScene(given: Partial<Requester> = {}): Scene {
  const requester = somebody(given);
  const conversation = someConversation({ tenantId: requester.tenantId, kind: 'personal' });
  return { requester, conversation, target: someTarget() };
}

/** A rig, and somebody who is signed in there. */
export function signedInScene(rig: Rig, given: Partial<Requester> = {}): Scene {
  const scene = someScene(given);
  rig.tokens.signIn(scene.requester);
  return scene;
}

/** Pastes the link of the scene. @returns the export's id */
export async function startedExport(rig: Rig, scene: Scene): Promise<string> {
  const outcome = await rig.startExport(scene);
  assert.ok('exportId' in outcome);
  return outcome.exportId;
}

/** Every job that Graph has for the scene's view has succeeded; the bot has not looked yet. */
export function succeedAtGraph(rig: Rig, { target }: Pick<Scene, 'target'>): void {
  for (const { id } of rig.graph.jobsOf(target)) rig.graph.change(id, { status: 'succeeded' });
}

/** Every card that lives shows the newest version. */
export async function assertShown(rig: Rig, exportId: string): Promise<void> {
  const job = await rig.job(exportId);
  for (const card of await rig.stores.cards.of({ kind: 'export', id: exportId }))
    if (card.mode === 'live') assert.equal(card.shownVersion, job.version);
}

export function describeUseCase(
  title: string,
  suite: (rig: (options?: Parameters<typeof createRig>[1]) => Rig, database: () => Database) => void,
): void {
  describe(title, () => {
    let database: Database | undefined;
    before(async () => {
      database = await embeddedDatabase();
    });
    after(() => database?.close());
    const opened = (): Database => {
      if (database === undefined) throw new Error('The database is there inside tests only');
      return database;
    };
    suite((options) => createRig(opened(), options), opened);
  });
}
