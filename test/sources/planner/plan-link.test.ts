// Which addresses are plans: a table, and what holds for tens of thousands of generated ones.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createMessageLinks } from '../../../src/domain/exports/message-links.ts';
import { longestLink, planAddress, readPlanLink } from '../../../src/sources/planner/plan-link.ts';
import { planner } from '../../../src/sources/planner/planner-source.ts';

const planId = 'xqQg5FS2LkCp935s-FIFm2QAFkHM';
const taskId = '01gzSlKkIUSUl6DF_EilrmQAKDhh';
const tid = '7f1c3a52-5b0e-4c3a-9d57-2f6f0b7a1e01';
const good = `https://planner.cloud.microsoft/webui/plan/${planId}/view/board`;
const encoded = encodeURIComponent;

const inWords = (address: string): string => {
  const reading = readPlanLink(address);
  switch (reading.kind) {
    case 'plan':
      return [
        reading.plan.planId === planId ? 'plan' : `other plan ${reading.plan.planId}`,
        ...(reading.plan.tenantId === undefined ? [] : ['of tenant']),
        ...(reading.ofTask ? ['task'] : []),
      ].join(' ');
    case 'noPlan':
      return reading.problem;
    case 'elsewhere':
      return 'elsewhere';
  }
};

const rows: readonly (readonly [address: string, expected: string])[] = [
  [good, 'plan'],
  [`${good}?tid=${tid}`, 'plan of tenant'],
  [good.replace('board', 'goals'), 'plan'],
  [good.replace('/view/board', ''), 'plan'],
  [`${good}/task/${taskId}?tid=${tid}`, 'plan of tenant task'],
  [`https://planner.cloud.microsoft/${tid}/Home/Planner/?planId=${planId}`, 'plan of tenant'],
  [`https://planner.cloud.microsoft/sample.example/Home/Planner/?planId=${planId}`, 'plan'],
  [
    `https://tasks.office.com/${tid}/en-US/Home/Planner/#/plantaskboard?groupId=${tid}&planId=${planId}`,
    'plan of tenant',
  ],
  [`https://tasks.office.com/sample.example/Home/PlanViews/${planId}?Type=PlanLink&Channel=Link`, 'plan'],
  [
    `https://tasks.office.com/sample.example/Home/Planner/#/plantaskboard?planId=${planId}&taskId=${taskId}`,
    'plan task',
  ],
  [`https://teams.microsoft.com/l/entity/com.microsoft.teamspace.tab.planner/x?planId=${planId}`, 'plan'],
  [
    `https://teams.microsoft.com/l/entity/com.microsoft.teamspace.tab.planner/tt?context=${encoded(
      JSON.stringify({ subEntityId: 'x', contentUrl: `https://tasks.office.com/a?planId=${planId}` }),
    )}&tenantId=${tid}`,
    'plan of tenant',
  ],
  [
    `https://teams.microsoft.com/l/channel/19%3Aabc/tab?webUrl=${encoded(
      encoded(`https://tasks.teams.microsoft.com/teamsui/plan?planId=${planId}&x=1`),
    )}`,
    'plan',
  ],
  ['https://teams.microsoft.com/l/entity/com.microsoft.teamspace.tab.planner/mytasks?x=1', 'tabWithoutPlan'],
  ['https://teams.microsoft.com/l/entity/1ded03cb-ece5-4e7c-9f73-61c375528078/tab', 'tabWithoutPlan'],
  ['https://teams.microsoft.com/l/message/19:meeting/1700000000000', 'elsewhere'],
  ['https://planner.cloud.microsoft/webui/myday', 'ownTasks'],
  ['https://planner.cloud.microsoft/webui/mytasks/assignedtome', 'ownTasks'],
  ['https://planner.cloud.microsoft/', 'noPlan'],
  [`https://planner.cloud.microsoft/webui/premiumplan/${tid}/org/${tid}/view/grid`, 'premiumPlan'],
  [`https://tasks.office.com/sample.example/en-US/Home/Task/${taskId}`, 'taskAlone'],
  [good.replace(planId, planId.slice(0, 12)), 'badPlanId'],
  [good.replace(planId, `${planId}%0A`), 'badPlanId'],
  [`${good}?planId=${planId}`, 'plan'],
  [`${good}?planId=${taskId}`, 'manyPlanIds'],
  [good.replace('https:', 'http:'), 'notHttps'],
  [good.replace('//', '//somebody@'), 'unusualAddress'],
  [good.replace('microsoft/', 'microsoft:8443/'), 'unusualAddress'],
  [good.replace('planner.', 'planner.cloud.microsoft.example/'), 'elsewhere'],
  [good.replace('planner.cloud.microsoft', 'planner.cloud.microsoft.'), 'elsewhere'],
  [good.replace('planner.cloud.microsoft', 'www.planner.cloud.microsoft'), 'elsewhere'],
  [good.replace('//', '//planner.cloud.microsoft@example.org/'), 'elsewhere'],
  [`${good}?x=${'x'.repeat(longestLink)}`, 'tooLong'],
  [`javascript:${good}`, 'elsewhere'],
];

describe('addresses of plans', () => {
  for (const [address, expected] of rows)
    it(`${expected}: ${address.slice(0, 110)}`, () => assert.equal(inWords(address), expected));

  it('reads what it writes, case and all, and finds it in texts, links and wrappers', () => {
    const readLinks = createMessageLinks([planner]);
    const id = fc.stringMatching(/^[A-Za-z0-9_-]{28}$/);
    const wrapped = (address: string): string =>
      `https://emea01.safelinks.protection.outlook.com/?url=${encoded(address)}&data=05`;
    fc.assert(
      fc.property(id, fc.option(fc.uuid(), { nil: undefined }), (known, tenantId) => {
        const plan = { planId: known, ...(tenantId === undefined ? {} : { tenantId }) };
        const address = planAddress(plan);
        assert.deepEqual(readPlanLink(address), { kind: 'plan', plan, ofTask: false });
        for (const links of [
          readLinks(`see <${address}>.`, []),
          readLinks('', [address]),
          readLinks('', [wrapped(address)]),
          readLinks(wrapped(wrapped(address)), [address]),
        ])
          assert.deepEqual(
            links.targets.map(({ key }) => key),
            [known],
          );
      }),
      { numRuns: 2_000 },
    );
  });

  it('never throws, and takes ids of the documented letters only', () => {
    const piece = fc.oneof(
      fc.constantFrom('/webui/plan/', '?planId=', '#/', '&tid=', '/task/', '%', '%2525', '/PlanViews/'),
      fc.string({ maxLength: 30 }),
    );
    const host = fc.constantFrom('planner.cloud.microsoft', 'tasks.office.com', 'teams.microsoft.com');
    fc.assert(
      fc.property(host, fc.array(piece, { maxLength: 6 }), (where, pieces) => {
        const reading = readPlanLink(`https://${where}/${pieces.join('')}`);
        if (reading.kind === 'plan') assert.match(reading.plan.planId, /^[\w-]{20,64}$/);
      }),
      { numRuns: 20_000 },
    );
  });

  it('never takes what lies on somebody else’s host', () => {
    const host = fc.domain().filter((name) => !/microsoft|office/.test(name));
    fc.assert(
      fc.property(host, (name) => {
        assert.equal(readPlanLink(good.replace('planner.cloud.microsoft', name)).kind, 'elsewhere');
      }),
    );
  });
});
