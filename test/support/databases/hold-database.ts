/** Runs as a process that makes and opens the embedded database of a folder, writes one row, and stays until it is killed. */
import { createConversations } from '../../../src/adapters/store/conversations/conversations.ts';
import { openDatabase } from '../../../src/adapters/store/engine/database.ts';
import { prepareEmbedded } from '../../../src/adapters/store/engine/embedded-engine.ts';
import { someConversation } from '../samples/sample-exports.ts';

const [folder = '', tenantId = ''] = process.argv.slice(2);
await prepareEmbedded(folder);
const database = await openDatabase({ kind: 'embedded', folder }, { log: { warn: console.warn } });
await createConversations(database.db).block(someConversation({ tenantId, conversationId: 'held' }));
console.log('open');
setInterval(() => undefined, 1000);
