/** Lists what can happen to an export in the simulated Graph, and the ready-made explorer URLs that make it happen. */
import type { ContentForm } from './goals-content.ts';

export type Fate =
  /** The job is made; it starts and ends so long after its creation. */
  | Readonly<{
      kind: 'runs';
      startsAfterMs: number;
      endsAfterMs: number;
      ends: 'succeeded' | 'failed';
      /** Sent as `Retry-After` with every 200 until the end. */
      retryAfterSeconds?: number;
    }>
  /** The job is made and stays `notStarted` until the test says otherwise. */
  | Readonly<{ kind: 'manual' }>
  | Readonly<{ kind: 'unknownOrganization' }>
  | Readonly<{ kind: 'noAccess' }>
  /** The service does not answer for this organisation any more. */
  | Readonly<{ kind: 'retired'; form: 'noSegment' | 'html404' | 'html410' }>;

export type Scenario = Readonly<{
  name: string;
  /** Plain words for whoever pastes the URL. */
  what: string;
  goalsOrganizationId: string;
  explorerViewId: string;
  fate: Fate;
  /** Rows of the CSV; 300 without it. */
  rows?: number;
  contentForm?: ContentForm;
}>;

export const explorerUrlOf = (view: Pick<Scenario, 'goalsOrganizationId' | 'explorerViewId'>): string =>
  `https://goals.microsoft.com/org_uuid/${view.goalsOrganizationId}/objective-explorer?viewId=${view.explorerViewId}`;

const organization = '0c9a4f3e-51d7-4e0b-9a68-3b7d2f1c8e40';

const ready: Fate = { kind: 'runs', startsAfterMs: 2_000, endsAfterMs: 10_000, ends: 'succeeded' };

/** Also the fate of every view that no scenario names. */
export const defaultFate: Fate = ready;

const named: readonly Scenario[] = [
  {
    name: 'ready',
    what: 'is ready in about 10 seconds',
    goalsOrganizationId: organization,
    explorerViewId: 'a1d5e0c2-7b34-4f8e-9c10-2e6f4a8b0d11',
    fate: ready,
  },
  {
    name: 'slow',
    what: 'takes 75 seconds; Graph asks to be left alone for 15 seconds between looks (Retry-After)',
    goalsOrganizationId: organization,
    explorerViewId: 'b2e6f1d3-8c45-4a9f-8d21-3f705b9c1e22',
    fate: {
      kind: 'runs',
      startsAfterMs: 5_000,
      endsAfterMs: 75_000,
      ends: 'succeeded',
      retryAfterSeconds: 15,
    },
  },
  {
    name: 'fails',
    what: 'runs for 8 seconds, then Graph reports a failure',
    goalsOrganizationId: organization,
    explorerViewId: 'c3f702e4-9d56-4ba0-9e32-40816cad2f33',
    fate: { kind: 'runs', startsAfterMs: 2_000, endsAfterMs: 8_000, ends: 'failed' },
  },
  {
    name: 'unknown-organization',
    what: 'names an organisation that Viva Goals does not know',
    goalsOrganizationId: '1dab5040-62e8-4f1c-8b79-4c8e302d9f51',
    explorerViewId: 'd40813f5-ae67-4cb1-8f43-51927dbe3044',
    fate: { kind: 'unknownOrganization' },
  },
  {
    name: 'no-access',
    what: 'belongs to an organisation you are no member of',
    goalsOrganizationId: '2ebc6151-73f9-402d-9c8a-5d9f413ea062',
    explorerViewId: 'e5192406-bf78-4dc2-9054-62a38ecf4155',
    fate: { kind: 'noAccess' },
  },
  {
    name: 'retired',
    what: 'finds Viva Goals gone from the tenant, as it may be since 31 December 2025',
    goalsOrganizationId: '3fcd7262-840a-413e-8d9b-6ea0524fb173',
    explorerViewId: 'f62a3517-c089-4ed3-8165-73b49fd05266',
    fate: { kind: 'retired', form: 'noSegment' },
  },
];

/** Exports that differ in what they say, once they are ready. */
const telling: readonly Scenario[] = [
  {
    name: 'nothing changed',
    what: 'is ready in about 10 seconds and says the same each time: export it twice',
    goalsOrganizationId: organization,
    explorerViewId: '07b3c8d2-1f4a-4e65-9b70-c4d5e6f70811',
    fate: ready,
    contentForm: 'still',
  },
  {
    name: 'large',
    what: 'has 30,000 rows, about 26 MB: reading it takes a while, and the card says so',
    goalsOrganizationId: organization,
    explorerViewId: '18c4d9e3-205b-4f76-8c81-d5e6f7081922',
    fate: ready,
    rows: 30_000,
  },
  {
    name: 'cannot be summarised',
    what: 'has no Title column: the bot says why it cannot summarise it, and the file is there all the same',
    goalsOrganizationId: organization,
    explorerViewId: '29d5eaf4-316c-4087-9d92-e6f708192a33',
    fate: ready,
    contentForm: 'untitled',
  },
];

type LinkedScenario = Scenario & Readonly<{ url: string }>;

const linked = (scenario: Scenario): LinkedScenario => ({ ...scenario, url: explorerUrlOf(scenario) });

export const scenarios: readonly LinkedScenario[] = named.map(linked);

export const tellingScenarios: readonly LinkedScenario[] = telling.map(linked);
