/**
 * Runs after `npm ci`: makes what `npm start` would otherwise make when somebody waits for it. Where production's packages are alone,
 * it also deletes what nobody reads there. What fails here `npm start` does again, and tells of.
 */
'use strict';

const { existsSync, readdirSync, renameSync, rmSync } = require('node:fs');
const path = require('node:path');
const { spawnSync } = require('node:child_process');

const root = path.resolve(__dirname, '..', '..');
const packages = path.join(root, 'node_modules');
const dist = path.join(root, 'dist');

/** Types and sources are for the compiler, which is a development package; maps are for people who debug packages. */
const forDevelopers = /\.(map|[cm]?ts)$/;
const forBrowsers = /\/dist\/(browser|iife|react-native|workerd)$/;
/** Azure's sign-in of browsers, and a library for tests that the SDK's packages hold by mistake. */
const unused = [
  '@azure/msal-browser/dist',
  '@azure/msal-browser/lib',
  'botbuilder/vendors/chai',
  'botframework-streaming/vendors/chai',
].map((folder) => path.join(packages, folder));

/** @returns {boolean} whether nothing is left in the folder */
function trim(folder) {
  const left = readdirSync(folder, { withFileTypes: true }).filter((entry) => {
    const place = path.join(folder, entry.name);
    const isUnread = entry.isDirectory()
      ? unused.includes(place) || forBrowsers.test(place.replaceAll(path.sep, '/')) || trim(place)
      : forDevelopers.test(entry.name);
    if (isUnread) rmSync(place, { recursive: true });
    return !isUnread;
  });
  return left.length === 0;
}

/** With no variable of whoever installs: the bot must not start here. */
const run = (...args) =>
  spawnSync(process.execPath, args, { cwd: root, env: {}, stdio: 'ignore' }).status === 0;

/** For the first start on an empty folder. The bundle is made anew with each change, which deletes it, so its tables are never old. */
function makeEmptyDatabase() {
  const making = path.join(dist, 'making-database');
  rmSync(making, { recursive: true, force: true });
  if (run('--liftoff-only', path.join(dist, 'make-embedded.js'), making, '--migrated'))
    renameSync(making, path.join(dist, 'empty-database'));
}

if (!existsSync(path.join(packages, 'typescript'))) trim(packages);
if (run(path.join(__dirname, 'build.cjs'))) {
  if (!existsSync(path.join(dist, 'empty-database'))) makeEmptyDatabase();
  // Without variables it only says what is missing; what Node has compiled by then is kept for each start.
  run('--max-semi-space-size=4', path.join(dist, 'start.js'));
}
