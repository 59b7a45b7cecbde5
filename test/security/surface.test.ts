// The pages about security name all that the code offers and reaches, and only tests that are there.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_MIN_VERSION } from 'node:tls';
import { createServer } from 'restify';
import ts from 'typescript';
import { buttons } from '../../src/cards/blocks/buttons.ts';
import { readSources } from '../support/architecture/source-file.ts';
import { describeOnBothEngines } from '../support/databases/databases.ts';
import { rawRequest } from '../web/raw-request.ts';
import { defaultDeps, startSite } from '../web/run-web-server.ts';
import { createWebServer } from '../../src/web/server.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const surface = read('docs/security/surface.md');
const overview = read('docs/security.md');
/** In production; what plays the outside in the sandbox reaches nothing. */
const running = readSources(path.join(root, 'src')).filter(
  ({ path: file }) => !/^(sandbox|tools)\//.test(file),
);

const unnamed = (names: Iterable<string>, text = surface): readonly string[] =>
  [...new Set(names)].filter((name) => !text.includes(`\`${name}\``));

/** As the framework is told them. */
function routesOf(): readonly string[] {
  const told: string[] = [];
  const proto = Object.getPrototypeOf(createServer()) as Record<string, (...all: unknown[]) => unknown>;
  const verbs = ['get', 'post', 'put', 'patch', 'del', 'opts'] as const;
  const usual = verbs.map((verb) => proto[verb]);
  for (const [nth, verb] of verbs.entries())
    proto[verb] = function (this: unknown, ...all) {
      told.push(`${verb} ${String(all[0])}`);
      return usual[nth]?.apply(this, all);
    };
  createWebServer(defaultDeps([]));
  for (const [nth, verb] of verbs.entries()) if (usual[nth]) proto[verb] = usual[nth];
  return told;
}

/** What the text of a file says in its `case` clauses. */
const casesIn = (file: string): readonly string[] =>
  [...read(file).matchAll(/case '([^']+)'/g)].map(([, name]) => name ?? '');

/** Hosts in the literals of the code, comments left out. */
function hostsIn(file: string, text: string): readonly string[] {
  const hosts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node))
      for (const [, host] of node.text.matchAll(/https?:\/\/([a-z0-9*-]+(?:\.[a-z0-9-]+)+)/gi))
        hosts.push(host ?? '');
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return hosts;
}

/** Of the pages' own examples, for whoever fills in a configuration. */
const examples = /(^|\.)example\.com$/;
/** Lists of hosts have no scheme. */
const listedHosts = [...read('src/config.ts').matchAll(/'((?:[*\w-]+\.)+[a-z][\w,.*-]+)'/g)].flatMap(
  ([, list]) => (list ?? '').split(','),
);

