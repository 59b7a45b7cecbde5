// Guards every npm script: installs what is missing, requires Node 24, and says in plain words what to do.
// It runs on whatever Node the machine has, so it keeps to old syntax.
'use strict';

const fs = require('fs');
const path = require('path');
const { spawn, spawnSync } = require('child_process');

const NEEDED_MAJOR = 24;
/** Of the development packages those that `npm run sandbox` needs; the rest, for tests and gates, is twice as many. */
const OF_SANDBOX = ['@fastify/busboy', '@microsoft/m365agentsplayground', 'node-of-this-machine'];
/** Of production's what it never loads: the bundle's maker, and what is loaded only where telemetry has somewhere to go. */
const NOT_OF_SANDBOX = /^(@opentelemetry\/|esbuild$)/;
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
 * The packages of the lockfile that have to be there. Optional ones are left out: which of them npm installs depends on the machine.
 * @param need 'production', 'sandbox' or 'everything'
 */
function namesFor(need, packages) {
  const ofSandbox = need === 'sandbox' && reachedFrom(askedBySandbox(packages['']), packages);
  return Object.keys(packages).filter(function (name) {
    const entry = packages[name];
    if (name === '' || entry.optional || entry.devOptional || entry.link) return false;
    if (name.indexOf('node_modules/') !== 0) return false;
    return ofSandbox ? ofSandbox.indexOf(name) >= 0 : !entry.dev || need === 'everything';
  });
}

/** @param own the lockfile's entry of this project */
function askedBySandbox(own) {
  const production = Object.keys(own.dependencies).filter(function (name) {
    return !NOT_OF_SANDBOX.test(name);
  });
  return production.concat(OF_SANDBOX);
}

/** Those packages and all that they depend on, found where Node finds them: beside, or further up. */
function reachedFrom(names, packages) {
  const reached = [];
  function visit(name, from) {
    const place = (from === '' ? '' : from + '/') + 'node_modules/' + name;
    if (packages[place] === undefined) {
      if (from !== '') visit(name, from.slice(0, Math.max(0, from.lastIndexOf('node_modules/') - 1)));
    } else if (reached.indexOf(place) < 0) {
      reached.push(place);
      Object.keys(packages[place].dependencies || {}).forEach(function (next) {
        visit(next, place);
      });
    }
  }
  names.forEach(function (name) {
    visit(name, '');
  });
  return reached;
}

/**
 * Compares package-lock.json with the record that npm leaves in node_modules after an install that went through.
 * @returns {boolean} whether every package that is needed is there in its exact version
 */
function isInstalled(root, need) {
  const wanted = readPackages(path.join(root, 'package-lock.json'));
  const present = readPackages(path.join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined) return present !== undefined;
  if (present === undefined) return false;
  return namesFor(need, wanted).every(function (name) {
    return present[name] !== undefined && present[name].version === wanted[name].version;
  });
}

/**
 * Runs `npm ci` with the Node and npm that started us, because the ones in node_modules are about to be replaced; tells how far it is.
 * @param {(isDone: boolean) => void} done
 */
function install(root, need, done) {
  console.error('Installing what this needs, once; it takes half a minute to two minutes …');
  const args = ['ci', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  if (need !== 'production') args.push('--include=dev');
  const place = need === 'sandbox' ? layOut(root) : root;
  const options = { cwd: place, stdio: ['ignore', 'ignore', 'inherit'] };
  const npm = process.env.npm_execpath;
  const installing = npm
    ? spawn(process.env.npm_node_execpath || process.execPath, [npm].concat(args), options)
    : spawn('npm', args, Object.assign({ shell: process.platform === 'win32' }, options));
  const telling = setInterval(tellProgress, EVERY_MS, root, place, need);
  function end(isDone) {
    clearInterval(telling);
    if (place !== root) moveIn(root, place, isDone);
    done(isDone);
  }
  installing.once('error', function () {
    end(false);
  });
  installing.once('close', function (status) {
    end(status === 0);
  });
}

/**
 * npm cannot install some of the development packages only. So it is given a folder where the others are not asked for, with the
 * same lockfile: what is not asked for there it leaves out.
 */
function layOut(root) {
  const place = path.join(root, '.installing');
  fs.rmSync(place, { recursive: true, force: true });
  fs.mkdirSync(path.join(place, '.config', 'node'), { recursive: true });
  ['.npmrc', path.join('.config', 'node', 'package.json')].forEach(function (file) {
    fs.copyFileSync(path.join(root, file), path.join(place, file));
  });
  const own = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const lock = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const asked = askedBySandbox(lock.packages['']);
  [own, lock.packages['']].forEach(function (each) {
    each.dependencies = pick(each.dependencies, asked);
    each.devDependencies = pick(each.devDependencies, asked);
  });
  delete own.scripts;
  fs.writeFileSync(path.join(place, 'package.json'), JSON.stringify(own));
  fs.writeFileSync(path.join(place, 'package-lock.json'), JSON.stringify(lock));
  return place;
}

function pick(versions, names) {
  const picked = {};
  Object.keys(versions).forEach(function (name) {
    if (names.indexOf(name) >= 0) picked[name] = versions[name];
  });
  return picked;
}

function moveIn(root, place, isDone) {
  const packages = path.join(root, 'node_modules');
  if (isDone) {
    fs.rmSync(packages, { recursive: true, force: true });
    fs.renameSync(path.join(place, 'node_modules'), packages);
  }
  fs.rmSync(place, { recursive: true, force: true });
}

/** Unpacked packages, of those that are needed. */
function tellProgress(root, place, need) {
  const names = namesFor(need, readPackages(path.join(root, 'package-lock.json')) || {});
  const there = names.filter(function (name) {
    return fs.existsSync(path.join(place, name, 'package.json'));
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

function adviceForNode(version, need) {
  const found = 'This needs Node ' + NEEDED_MAJOR + ' or newer, and found ' + version + '.';
  const own = 'Install Node ' + NEEDED_MAJOR + ' (https://nodejs.org) and start again';
  if (process.env.npm_lifecycle_event === undefined) {
    return found + ' Start it through npm (for example `npm start`), which uses the Node of this project.';
  }
  if (need === 'production') {
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
    '\nThe packages bring it for Linux, macOS, and Windows on x64, unless npm is told to leave optional packages out.\n' +
    own +
    '.'
  );
}

function checkNode(need) {
  const version = nodeVersion();
  if (major(version) < NEEDED_MAJOR) {
    console.error(adviceForNode(version, need));
    process.exitCode = 1;
  }
}

function needOf(args) {
  if (args.indexOf('--production') >= 0) return 'production';
  return args.indexOf('--sandbox') >= 0 ? 'sandbox' : 'everything';
}

function main(root, need) {
  if (isInstalled(root, need)) {
    checkNode(need);
    return;
  }
  install(root, need, function (isDone) {
    if (isDone) {
      checkNode(need);
      return;
    }
    console.error(
      'Installing did not work; the reason is above. Check the network, run `npm ci` in this folder, then start again.',
    );
    process.exitCode = 1;
  });
}

main(path.resolve(__dirname, '..', '..'), needOf(process.argv));
