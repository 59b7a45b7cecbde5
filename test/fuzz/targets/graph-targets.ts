/** Fuzzes what Graph and Planner answer: bodies, headers, times and links to the next page. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nextPage } from '../../../src/adapters/graph/http/next-page.ts';
import { parseRetryAfter } from '../../../src/domain/retry-limits.ts';
import { answerToCreate, answerToGet, answerToList } from '../../../src/sources/goals/answers.ts';
import { parseGraphTime } from '../../../src/sources/goals/graph-time.ts';
import { isJobId } from '../../../src/sources/goals/job-bodies.ts';
import { taskLines, type PlanNames } from '../../../src/sources/planner/plan-rows.ts';
import {
  goalSchema,
  planSchema,
  readPageOf,
  readParts,
  taskDetailsSchema,
  taskSchema,
} from '../../../src/sources/planner/planner-bodies.ts';
import { fuzzTarget, type FuzzTarget } from '../fuzz-target.ts';
import { mutated, oddText, spliced } from '../mutations.ts';

const now = new Date('2026-11-30T10:00:00Z');

const job = {
  '@odata.type': '#microsoft.graph.goalsExportJob',
  id: 'j!uJ00SampleJobOf-the_fuzz0000000000000000',
  status: 'succeeded',
  createdDateTime: '2026-11-30T09:00:00.1234567Z',
  lastActionDateTime: '2026-11-30T09:01:00Z',
  expirationDateTime: '2026-12-07T09:01:00Z',
  goalsOrganizationId: '94a356ab-53d5-40e7-8a85-053d6d3b9eb3',
  explorerViewId: 'e5e7a3c1-8cdf-409d-9ce9-ff730d65d95e',
  resourceLocation: 'https://graph.microsoft.com/beta/employeeExperience/goals/exportJobs/x/content',
};
const problem = {
  error: {
    code: 'forbidden',
    message: 'No access',
    innerError: {
      code: 'unknown',
      date: '2026-11-30T09:00:00',
      'request-id': '0f3c7a52-6b1e-4c0d-9d5e-7a1b2c3d4e5f',
    },
  },
};
const bodies = [
  job,
  { value: [job, job], '@odata.nextLink': 'https://graph.microsoft.com/beta/x?$skip=1' },
  problem,
];

const httpDate = 'Mon, 30 Nov 2026 10:05:00 GMT';
const waits = spliced(['120', '0', '-1', '1e9', '9'.repeat(400), httpDate, ' ', ',', '.5', 's'], 3);

const headersOf = (given: Readonly<Record<string, string>>) => ({
  get: (name: string) => given[name.toLowerCase()] ?? null,
  has: (name: string) => name.toLowerCase() in given,
});

const reply = fc
  .record({
    status: fc.oneof(
      fc.constantFrom(200, 201, 202, 400, 401, 403, 404, 409, 423, 429, 500, 503),
      fc.nat(999),
    ),
    body: fc.oneof(
      { weight: 5, arbitrary: mutated(bodies).map((one) => JSON.stringify(one)) },
      { weight: 1, arbitrary: oddText },
    ),
    part: fc.constantFrom<'whole' | 'cut' | 'tooLarge'>('whole', 'whole', 'whole', 'cut', 'tooLarge'),
    wait: waits,
    location: spliced(
      [
        'https://graph.microsoft.com/beta/employeeExperience/goals/exportJobs/',
        job.id,
        "('x')",
        '//',
        '?',
        '%2F',
      ],
      4,
    ),
  })
  .map(({ status, body, part, wait, location }) => ({
    kind: 'reply' as const,
    status,
    text: body,
    body: part,
    headers: headersOf({ 'retry-after': wait, location, 'request-id': location, 'www-authenticate': wait }),
  }));

const jobAnswers = fuzzTarget({ name: 'answers about jobs', share: 100_000, input: reply }, (given) => {
  const answers = [answerToCreate(given, now), answerToGet(given, now), answerToList(given, now)];
  for (const answer of answers) {
    assert.equal(typeof answer.kind, 'string');
    if ('jobId' in answer) assert.ok(isJobId(answer.jobId));
    if ('retryAfter' in answer) assert.ok(answer.retryAfter >= 1 && answer.retryAfter <= 3600);
    assert.doesNotMatch(JSON.stringify(answer), /Invalid Date/);
  }
});

const task = {
  id: '01gzSlKkIUSUl6DF_EilrmQAKDhh',
  title: 'Ship it',
  bucketId: 'hsOf2dhOJkqyYYZEtdzDe2QAIUCR',
  percentComplete: 50,
  priority: 5,
  startDateTime: '2026-11-01T00:00:00Z',
  dueDateTime: '2026-12-01T00:00:00Z',
  completedDateTime: null,
  createdDateTime: '2026-10-01T00:00:00Z',
  assignments: { 'aa0c4e8b-1a00-4b7a-9f21-6d0c4e8b1a00': { orderHint: '' } },
  appliedCategories: { category1: true },
  checklistItemCount: 3,
  activeChecklistItemCount: 1,
  hasDescription: true,
};
const goal = {
  id: 'g1',
  displayName: 'Grow',
  status: 'onTrack',
  priority: 1,
  startDate: '2026-01-01',
  finishDate: '2026-12-31',
};
const planPage = {
  value: [task, task, goal],
  '@odata.nextLink': 'https://graph.microsoft.com/v1.0/x?$skiptoken=1',
};
const batch = {
  responses: [{ id: '1', status: 200, headers: { 'Retry-After': '3' }, body: { description: '<p>x</p>' } }],
};
const names: PlanNames = {
  buckets: new Map(),
  labels: new Map(),
  goals: new Map(),
  people: new Map(),
  notes: new Map(),
};
const plan = { planId: 'xqQg5FS2LkCp935s-FIFm2QAFkHM' };

const planAnswers = fuzzTarget(
  { name: 'answers about plans', share: 80_000, input: mutated([planPage, batch]) },
  (body) => {
    const text = JSON.stringify(body);
    const page = readPageOf(taskSchema, text);
    if (page !== undefined) {
      const lines = taskLines(plan, names, page.items);
      assert.doesNotMatch(lines, /Invalid Date|\[object Object\]|undefined/);
    }
    readPageOf(goalSchema, text);
    planSchema.safeParse(body);
    for (const { retryAfter } of readParts(taskDetailsSchema, text, now) ?? [])
      if (retryAfter !== undefined) assert.ok(retryAfter >= 1 && retryAfter <= 3600);
  },
);

const timePieces = [
  '2026',
  '-',
  '11',
  '30',
  'T',
  '10:00:00',
  '.',
  '1234567',
  'Z',
  '+',
  '25:00',
  '0',
  '99',
  ' ',
];

const times = fuzzTarget({ name: 'times', share: 50_000, input: spliced(timePieces, 12) }, (text) => {
  const at = parseGraphTime(text);
  if (at !== undefined) assert.ok(at.getTime() > 0);
  const wait = parseRetryAfter(text, now);
  if (wait !== undefined) assert.ok(wait >= 1 && wait <= 3600);
});

const retryAfters = fuzzTarget({ name: 'Retry-After', share: 20_000, input: waits }, (text) => {
  const wait = parseRetryAfter(text, now);
  if (wait !== undefined) assert.ok(wait >= 1 && wait <= 3600);
});

const listUrl = 'https://graph.microsoft.com/v1.0/planner/plans/x/tasks';
const linkPieces = [
  listUrl,
  listUrl.replace('//', '//u:p@'),
  'https://',
  'graph.microsoft.com',
  '@evil.example',
  ':8443',
  '/v1.0',
  '?$skiptoken=a',
  '#',
  '//',
  '\\',
];

const nextLinks = fuzzTarget(
  { name: 'links to the next page', share: 40_000, input: spliced(linkPieces, 5) },
  (link) => {
    const next = nextPage(listUrl, link);
    if (next === undefined) return;
    for (const one of [next, link]) {
      const { origin, pathname, username } = new URL(one);
      assert.deepEqual([origin + pathname, username], [listUrl, '']);
    }
  },
);

export const graphTargets: readonly FuzzTarget[] = [jobAnswers, planAnswers, times, retryAfters, nextLinks];
