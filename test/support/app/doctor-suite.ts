/** Runs the doctor against a running app, and asserts of every examination that no secret is in it. */
import assert from 'node:assert/strict';
import { examine, type Examination } from '../../../src/doctor/examine.ts';
import type { Finding } from '../../../src/doctor/finding.ts';
import { reportText } from '../../../src/doctor/report.ts';
import { startAppWorld, type AppWorld } from './app-world.ts';

type Changes = Readonly<Record<string, string>>;

export interface DoctorSuite {
  readonly world: () => AppWorld;
  /** Examines the app's own configuration with changes; an empty text removes a variable. */
  readonly look: (changes?: Changes) => Promise<Examination>;
  /** Expects exactly one thing to be wrong. */
  readonly onlyWrong: (changes: Changes, subject: RegExp, says: RegExp, todo: RegExp) => Promise<void>;
  /** The first finding about the subject. */
  readonly told: (subject: RegExp, changes?: Changes) => Promise<Finding>;
}

const secretVariables = ['BOT_PASSWORD', 'AAD_APP_CLIENT_SECRET', 'ENCRYPTION_KEYS'] as const;

export const wrongs = ({ findings }: Examination): readonly Finding[] =>
  findings.filter(({ state }) => state === 'wrong');

export function useDoctor(): DoctorSuite {
  let running: AppWorld | undefined;
  const world = (): AppWorld => running ?? assert.fail('the world stands from the first hook on');
  before(async () => {
    running = await startAppWorld();
  });
  after(() => running?.stop());
  afterEach(() => {
    for (const simulator of [world().entra, world().graph]) simulator.clearScript();
  });

  const look: DoctorSuite['look'] = async (changes = {}) => {
    const variables: Changes = { ...world().variables, ...changes };
    const examination = await examine(variables);
    const text = reportText(examination);
    for (const name of secretVariables) {
      const secret = (variables[name] ?? '').split(':').at(-1) ?? '';
      assert.ok(secret === '' || !text.includes(secret), `${name} is not in the report`);
    }
    assert.doesNotMatch(text, /eyJ/);
    return examination;
  };
  return {
    world,
    look,
    onlyWrong: async (changes, subject, says, todo) => {
      const found = wrongs(await look(changes));
      assert.equal(found.length, 1, JSON.stringify(found));
      assert.match(found[0]?.subject ?? '', subject);
      assert.match(found[0]?.says ?? '', says);
      assert.match(found[0]?.todo ?? '', todo);
    },
    told: async (subject, changes = {}) => {
      const found = (await look(changes)).findings.find((one) => subject.test(one.subject));
      return found ?? assert.fail(`nothing is said about ${String(subject)}`);
    },
  };
}
