#!/usr/bin/env node
// Runs the public cache test suite (npm http-cache-tests) against the real command as a reverse proxy:
//   node tests/Conformance/http-cache/run.mjs [--configuration Release] [--proxy] [--newer] [--record] [--results FILE] [--id TEST]
//
// It starts the suite's origin and `selvedge serve` in front of it (a build output whose one route is an external rewrite),
// runs every test that is not for browsers, scores as the suite does, and fails if a test that passes in results.json fails.
// --proxy turns on what a plain reverse proxy would do and Selvedge does only if told to (docs/reference/http-caching.md).
// --newer asks what the suite's repository asks today (newer.mjs, interim.mjs). --record writes the results file anew.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { runInterim, startInterimOrigin } from './interim.mjs';
import { amend } from './newer.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '..', '..', '..');
const work = join(here, '.work');
const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const flag = (name) => process.argv.includes(`--${name}`);
const configuration = option('configuration', 'Release');
const originPort = 18000 + (process.pid % 1000);
const children = [];
const proxySettings = {
  SELVEDGE_CACHE__SHARESETCOOKIE: 'true',
  SELVEDGE_CACHE__STOREPOST: 'true',
  SELVEDGE_CACHE__IGNORELANGUAGEORDER: 'true',
};
const resultsFile = `results${flag('newer') ? '.newer' : ''}${flag('proxy') ? '.proxy' : ''}.json`;

process.on('exit', () => children.forEach((child) => child.kill()));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const suite = locateSuite();
await startOrigin();
const interimOrigin = await startInterimOrigin();
const base = await startSelvedge();
const results = await runSuite(base);
const failed = report(results);
process.exit(failed ? 1 : 0);

/** The suite's directory; run `npm install` here first. */
function locateSuite() {
  const directory = join(here, 'node_modules', 'http-cache-tests');
  if (!existsSync(directory)) {
    console.error('Run `npm install --ignore-scripts` in tests/Conformance/http-cache first.');
    process.exit(2);
  }
  return directory;
}

async function startOrigin() {
  const origin = spawn(process.execPath, [join(suite, 'server', 'server.mjs')], {
    cwd: suite,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      npm_config_protocol: 'http',
      npm_config_port: String(originPort),
      npm_config_pidfile: join(work, 'origin.pid'),
    },
  });
  children.push(origin);
  await line(origin, /Listening on/);
}

/** A build output that hands everything to the suite's origin, and the command that serves it. */
async function startSelvedge() {
  rmSync(work, { recursive: true, force: true });
  const output = join(work, '.vercel', 'output');
  mkdirSync(join(output, 'static'), { recursive: true });
  const routes = [
    { src: '^/interim/(.*)$', dest: `http://127.0.0.1:${interimOrigin.address().port}/$1` },
    { src: '^/(.*)$', dest: `http://127.0.0.1:${originPort}/$1` },
  ];
  writeFileSync(join(output, 'config.json'), JSON.stringify({ version: 3, routes }));

  const command = join(root, 'src', 'Selvedge.Cli', 'bin', configuration, 'net10.0', 'selvedge.dll');
  const selvedge = spawn(
    'dotnet',
    [command, 'serve', work, '--urls', 'http://127.0.0.1:0', '--data-dir', join(work, 'data')],
    {
      stdio: ['ignore', 'pipe', flag('verbose') ? 'inherit' : 'ignore'],
      env: { ...process.env, ...(flag('proxy') ? proxySettings : {}) },
    },
  );
  children.push(selvedge);
  const [, url] = await line(selvedge, /Listening on (\S+)/);
  return url.replace(/\/$/, '');
}

async function runSuite(base) {
  const from = (path) => import(pathToFileURL(join(suite, path)));
  const fetch = createRequire(join(here, 'run.mjs'))('node-fetch');
  const { runTests, getResults } = await from('client/runner.mjs');
  const { default: published } = await from('tests/index.mjs');
  const suites = flag('newer') ? amend(published) : published;
  const only = option('id');
  if (only) {
    for (const set of suites) set.tests = set.tests.filter((test) => test.id === only).map((test) => ({ ...test, dump: true }));
  }
  await runTests(suites, fetch, false, base);
  const results = getResults();
  if (flag('newer')) {
    const outcomes = await runInterim(`${base}/interim`);
    suites.push({ tests: outcomes.map(({ id, kind }) => ({ id, kind })) });
    for (const { id, passed } of outcomes) results[id] = passed;
  }
  return { suites, results };
}

/** Scores as the suite does: a test whose dependency failed counts neither way, and a set-up that failed is no answer. */
function report({ suites, results }) {
  const tests = suites.flatMap((set) => set.tests.filter((test) => test.browser_only !== true));
  const byId = new Map(tests.map((test) => [test.id, test]));
  const passed = (id) => results[id] === true;
  const dependencyFailed = (test) => (test.depends_on ?? []).some((id) => byId.has(id) && !passed(id));

  const score = { required: [0, 0], optimal: [0, 0], check: [0, 0] };
  const failures = [];
  for (const test of tests) {
    const kind = test.kind ?? 'required';
    score[kind][1]++;
    if (passed(test.id) && !dependencyFailed(test)) score[kind][0]++;
    else if (kind !== 'check') {
      failures.push({ id: test.id, kind, why: dependencyFailed(test) ? 'dependency failed' : (results[test.id] ?? []).join(': ') });
    }
  }

  for (const failure of failures) console.log(`${failure.kind.padEnd(8)} ${failure.id}: ${failure.why}`);
  for (const [kind, [good, all]] of Object.entries(score)) console.log(`${kind}: ${good} of ${all}`);
  if (option('id')) return failures.length > 0;
  return compare(Object.fromEntries(tests.map((test) => [test.id, passed(test.id)])), score, results);
}

function compare(now, score, results) {
  const file = join(here, resultsFile);
  const suite = flag('newer') ? 'http-tests/cache-tests, as newer.mjs has it' : 'http-cache-tests 0.4.5';
  if (flag('record')) {
    const summary = Object.fromEntries(Object.entries(score).map(([kind, [good, all]]) => [kind, `${good} of ${all}`]));
    writeFileSync(file, `${JSON.stringify({ suite, summary, passed: now }, null, 2)}\n`);
    return false;
  }
  if (!existsSync(file)) return false;
  const before = JSON.parse(readFileSync(file, 'utf8')).passed;
  const lost = Object.keys(before).filter((id) => before[id] && !now[id]);
  if (option('results')) {
    const numPassedTests = Object.values(now).filter(Boolean).length;
    const reason = (id) => (results[id] === true ? 'a test it depends on failed' : (results[id] ?? ['did not run']).join(': '));
    const assertionResults = lost.map((id) => ({ fullName: id, status: 'failed', failureMessages: [reason(id)] }));
    writeFileSync(option('results'), JSON.stringify({ numPassedTests, numFailedTests: lost.length, testResults: [{ name: suite, assertionResults }] }));
  }
  for (const id of lost) console.error(`${id} passed before and fails now.`);
  return lost.length > 0;
}

/** Waits for a line of a child's output that matches. */
function line(child, pattern) {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const match = pattern.exec(text);
      if (match) resolve(match);
    });
    child.on('exit', (code) => reject(new Error(`${child.spawnargs.join(' ')} ended with code ${code}`)));
  });
}
