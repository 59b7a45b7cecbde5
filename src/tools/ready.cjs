// Guards every npm script: installs what is missing, requires Node 24, and says in plain words what to do.
// It runs on whatever Node the machine has, so it keeps to old syntax.
'use strict';

const fs = require('fs');
const path = require('path');
const { spawn, spawnSync } = require('child_process');

const NEEDED_MAJOR = 24;
/** Milliseconds between two lines about how far an install is. */
const EVERY_MS = 5000;

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

/**
 * Runs `npm ci` with the Node and npm that started us, because the ones in node_modules are about to be replaced; tells how far it is.
 * @param {(isDone: boolean) => void} done
 */
function install(root, production, done) {
  console.error('Installing what this needs, once; it takes half a minute to two minutes …');
  const args = ['ci', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  if (!production) args.push('--include=dev');
  const options = { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] };
  const npm = process.env.npm_execpath;
  const installing = npm
    ? spawn(process.env.npm_node_execpath || process.execPath, [npm].concat(args), options)
    : spawn('npm', args, Object.assign({ shell: process.platform === 'win32' }, options));
  const telling = setInterval(tellProgress, EVERY_MS, root, production);
  function end(isDone) {
    clearInterval(telling);
    done(isDone);
  }
  installing.once('error', function () {
    end(false);
  });
  installing.once('close', function (status) {
    end(status === 0);
  });
}

/** Unpacked packages, of those of the lockfile that this needs. */
function tellProgress(root, production) {
  const wanted = readPackages(path.join(root, 'package-lock.json')) || {};
  const names = Object.keys(wanted).filter(function (name) {
    return name !== '' && !wanted[name].optional && !(production && wanted[name].dev);
  });
  const there = names.filter(function (name) {
    return fs.existsSync(path.join(root, name, 'package.json'));
  });
  console.error('  ' + there.length + ' of ' + names.length + ' packages are there …');
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

function checkNode(production) {
  const version = nodeVersion();
  if (major(version) < NEEDED_MAJOR) {
    console.error(adviceForNode(version, production));
    process.exitCode = 1;
  }
}

function main(root, production) {
  if (isInstalled(root, production)) {
    checkNode(production);
    return;
  }
  install(root, production, function (isDone) {
    if (isDone) {
      checkNode(production);
      return;
    }
    console.error(
      'Installing did not work; the reason is above. Check the network, run `npm ci` in this folder, then start again.',
    );
    process.exitCode = 1;
  });
}

main(path.resolve(__dirname, '..', '..'), process.argv.indexOf('--production') !== -1);
