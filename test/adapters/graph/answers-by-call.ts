/** Answers that mean something for one call only, and what each must mean there. */
import { view, jobsPath } from './graph-rig.ts';
import type { Row } from './answers-of-graph.ts';
import { asHtml, graphError, html, inner, job, pending, refused } from './answers-of-graph.ts';

export const ofCreate: readonly Row[] = [
  [
    'G16 201 with everything',
    { status: 201, headers: { location: '"https://graph.example/x/exportJobs/j!other"' }, body: job },
    { kind: 'created', jobId: 'j!Abc-1_2', underWay: {} },
  ],
  [
    '201 with a job under way, and when to ask',
    { status: 201, headers: { 'retry-after': '20' }, body: { ...job, status: 'notStarted' } },
    { kind: 'created', jobId: 'j!Abc-1_2', underWay: { retryAfter: 20 } },
  ],
  [
    '201 with a job that has ended',
    { status: 201, body: { ...job, status: 'succeeded' } },
    { kind: 'created', jobId: 'j!Abc-1_2' },
  ],
  ['G16 201 with the id only', { status: 201, body: { id: 'j!1' } }, { kind: 'created', jobId: 'j!1' }],
  [
    'G16 201 wrapped in value',
    { status: 201, body: { value: job } },
    { kind: 'created', jobId: 'j!Abc-1_2', underWay: {} },
  ],
  [
    'G16 201 without a body',
    {
      status: 201,
      headers: { location: '"https://graph.example/beta/employeeExperience/goals/exportJobs/j!7"' },
    },
    { kind: 'created', jobId: 'j!7' },
  ],
  [
    'G16 201 with an encoded Location',
    { status: 201, headers: { location: `${jobsPath}/j%217/` } },
    { kind: 'created', jobId: 'j!7' },
  ],
  [
    'G16 201 with a key in parentheses',
    { status: 201, headers: { location: `${jobsPath}('j!7')` } },
    { kind: 'created', jobId: 'j!7' },
  ],
  [
    'G16 201 with an id that is none',
    { status: 201, body: { id: '../me' }, headers: { location: `${jobsPath}/..%2Fme` } },
    { kind: 'created' },
  ],
  ['G16 201 with neither', { status: 201 }, { kind: 'created' }],
  [
    'G19 200 with a web page',
    { status: 200, headers: asHtml, body: html },
    { kind: 'odd', sample: `200 text/html; charset=utf-8: ${html}` },
  ],
  [
    'G9 409 with target',
    { status: 409, headers: { location: `${jobsPath}/j!other` }, body: pending },
    { kind: 'conflict', jobId: 'j!pending' },
  ],
  [
    'G10 409 without target',
    {
      status: 409,
      headers: { location: `"${jobsPath}/j!7"` },
      body: graphError('notAllowed', 'x', inner('exportJobAlreadyExists')),
    },
    { kind: 'conflict', jobId: 'j!7' },
  ],
  [
    'G10 409 with a target that is none',
    {
      status: 409,
      body: graphError('notAllowed', 'x', inner('exportJobAlreadyExists'), 'https://example.org/'),
    },
    { kind: 'conflict' },
  ],
  ['G10 409 with nothing', { status: 409 }, { kind: 'conflict' }],
  [
    'retired: 404 without a goals code',
    { status: 404, body: graphError('notFound', 'x', inner('other')) },
    refused('retired', 'x'),
  ],
  ['retired: 404 without a body', { status: 404 }, { kind: 'refused', reason: 'retired' }],
  [
    'retired: 410 with a web page',
    { status: 410, headers: asHtml, body: html },
    { kind: 'refused', reason: 'retired' },
  ],
  [
    'retired: 403 with a web page',
    { status: 403, headers: asHtml, body: html },
    { kind: 'refused', reason: 'retired' },
  ],
  [
    'retired: no such segment',
    {
      status: 400,
      body: graphError('BadRequest', "Resource not found for the segment 'goals'.", inner('x')),
    },
    refused('retired', "Resource not found for the segment 'goals'."),
  ],
];

