import assert from 'node:assert/strict';
import { findOwnJob } from '../../../src/domain/exports/adoption.ts';
import type { Target } from '../../../src/domain/exports/target.ts';

const called = (key: string): Target => ({ source: 'goals', key, label: key });
const target = called('v');
const intent = new Date('2026-03-01T12:00:00Z');
const at = (time: string): Date => new Date(`2026-03-01T${time}Z`);
const find = (jobs: Parameters<typeof findOwnJob>[0], held: readonly string[] = []): string | undefined =>
  findOwnJob(jobs, { target, intent, held })?.id;

describe('adopting the job of an interrupted start', () => {
  it('takes the newest of the view made since the intent, with five minutes of slack', () => {
    const jobs = [
      { id: 'early', status: 'running', target: called('v'), createdAt: at('11:54:59') },
      { id: 'slack', status: 'running', target: called('v'), createdAt: at('11:55:01') },
      { id: 'newest', status: 'succeeded', target: called('v'), createdAt: at('12:00:02') },
      { id: 'other', status: 'running', target: called('w'), createdAt: at('12:00:03') },
    ] as const;
    assert.equal(find(jobs), 'newest');
    assert.equal(find(jobs.slice(0, 2)), 'slack');
    assert.equal(find(jobs.slice(0, 1)), undefined);
  });

  it('never takes one that an earlier run held', () => {
    const jobs = [
      { id: 'held', status: 'succeeded', target: called('v'), createdAt: at('12:00:02') },
    ] as const;
    assert.equal(find(jobs, ['held']), undefined);
  });

  it('takes one with an unreadable creation time only while it is pending', () => {
    assert.equal(find([{ id: 'done', status: 'succeeded', target: called('v') }]), undefined);
    assert.equal(find([{ id: 'pending', status: 'notStarted', target: called('v') }]), 'pending');
    assert.equal(find([{ id: 'odd', status: 'unknown', target: called('v') }]), 'odd');
  });
});
