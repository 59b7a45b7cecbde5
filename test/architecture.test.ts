import assert from 'node:assert/strict';
import path from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { floorBreaches } from './support/architecture/floors.ts';
import { houseRuleBreaches } from './support/architecture/house-rules.ts';
import { parseSource, readSources } from './support/architecture/source-file.ts';
import { idleEntries, sourceNameBreaches } from './support/architecture/source-names.ts';

const { dependencies } = packageJson;
const sources = readSources(path.join(import.meta.dirname, '..', 'src'));

describe('architecture', () => {
  it('reads the sources', () => {
    assert.ok(sources.some((source) => source.path === 'tools/ready.cjs'));
  });

  it('keeps the floors, without circles, one SDK a folder', () => {
    assert.deepEqual(floorBreaches(sources), []);
  });

  it('is built on the packages that it was asked to be built on', () => {
    const asked = ['botbuilder', 'restify', '@microsoft/teams-js', 'adaptivecards', '@azure/msal-node'];
    const isUsed = (name: string): boolean =>
      sources.some(({ packages }) => packages.some((used) => used === name || used.startsWith(`${name}/`)));
    assert.deepEqual(
      asked.filter((name) => !isUsed(name)),
      [],
    );
    assert.deepEqual(
      asked.filter((name) => !Object.hasOwn(dependencies, name)),
      [],
    );
  });

  it('keeps the house rules in each file', () => {
    assert.deepEqual(sources.flatMap(houseRuleBreaches), []);
  });

  it('keeps the names of a source in its folder', () => {
    assert.deepEqual(sources.flatMap(sourceNameBreaches), []);
    assert.deepEqual(idleEntries(sources), []);
  });
});

describe('names of sources', () => {
  const breachesOf = (name: string, text: string) => sourceNameBreaches(parseSource(name, text));

  const refused: readonly (readonly [file: string, text: string, named: string])[] = [
    ['domain/a.ts', 'const goalsHost = 1;', 'goals'],
    ['domain/a.ts', `/** Such as Viva's. */`, 'Viva'],
    ['cards/a.ts', `say('the explorer');`, 'explorer'],
    ['usecases/a.ts', 'const { viewId } = target;', 'viewId'],
    ['bot/a.ts', 'type A = { organizationId: string };', 'organizationId'],
    ['web/a.ts', `const name = 'goals-export-bot of goals';`, 'goals'],
    ['adapters/graph/goals.ts', 'export {};', 'goals'],
    ['sources/other/a.ts', `import { b } from '../goals/b.ts';`, 'goals'],
  ];
  for (const [file, text, named] of refused)
    it(`refuses ${JSON.stringify(text)} in ${file}`, () => {
      assert.deepEqual(breachesOf(file, text), [`${file} knows a source by its name: ${named}`]);
    });

  it('accepts them at home, the product’s own name, and tenants', () => {
    assert.deepEqual(breachesOf('sources/goals/a.ts', 'const viewId = 1;'), []);
    assert.deepEqual(breachesOf('words/en/sources/sources.ts', `const a = 'Viva Goals';`), []);
    assert.deepEqual(breachesOf('web/a.ts', `/** Of an organisation. */ const a = 'Goals export bot';`), []);
  });
});