const expires = '2026-02-14T10:00:00.000Z';
export const ofGet: readonly Row[] = [
  [
    'a job',
    {
      status: 200,
      headers: { 'request-id': 'r-1', 'retry-after': '15' },
      body: {
        ...job,
        createdDateTime: '2026-01-05T09-58-03.0024Z',
        expirationDateTime: expires,
        goalsOrganizationId: view.organizationId.toUpperCase(),
        explorerViewId: view.viewId,
      },
    },
    {
      kind: 'job',
      retryAfter: 15,
      requestId: 'r-1',
      job: { ...job, createdAt: new Date('2026-01-05T09:58:03.002Z'), expiresAt: new Date(expires), ...view },
    },
  ],
  [
    'G20 a job wrapped in value',
    { status: 200, body: { '@odata.context': 'x', value: { ...job, extra: [1] } } },
    { kind: 'job', job },
  ],
  ['G20 a list of one', { status: 200, body: { value: [job] } }, { kind: 'job', job }],
  [
    'G20 wrong types beside id and status',
    {
      status: 200,
      body: {
        ...job,
        createdDateTime: 7,
        goalsOrganizationId: {},
        explorerViewId: 'x',
        resourceLocation: [],
      },
    },
    { kind: 'job', job },
  ],
  [
    'G17 a status of the future',
    { status: 200, body: { ...job, status: 'unknownFutureValue' } },
    { kind: 'job', job: { ...job, status: 'unknown', unknownStatus: 'unknownFutureValue' } },
  ],
  [
    'G21 times that mean nothing',
    {
      status: 200,
      body: { ...job, createdDateTime: '0001-01-01T00:00:00Z', expirationDateTime: '9999-12-31T23:59:59Z' },
    },
    { kind: 'job', job },
  ],
  [
    'G18 a failed job',
    { status: 200, body: { ...job, status: 'failed' } },
    { kind: 'job', job: { ...job, status: 'failed' } },
  ],
  [
    'G7 404 exportJobNotFound',
    { status: 404, body: graphError('notFound', 'x', inner('exportJobNotFound')) },
    { kind: 'jobNotFound', requestId: 'r-77' },
  ],
  ['G7 410 with a web page', { status: 410, headers: asHtml, body: html }, { kind: 'jobNotFound' }],
  [
    'G20 no status',
    { status: 200, body: { id: 'j!1' } },
    { kind: 'odd', sample: '200 application/json; charset=utf-8: {"id":"j!1"}' },
  ],
  ['G20 two jobs', { status: 200, body: { value: [job, job] } }, 'odd'],
  ['G20 an id that is none', { status: 200, body: { ...job, id: 'a/b' } }, 'odd'],
  ['G19 malformed JSON', { status: 200, body: '{"id":"j!1",' }, 'odd'],
  ['G19 a web page', { status: 200, headers: asHtml, body: html }, 'odd'],
  ['G19 an empty 200', { status: 200 }, 'odd'],
  ['G19 more than a megabyte', { status: 200, body: { ...job, padding: 'x'.repeat(1_100_000) } }, 'odd'],
];

export const ofList: readonly Row[] = [
  ['no jobs', { status: 200, body: { value: [] } }, { kind: 'jobs', jobs: [] }],
  [
    'G20 entries that are no jobs are left out',
    { status: 200, body: { value: [job, null, 7, {}, { ...job, id: '' }] } },
    { kind: 'jobs', jobs: [job] },
  ],
  ['G20 a value that is no list', { status: 200, body: { value: job } }, 'odd'],
  ['G19 an empty 200', { status: 200 }, 'odd'],
  [
    'retired: 404 with a web page',
    { status: 404, headers: asHtml, body: html },
    { kind: 'refused', reason: 'retired' },
  ],
];
