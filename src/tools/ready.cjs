// Guards every npm script: installs what is missing, requires Node 24, and says in plain words what to do.
// It runs on whatever Node the machine has, so it keeps to old syntax.
'use strict';

const fs = require('fs');
const path = require('path');
const { spawnSync } = require('child_process');

const NEEDED_MAJOR = 24;

function readPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages || {};
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    return {};
  }
}

/**
 * Compares package-lock.json with the record that npm leaves in node_modules after an install that went through.
 * Optional packages are left out: which of them npm installs depends on the machine.
 * @returns {boolean} whether every package of the lockfile is there in its exact version
 */
function isInstalled(root, production) {
  const wanted = readPackages(path.join(root, 'package-lock.json'));
  const present = readPackages(path.join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined) return present !== undefined;
  if (present === undefined) return false;
  return Object.keys(wanted).every(function (name) {
    const entry = wanted[name];
    if (name === '' || entry.optional || entry.devOptional || entry.link) return true;
    if (production && entry.dev) return true;
    return present[name] !== undefined && present[name].version === entry.version;
  });
}

/** Runs `npm ci` with the Node and npm that started us, because the ones in node_modules are about to be replaced. */
function install(root, production) {
  console.error('Installing what this needs, once; it takes half a minute to two minutes …');
  const args = ['ci', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  if (!production) args.push('--include=dev');
  const options = { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] };
  const npm = process.env.npm_execpath;
  const result = npm
    ? spawnSync(process.env.npm_node_execpath || process.execPath, [npm].concat(args), options)
    : spawnSync('npm', args, Object.assign({ shell: process.platform === 'win32' }, options));
  return result.status === 0;
}

/** Asks the `node` that the next command will find, which after an install is the one in node_modules/.bin. */
function nodeVersion() {
  if (major(process.version) >= NEEDED_MAJOR) return process.version;
  const answer = spawnSync('node', ['--version'], { encoding: 'utf8' });
  return answer.status === 0 ? answer.stdout.trim() : process.version;
}

function major(version) {
  return Number(version.replace(/^v/, '').split('.')[0]);
}

function adviceForNode(version, production) {
  const found = 'This needs Node ' + NEEDED_MAJOR + ' or newer, and found ' + version + '.';
  const own = 'Install Node ' + NEEDED_MAJOR + ' (https://nodejs.org) and start again';
  if (process.env.npm_lifecycle_event === undefined) {
    return found + ' Start it through npm (for example `npm start`), which uses the Node of this project.';
  }
  if (production) {
    return (
      found +
      '\nThe development packages bring Node ' +
      NEEDED_MAJOR +
      ', and they are not installed here (NODE_ENV=production or --omit=dev).\n' +
      own +
      ', or run `npm ci --include=dev` to get it with this project.'
    );
  }
  return (
    found +
    '\nThe package `node` should have brought it: its install script was blocked or failed.\n' +
    'Run `npm ci --ignore-scripts=false` and read what it says. Or: ' +
    own +
    '.'
  );
}

function main(root, production) {
  if (!isInstalled(root, production) && !install(root, production)) {
    console.error(
      'Installing did not work; the reason is above. Check the network, run `npm ci` in this folder, then start again.',
    );
    return 1;
  }
  const version = nodeVersion();
  if (major(version) >= NEEDED_MAJOR) return 0;
  console.error(adviceForNode(version, production));
  return 1;
}

process.exitCode = main(path.resolve(__dirname, '..', '..'), process.argv.indexOf('--production') !== -1);