describe('floors', () => {
  const breachesOf = (files: Record<string, string>): readonly string[] =>
    floorBreaches(Object.entries(files).map(([name, text]) => parseSource(name, text)));

  const refused: readonly (readonly [file: string, text: string, breach: string])[] = [
    ['domain/a.ts', `import type { X } from '../ports/x.ts';`, 'domain/a.ts may not import ports/x.ts'],
    ['domain/a.ts', `let x: import('../config.ts').X;`, 'domain/a.ts may not import config.ts'],
    ['usecases/a.ts', `import '../adapters/graph/b.ts';`, 'usecases/a.ts may not import adapters/graph/b.ts'],
    ['usecases/a.ts', `export { x } from '../cards/b.ts';`, 'usecases/a.ts may not import cards/b.ts'],
    [
      'adapters/queue/a.ts',
      `import '../../usecases/b.ts';`,
      'adapters/queue/a.ts may not import usecases/b.ts',
    ],
    [
      'adapters/queue/a.ts',
      `import '../graph/b.ts';`,
      'adapters/queue/a.ts may not import adapters/graph/b.ts',
    ],
    ['web/a.ts', `await import('../bot/b.ts');`, 'web/a.ts may not import bot/b.ts'],
    ['app.ts', `import './sandbox/graph.ts';`, 'app.ts may not import sandbox/graph.ts'],
    ['sandbox/main.ts', `import '../domain/b.ts';`, 'sandbox/main.ts may not import domain/b.ts'],
    ['main.ts', `import '../test/support/b.ts';`, 'main.ts may not import ../test/support/b.ts'],
    ['attic/a.ts', '', 'attic/a.ts is in a room without a floor'],
    ['web/a.ts', `import type { X } from 'botbuilder-core';`, 'web/a.ts may not use botbuilder-core'],
    ['bot/a.ts', `require('restify');`, 'bot/a.ts may not use restify'],
    ['app.ts', `import { PgBoss } from 'pg-boss';`, 'app.ts may not use pg-boss'],
    ['usecases/a.ts', `import { sql } from 'kysely';`, 'usecases/a.ts may not use kysely'],
    ['adapters/store/a.ts', `import '@azure/msal-node';`, 'adapters/store/a.ts may not use @azure/msal-node'],
    ['bot/a.ts', `import.meta.resolve('adaptivecards');`, 'bot/a.ts may not use adaptivecards'],
  ];
  for (const [file, text, breach] of refused) {
    it(`refuses: ${breach}`, () => {
      assert.deepEqual(breachesOf({ [file]: text }), [breach]);
    });
  }

  it('refuses a circle', () => {
    const circle = breachesOf({
      'domain/a.ts': `import type { B } from './b.ts';`,
      'domain/b.ts': `import { c } from './deep/c.ts';`,
      'domain/deep/c.ts': `import { b } from '../b.ts';`,
    });
    assert.deepEqual(circle, ['circle: domain/b.ts → domain/deep/c.ts → domain/b.ts']);
  });

  it('refuses a circle of folders', () => {
    const circle = breachesOf({
      'usecases/files/a.ts': `import '../cards/b.ts';`,
      'usecases/cards/b.ts': '',
      'usecases/cards/c.ts': `import type { D } from '../files/d.ts';`,
      'usecases/files/d.ts': '',
    });
    assert.deepEqual(circle, ['circle of folders: usecases/files → usecases/cards → usecases/files']);
  });

  it('refuses a folder in which nobody finds anything', () => {
    const many = Array.from({ length: 23 }, (_, nth) => [`domain/a${String(nth)}.ts`, ''] as const);
    assert.deepEqual(breachesOf(Object.fromEntries(many)), ['domain/ holds 23 files: it wants rooms']);
  });

  it('accepts what goes downward', () => {
    const breaches = breachesOf({
      'main.ts': `import { createApp } from './app.ts'; import { readConfig } from './config.ts';`,
      'app.ts': `import './bot/bot.ts'; import './adapters/queue/q.ts'; import './logger.ts';`,
      'bot/bot.ts': `import 'botbuilder'; import './turn.ts'; import '../usecases/u.ts'; import '../cards/c.ts';`,
      'adapters/queue/q.ts': `import 'pg-boss'; import '../store/engine/database.ts'; import '../../ports/job.ts';`,
      'ports/job.ts': `import type { Job } from '../domain/job.ts';`,
    });
    assert.deepEqual(breaches, []);
  });
});

describe('house rules', () => {
  const opening = '/** Answers for one thing. */\n';

  const refused: readonly (readonly [file: string, text: string, breach: string])[] = [
    ['domain/a.ts', `${opening}${'let a;\n'.repeat(250)}`, 'has more than 250 lines'],
    ['domain/a.ts', 'export const a = 1;\n', 'does not open with a comment'],
    ['domain/a.ts', `${opening}export default 1;`, 'has a default export'],
    ['domain/a.ts', `${opening}export default function f() {}`, 'has a default export'],
    ['domain/a.ts', `${opening}const a = 1; export { a as default };`, 'has a default export'],
    ['domain/a.ts', `${opening}export * from './b.ts';`, 'is a barrel'],
    ['domain/exportJob.ts', opening, 'is not a script named in kebab-case'],
    ['domain/job.js', opening, 'is not a script named in kebab-case'],
    ['domain/index.ts', opening, 'has a name that says nothing'],
    ['domain/helpers/a.ts', opening, 'has a name that says nothing'],
    ['domain/a.ts', `${opening}// TODO later`, 'has a note to do later'],
    ['config.ts', `${opening}const host = process.env.HOST;`, 'reads process.env'],
    ['web/a.ts', `${opening}const { env } = process;`, 'reads process.env'],
    ['web/a.ts', `${opening}import { env } from 'node:process';`, 'reads process.env'],
    ['sandbox/graph.ts', `${opening}process['env'].PORT;`, 'reads process.env'],
    ['ports.ts', `${opening}export const a = 1;`, 'holds more than types'],
    ['ports/a.ts', `${opening}import { a } from '../domain/a.ts';`, 'holds more than types'],
  ];
  for (const [file, text, breach] of refused) {
    it(`refuses ${JSON.stringify(text.slice(opening.length, 60))} in ${file}: ${breach}`, () => {
      assert.deepEqual(houseRuleBreaches(parseSource(file, text)), [`${file} ${breach}`]);
    });
  }

  it('accepts entry points that read the environment, and ports of types', () => {
    const accepted = [
      parseSource('main.ts', `${opening}start(process.env);`),
      parseSource('web/assets/sign-in-end.js', opening),
      parseSource('tools/package.ts', `${opening}run(process.env);`),
      parseSource(
        'ports.ts',
        `${opening}import type { A } from './domain/a.ts'; export interface B { a: A }`,
      ),
      parseSource('domain/a.ts', `${opening}${'let a;\n'.repeat(249)}`),
    ];
    assert.deepEqual(accepted.flatMap(houseRuleBreaches), []);
  });
});
