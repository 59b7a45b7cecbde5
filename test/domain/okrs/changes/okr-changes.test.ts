import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareSnapshots } from '../../../../src/domain/okrs/changes/okr-changes.ts';
import type { OkrChanges } from '../../../../src/domain/okrs/changes/okr-changes.ts';
import type { SnapshotRow } from '../../../../src/domain/okrs/changes/snapshot.ts';
import type { OkrRow } from '../../../../src/domain/okrs/reading/okr-row.ts';
import { createSnapshotBuilder, keyOf } from '../../../../src/domain/okrs/changes/snapshot.ts';
import { present } from '../../../../src/domain/present.ts';
import { rowWith } from '../sample-rows.ts';

const since = new Date('2025-06-01T10:00:00Z');

function changes(before: readonly Partial<OkrRow>[], after: readonly Partial<OkrRow>[]): OkrChanges {
  const [earlier, later] = [before, after].map((rows) => {
    const builder = createSnapshotBuilder('2025-06-30');
    for (const row of rows) builder.add(rowWith(row));
    return builder.snapshot();
  });
  assert.ok(earlier && later);
  return compareSnapshots(earlier, later, since);
}

const none: OkrChanges['counts'] = {
  newlyAtRisk: 0, progressDown: 0, gone: 0, recovered: 0, progressUp: 0, added: 0, statusChanged: 0, ownerChanged: 0,
}; // prettier-ignore

describe('compareSnapshots of tasks', () => {
  const task = {
    id: '1',
    objectType: 'Task',
    level: 'other',
    bucket: 'To do',
    endsOn: '2025-07-10',
  } as const;
  const moves: readonly (readonly [what: string, from: Partial<OkrRow>, to: Partial<OkrRow>, kinds: readonly string[]])[] = [
    ['finished', { status: 'In Progress', progress: 50 }, { status: 'Completed', progress: 100 }, ['done']],
    ['begun', { status: 'Not Started', progress: 0 }, { status: 'In Progress', progress: 50 }, ['progressUp']],
    ['opened again', { status: 'Completed', progress: 100 }, { status: 'In Progress', progress: 50 }, ['progressDown']],
    ['put off', {}, { endsOn: '2025-08-01' }, ['dueMoved']],
    ['given another day', { endsOn: '2025-09-10' }, {}, ['dueMoved']],
    ['moved', {}, { bucket: 'Doing' }, ['bucketMoved']],
    ['moved when finished', { status: 'In Progress' }, { status: 'Completed', bucket: 'Done' }, ['done']],
    ['late by now', { progress: 100, endsOn: '2025-06-20' }, { progress: 50, endsOn: '2025-06-20' }, ['newlyOverdue', 'progressDown']],
    ['left alone', {}, {}, []],
  ]; // prettier-ignore
  for (const [what, from, to, kinds] of moves)
    it(`calls a task that was ${what} ${kinds.join(' and ') || 'unchanged'}`, () => {
      const { items } = changes([present({ ...task, ...from })], [present({ ...task, ...to })]);
      assert.deepEqual(
        items.map(({ kind }) => kind),
        kinds,
      );
    });

  it('says nothing of days and buckets that an earlier release did not keep, nor of objectives', () => {
    const [row] = [{ key: '1', title: 'a', level: 'other' }] as const;
    const earlier = { takenOn: '2025-06-01', capped: false, rows: [row] };
    const later = {
      ...earlier,
      rows: [{ ...row, endsOn: '2025-05-01', bucket: 'Doing', overdue: true as const }],
    };
    assert.deepEqual(compareSnapshots(earlier, later, since).items, []);
    assert.deepEqual(
      changes([{ id: '1', endsOn: '2025-01-01' }], [{ id: '1', endsOn: '2025-02-01' }]).items,
      [],
    );
  });
});