describe('the pages about security', () => {
  it('names every route, invoke, verb, host and table that the code has', () => {
    const routes = routesOf();
    assert.ok(routes.length >= 12);
    assert.deepEqual(unnamed(routes), []);
    const invokes = casesIn('src/bot/bot.ts');
    assert.ok(invokes.length >= 12);
    assert.deepEqual(unnamed(invokes.filter((name) => name !== 'invoke')), []);
    assert.deepEqual(unnamed(Object.keys(buttons)), []);
    const hosts = running
      .flatMap(({ path: file, text }) => hostsIn(file, text))
      .filter((host) => !examples.test(host));
    assert.ok(hosts.includes('graph.microsoft.com') && listedHosts.includes('*.svc.ms'));
    assert.deepEqual(unnamed([...hosts, ...listedHosts]), []);
  });

  it('name tests that are there, one at least in each entry', () => {
    const entries = surface.split(/\n(?=- )|\n\n/).filter((text) => text.startsWith('- '));
    assert.ok(entries.length > 35);
    assert.deepEqual(
      entries.filter((text) => !/`test\/[\w./-]+\.test\.ts`/.test(text) && !text.startsWith('- never asked')),
      [],
    );
    const named = [...(surface + overview).matchAll(/`(test\/[\w./-]+)`/g)].map(([, file]) => file ?? '');
    assert.deepEqual(
      named.filter((file) => !existsSync(path.join(root, file))),
      [],
    );
  });

  it('lists what is used of cryptography', () => {
    const used = running.flatMap(({ text }) =>
      [
        ...text.matchAll(
          /(?:hash|createHash|createHmac|hkdfSync)\('([\w-]+)'|'(aes-[\w-]+|[RPEH]S\d{3}|S256)'/g,
        ),
      ].map(([, hash, other]) => hash ?? other ?? ''),
    );
    assert.ok(used.includes('sha256') && used.includes('aes-256-gcm'));
    assert.deepEqual(unnamed(used, overview), []);
  });
});

describeOnBothEngines('the table of what is kept', (given) => {
  it('has every table of the database', async () => {
    const tables = await given().database.db.acrossTenants('a test').introspection.getTables();
    const ours = tables.filter(({ schema, name }) => schema === 'public' && !name.startsWith('kysely_'));
    assert.ok(ours.length > 20);
    assert.deepEqual(unnamed(ours.map(({ name }) => name)), []);
  });
});

describe('the code in production', () => {
  const filesWith = (what: RegExp): readonly string[] =>
    running.filter(({ text }) => what.test(text)).map(({ path: file }) => file);

  it('starts no command of the system and evaluates no text', () => {
    // Node itself, with fixed arguments, to make the embedded database.
    assert.deepEqual(filesWith(/child_process/), ['adapters/store/engine/embedded-engine.ts']);
    assert.match(read('src/adapters/store/engine/embedded-engine.ts'), /execFile\)?\(\s*process\.execPath/);
    assert.deepEqual(filesWith(/[^.\w]eval\(|new Function\(|node:vm/), []);
  });

  it('makes queries with parameters only: text goes into them where the code has it as a constant', () => {
    const outside = running.filter(({ path: file }) => !file.startsWith('adapters/store/migrations/'));
    const raw = outside.flatMap(({ path: file, text }) =>
      [...text.matchAll(/sql\.(?:raw|lit)\(.*|\.(?:query|unsafe|exec)\(`.*/g)].map(
        ([call]) => `${file}: ${call}`,
      ),
    );
    assert.deepEqual(raw, [
      'adapters/store/exports/export-jobs.ts: sql.raw(`${what} reopening`).execute(trx);',
    ]);
  });

  it('never makes markup of a text in a page’s script', () => {
    const scripts = readdirSync(path.join(root, 'src/web/assets')).filter((file) => /\.[jt]s$/.test(file));
    assert.ok(scripts.length > 1);
    const markup = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|srcdoc/;
    assert.deepEqual(
      scripts.filter((file) => markup.test(read(`src/web/assets/${file}`))),
      [],
    );
  });

  it('speaks TLS 1.2 at least, and leaves to Node which certificates are good', () => {
    assert.equal(DEFAULT_MIN_VERSION, 'TLSv1.2');
    const loosened =
      /minVersion|secureProtocol|rejectUnauthorized|checkServerIdentity|tls-min|TLS_REJECT|SECLEVEL/;
    assert.deepEqual(filesWith(loosened), []);
    assert.doesNotMatch(read('package.json') + read('Dockerfile'), loosened);
  });

  it('takes what must not be guessed from the system’s generator, 256 bits of it', () => {
    // How long somebody waits before the next try.
    assert.deepEqual(filesWith(/Math\.random/).toSorted(), [
      'adapters/identity/tokens/renewal-mutex.ts',
      'app.ts',
    ]);
    const drawn = running.flatMap(({ path: file, text }) =>
      [...text.matchAll(/ (randomBytes\(\w+\))/g)].map(([, call]) => `${file}: ${call ?? ''}`),
    );
    assert.deepEqual(drawn.toSorted(), [
      'adapters/identity/tokens/encryption.ts: randomBytes(nonceLength)',
      'adapters/store/audit/chain-head.ts: randomBytes(32)',
      'adapters/store/sign-in/sign-in-attempts.ts: randomBytes(nonceLength)',
      'app.ts: randomBytes(32)',
      // What a person quotes of an error.
      'web/route.ts: randomBytes(4)',
    ]);
  });

  it('makes regular expressions of its own words only', () => {
    assert.deepEqual(filesWith(/new RegExp\(/).toSorted(), [
      'adapters/okr-files/spreadsheet-csv/make-spreadsheet-csv.ts',
      'adapters/okr-files/table/text-table.ts',
      'bot/receive/read-naming.ts',
      'bot/send/send-outcome.ts',
      'domain/exports/message-links.ts',
    ]);
  });

  it('sends nothing to where the image is built but what it is made of', () => {
    const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(?:--\S+ )?(.+) \S+$/gm)].map(
      ([, files]) => files,
    );
    assert.deepEqual(copied, ['package.json package-lock.json .npmrc', 'src', 'LICENSE']);
  });
});

describe('every answer of the web server', () => {
  it('says of what type each answer is, allows no other origin to read an answer, and answers no TRACE', async () => {
    const site = await startSite({});
    try {
      for (const where of [
        '/',
        '/privacy',
        '/terms',
        '/support',
        '/healthz',
        '/readyz',
        '/nowhere',
        '/auth/start',
        '/d/x',
      ]) {
        const answer = await fetch(site.url + where, { headers: { origin: 'https://evil.example' } });
        assert.match(answer.headers.get('content-type') ?? '', /^text\/(html|plain); charset=utf-8$/, where);
        assert.deepEqual(
          [...answer.headers.keys()].filter((name) => name.startsWith('access-control')),
          [],
        );
      }
      assert.equal(
        (await rawRequest(site.port, 'TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).status,
        405,
      );
    } finally {
      await site.server.stop(0);
    }
  });
});
