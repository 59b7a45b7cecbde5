import assert from 'node:assert/strict';
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type Compilable,
  type LogEvent,
} from 'kysely';
import { createRoomWatch } from '../../../src/adapters/store/room-watch.ts';

const db = new Kysely<Record<'cards' | 'readings', { id: string }>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (of) => new PostgresIntrospector(of),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});
const insert = (table: 'cards' | 'readings') => db.insertInto(table).values({ id: '1' });
const update = db.updateTable('cards').set({ id: '1' });

const ended = (statement: Compilable) => ({ query: statement.compile(), queryDurationMillis: 1 });
const done = (statement: Compilable): LogEvent => ({ level: 'query', ...ended(statement) });
const failed = (code: string, statement: Compilable): LogEvent => ({
  ...{ level: 'error', error: Object.assign(new Error('refused'), { code }) },
  ...ended(statement),
});

describe('the watch over the database’s room', () => {
  let now = 0;
  const watch = createRoomWatch(() => now);

  it('knows of nothing at first, and takes no other failure for a full disk', () => {
    watch.heed(failed('40P01', insert('cards')));
    assert.equal(watch.isFull(), false);
  });

  for (const refused of [insert('cards'), update])
    it(`remembers a refused ${refused.compile().query.kind} until that table has taken a row again`, () => {
      watch.heed(failed('53100', refused));
      for (const tells of [db.selectFrom('cards').selectAll(), update, insert('readings')])
        watch.heed(done(tells));
      assert.equal(watch.isFull(), true);
      watch.heed(done(insert('cards')));
      assert.equal(watch.isFull(), false);
    });

  it('lets it be tried again when nobody has written for half a minute', () => {
    watch.heed(failed('53100', insert('cards')));
    now += 29_999;
    assert.equal(watch.isFull(), true);
    now += 1;
    assert.equal(watch.isFull(), false);
  });
});