describe('compareSnapshots', () => {
  const moves: readonly (readonly [from: string | undefined, to: string | undefined, kind: string])[] = [
    ['On Track', 'At Risk', 'newlyAtRisk'],
    ['Behind', 'At Risk', 'newlyAtRisk'],
    [undefined, 'At Risk', 'newlyAtRisk'],
    ['At Risk', 'On Track', 'recovered'],
    ['At Risk', 'Closed', 'recovered'],
    ['Behind', 'On Track', 'recovered'],
    ['At Risk', 'Behind', 'statusChanged'],
    ['At Risk', 'Postponed', 'statusChanged'],
    ['On Track', 'Behind', 'statusChanged'],
    ['On Track', undefined, 'statusChanged'],
  ];
  for (const [from, to, kind] of moves) {
    it(`calls ${String(from)} → ${String(to)} ${kind}`, () => {
      const rowIn = (status?: string) => ({ id: '1', ...(status === undefined ? {} : { status }) });
      const { items, counts } = changes([rowIn(from)], [rowIn(to)]);
      assert.deepEqual(
        items.map((item) => [item.kind, 'from' in item ? item.from : undefined, 'to' in item ? item.to : undefined]),
        [[kind, from, to]],
      ); // prettier-ignore
      assert.deepEqual(counts, { ...none, [kind]: 1 });
    });
  }

  it('gives each change its title and numbers, the weightiest first', () => {
    const { items, counts } = changes(
      [
        { id: '1', title: 'up', progress: 10, owner: 'Mira' },
        { id: '2', title: 'down', progress: 50 },
        { id: '3', title: 'far down', progress: 50 },
        { id: '4', title: 'gone' },
      ],
      [
        { id: '5', title: 'added' },
        { id: '3', title: 'far down', progress: 10 },
        { id: '2', title: 'down', progress: 49 },
        { id: '1', title: 'up', progress: 10.5, owner: 'Lin' },
      ],
    );
    const level = 'objective';
    assert.deepEqual(items, [
      { kind: 'progressDown', from: 50, to: 10, title: 'far down', level },
      { kind: 'progressDown', from: 50, to: 49, title: 'down', level },
      { kind: 'gone', title: 'gone', level },
      { kind: 'progressUp', from: 10, to: 10.5, title: 'up', level, owner: 'Lin' },
      { kind: 'added', title: 'added', level },
      { kind: 'ownerChanged', from: 'Mira', to: 'Lin', title: 'up', level, owner: 'Lin' },
    ]);
    assert.deepEqual(counts, { ...none, progressDown: 2, gone: 1, progressUp: 1, added: 1, ownerChanged: 1 });
  });

  it('matches rows without an id by title, owner, period and type', () => {
    const row = { title: 'T', owner: 'Lin', period: 'Q1', objectType: 'Objective', progress: 1 };
    assert.deepEqual(changes([row], [{ ...row, progress: 2 }]).counts, { ...none, progressUp: 1 });
    for (const other of [{ title: 'U' }, { owner: 'Petr' }, { period: 'Q2' }, { objectType: 'KR' }]) {
      assert.deepEqual(changes([row], [{ ...row, ...other }]).counts, { ...none, gone: 1, added: 1 });
    }
  });

  it('matches by title, owner, period and type where one of the files has no Ids', () => {
    const row = { title: 'T', owner: 'Lin', period: 'Q1', objectType: 'Objective', progress: 1 };
    const later = { ...row, progress: 2 };
    assert.deepEqual(changes([{ ...row, id: '7' }], [later]).counts, { ...none, progressUp: 1 });
    assert.deepEqual(changes([row], [{ ...later, id: '7' }]).counts, { ...none, progressUp: 1 });
    const other = { ...later, id: '8' };
    assert.deepEqual(changes([{ ...row, id: '7' }], [other]).counts, { ...none, gone: 1, added: 1 });
    // One of two twins is there by its Id: the other is the one without.
    const twins = [{ ...row, id: '7' }, { ...row, id: '8', progress: 50 }]; // prettier-ignore
    assert.deepEqual(changes(twins, [later, { ...row, id: '7' }]).counts, { ...none, progressDown: 1 });
  });

  it('calls nothing changed of what could not be read, and counts the OKRs of which that is so', () => {
    const row = { id: '1', title: 'T', owner: 'Lin', status: 'On Track', progress: 4 };
    const unread = { id: '1', title: 'T', unread: ['owner', 'status', 'progress'] } as const;
    for (const [before, after] of [[row, unread], [unread, row]] as const) {
      const { counts, uncompared } = changes([before], [after]);
      assert.deepEqual([counts, uncompared], [none, 1]);
    } // prettier-ignore
    assert.equal(changes([row], [{ ...row, unread: ['endsOn'] }]).uncompared, undefined);
  });

  it('reads what was kept by an earlier version, which knew Ids only', () => {
    const earlier = { takenOn: '2025-06-30', capped: false, rows: [{ key: '7', title: 'T', level: 'objective' }] } as const; // prettier-ignore
    const builder = createSnapshotBuilder('2025-07-30');
    builder.add(rowWith({ id: '7', title: 'T', progress: 3 }));
    assert.deepEqual(compareSnapshots(earlier, builder.snapshot(), since).counts, none);
  });

  it('pairs rows that share a key in the order of the file', () => {
    const twin = (progress: number) => ({ title: 'Twin', progress });
    assert.deepEqual(changes([twin(1), twin(2)], [twin(1), twin(2), twin(3)]).counts, { ...none, added: 1 });
    assert.deepEqual(changes([twin(1), twin(2)], [twin(1)]).counts, { ...none, gone: 1 });
  });

  it('calls nothing added or gone that may stand beyond the last row that was kept', () => {
    const row = (key: string): SnapshotRow => ({ key, title: key, level: 'objective' });
    const snapshot = (keys: readonly string[], capped: boolean) => ({ takenOn: '2025-06-30', capped, rows: keys.map(row) });
    assert.deepEqual(compareSnapshots(snapshot(['a'], true), snapshot(['b'], false), since).counts, { ...none, gone: 1 });
    assert.deepEqual(compareSnapshots(snapshot(['a'], false), snapshot(['b'], true), since).counts, { ...none, added: 1 });
  }); // prettier-ignore

  it('lists a thousand items at most, and counts them all', () => {
    const rows = Array.from({ length: 3_000 }, (_, nth) => ({ id: String(nth) }));
    const { items, counts } = changes([{ id: 'x', status: 'On Track' }], [...rows, { id: 'x', status: 'At Risk' }]);
    assert.equal(counts.added, 3_000);
    assert.equal(items.length, 1_000);
    assert.equal(items[0]?.kind, 'newlyAtRisk');
  }); // prettier-ignore

  const rows = fc.array(
    fc.record(
      {
        id: fc.constantFrom('1', '2', '3', '4'),
        title: fc.constantFrom('a', 'b'),
        status: fc.constantFrom('At Risk', 'On Track', 'Behind', 'Paused'),
        progress: fc.integer({ min: 0, max: 100 }),
        owner: fc.constantFrom('Lin', 'Mira'),
      },
      { requiredKeys: ['title'] },
    ),
    { maxLength: 8 },
  );
  it('finds nothing between an export and itself, and the reverse of what it finds the other way round', () => {
    fc.assert(
      fc.property(rows, rows, (before, after) => {
        assert.deepEqual(changes(before, before).counts, none);
        const [there, back] = [changes(before, after).counts, changes(after, before).counts];
        assert.equal(there.added, back.gone);
        assert.equal(there.progressUp, back.progressDown);
        assert.equal(there.ownerChanged, back.ownerChanged);
        assert.equal(there.added - there.gone, after.length - before.length);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('keyOf', () => {
  it('hashes ids that are too long, or that look like a hash', () => {
    assert.equal(keyOf(rowWith({ id: '42' })), '42');
    for (const id of ['x'.repeat(65), '~42', keyOf(rowWith({}))]) {
      assert.match(keyOf(rowWith({ id })), /^~[\w-]{22}$/);
      assert.notEqual(keyOf(rowWith({ id })), id);
    }
  });
});
