// The dashboard and the alarms ask for figures that the bot has, by labels that these have, and each alarm leads to its page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { createMetrics } from '../../../src/app/metrics.ts';
import type { Figures, Metrics } from '../../../src/ports/metrics.ts';

const docs = path.join(import.meta.dirname, '..', '..', '..', 'docs');
const read = (file: string): string => readFileSync(path.join(docs, file), 'utf8');

const figures: Figures = {
  takesWrites: true,
  exports: [{ source: 's', status: 'running', count: 1 }],
  schedules: [{ state: 'active', lastRun: 'none', count: 1 }],
  maxScheduleOverdue: 0,
  promptsOutstanding: 0,
  maxOverdue: 0,
  queue: { exports: { queued: 0, ready: 0, active: 0 }, files: { queued: 0, ready: 0, active: 0 } },
};

/** Each figure once, so that its labels show. */
const counted: { readonly [K in keyof Metrics]: Parameters<Metrics[K]> } = {
  graphCalled: ['s', 'get', 'job'],
  graphRefused: ['s', 'notValid'],
  clockSkewed: [0],
  requestRefused: [],
  callHeldBack: ['tenant'],
  breakerMoved: ['h', 'closed'],
  retried: ['graph'],
  looked: [0],
  sent: ['export', 'post', 'sent'],
  updateDropped: [],
  nameTold: ['given'],
  signInEnded: ['silent', 'signedIn'],
};

/** Labels of each figure by its name, as Prometheus sees them. */
async function labelsByName(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { metrics, render } = createMetrics(() => Promise.resolve(figures));
  for (const [name, given] of Object.entries(counted))
    (metrics[name as keyof Metrics] as (...all: readonly unknown[]) => void)(...given);
  const known = new Map<string, Set<string>>();
  for (const [, name = '', labels = ''] of (await render()).matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
    const seen = known.get(name) ?? new Set();
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) seen.add(label);
    known.set(name, seen);
  }
  return known;
}

const panels = z.object({
  panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })).optional() })),
});
const dashboard = panels.parse(JSON.parse(read('observability/dashboard.json')));
const rules = read('observability/alerts.yaml')
  .split(/^ {6}- alert: /m)
  .slice(1)
  .map((text) => ({
    name: /^\w+/.exec(text)?.[0] ?? '',
    expr: /^ {8}expr: (?:>-\n)?((?:.*\n)(?: {10}.*\n)*)/m.exec(text)?.[1] ?? '',
    runbook: /^ {10}runbook: (\S+)$/m.exec(text)?.[1] ?? '',
    summary: /^ {10}summary: (\S.*)$/m.exec(text)?.[1] ?? '',
    severity: /severity: (page|ticket) /.exec(text)?.[1] ?? '',
  }));
const drawn = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

/** What an expression asks for that no instance of the bot has. Prometheus itself adds the first two labels. */
function unknownIn(expr: string, known: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const own = ['job', 'instance'];
  const asked = [...expr.matchAll(/\b((?:okr_export|process|nodejs)_\w+)(?:\{([^}]*)\})?/g)];
  const has = new Set(asked.flatMap(([, name = '']) => [...(known.get(name) ?? []), ...own]));
  const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(', '));
  return [
    ...asked.flatMap(([, name = '', labels = '']) => {
      const labelsOf = known.get(name);
      if (labelsOf === undefined) return [name];
      const named = [...labels.matchAll(/(\w+)=/g)].map(([, label = '']) => label);
      return named.filter((label) => !labelsOf.has(label) && !own.includes(label));
    }),
    ...grouped.filter((label) => !has.has(label)),
    ...(asked.length === 0 ? [`no figure in ${expr}`] : []),
  ];
}

describe('the dashboard and the alarms', () => {
  it('ask for figures and labels that the bot has', async () => {
    const known = await labelsByName();
    const exprs = [...drawn, ...rules.map(({ expr }) => expr)];
    assert.ok(drawn.length > 20 && rules.length > 12);
    assert.deepEqual(
      exprs.flatMap((expr) => unknownIn(expr, known)),
      [],
    );
    assert.deepEqual(unknownIn('sum by (why) (okr_export_none{a="b"})', known), ['okr_export_none', 'why']);
    assert.deepEqual(unknownIn('okr_export_exports{state="b"}', known), ['state']);
  });

  it('draw and describe every figure of our own', async () => {
    const base = (name: string): string => name.replace(/_(bucket|sum|count)$/, '');
    const ours = [...(await labelsByName()).keys()]
      .filter((name) => name.startsWith('okr_export_'))
      .map(base);
    assert.deepEqual(
      ours.filter((name) => !drawn.some((expr) => expr.includes(name))),
      [],
    );
    const page = read('operate.md');
    assert.deepEqual(
      ours.filter((name) => !page.includes(`\`${name.replace('okr_export_', '')}`)),
      [],
    );
  });

  it('say how urgent each alarm is, and lead to a heading of the runbook', () => {
    const slugs = [...read('operate.md').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    );
    for (const { name, runbook, summary, severity } of rules) {
      assert.ok(slugs.includes(runbook), `${name} leads to ${runbook}`);
      assert.ok(summary !== '' && severity !== '', name);
    }
  });
});
