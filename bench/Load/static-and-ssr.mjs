#!/usr/bin/env node
// Selvedge against `next start`, serving the same build of tests/Frameworks/next16 on the same machine in the same run:
//
//   node bench/Load/static-and-ssr.mjs [--rounds 5] [--seconds 5] [--warm 15] [--connections 32]
//
// It prints a Markdown section for docs/performance.md. Both servers run throughout and are measured in turn, in rounds whose
// order alternates, so that whatever else the machine does falls on both; the ratio is taken within a round. The load comes
// from wrk over loopback and shares the processors with the servers: compare the ratios, not the figures, across machines.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, loadavg, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const app = join(root, 'tests/Frameworks/next16');
const data = mkdtempSync(join(tmpdir(), 'selvedge-load-'));
const children = [];

const targets = [
  { name: 'static file, 1 KiB', path: '/kibibyte.txt', contains: 'selvedge' },
  { name: 'server-rendered page', path: '/dynamic', contains: 'page:dynamic' },
];

const options = readOptions();
try {
  await main();
} finally {
  for (const child of children) child.kill('SIGTERM');
  rmSync(data, { recursive: true, force: true });
}

async function main() {
  // 1. Build what is measured.
  requireWrk();
  run('node', ['eng/build-framework.mjs', 'next16']);
  run('dotnet', ['build', '-c', 'Release', '--nologo', '-v', 'quiet', 'src/Selvedge.Cli/Selvedge.Cli.csproj']);

  // 2. Start both, and see that both answer.
  const servers = [
    { name: 'Selvedge', origin: await startSelvedge() },
    { name: 'next start', origin: await startNext() },
  ];
  for (const server of servers) for (const target of targets) await check(server, target);

  const busy = loadavg()[0];

  // 3. Warm up: .NET compiles hot code anew for some seconds, and V8 does the like.
  for (const server of servers)
    for (const target of targets) {
      note(`warming ${server.name}: ${target.name}`);
      await measure(server, target, options.warm);
    }

  // 4. Measure in rounds.
  const rounds = [];
  for (let round = 0; round < options.rounds; round++) {
    const order = round % 2 === 0 ? servers : [...servers].reverse();
    for (const target of targets)
      for (const server of order) {
        const result = await measure(server, target, options.seconds);
        rounds.push({ round, target, server, ...result });
        note(`round ${round + 1}, ${server.name}, ${target.name}: ${figure(result.rate)} requests/s, p99 ${ms(result.p99)}`);
      }
  }

  // 5. Report.
  console.log(report(servers, rounds, busy));
}

function readOptions() {
  const { values } = parseArgs({
    options: Object.fromEntries(['rounds', 'seconds', 'warm', 'connections'].map((name) => [name, { type: 'string' }])),
  });
  const options = { rounds: 5, seconds: 5, warm: 15, connections: 32 };
  for (const [name, text] of Object.entries(values)) {
    options[name] = Number(text);
    if (!Number.isInteger(options[name]) || options[name] < 1) {
      console.error(`--${name} must be a whole number above zero, not "${text}".`);
      process.exit(2);
    }
  }
  return options;
}

function requireWrk() {
  try {
    // Without a URL wrk only says how it is used, and fails.
    execFileSync('wrk', ['--version'], { stdio: 'ignore' });
  } catch (error) {
    if (error.code !== 'ENOENT') return;
    console.error('wrk is not installed; eng/install-test-tools.sh installs it.');
    process.exit(2);
  }
}

function startSelvedge() {
  const command = join(root, 'src/Selvedge.Cli/bin/Release/net10.0/selvedge.dll');
  const args = [command, 'serve', app, '--urls', 'http://127.0.0.1:0', '--data-dir', data];
  return start('dotnet', args, (line) => /^Listening on (\S+)/.exec(line)?.[1]);
}

async function startNext() {
  const port = await freePort();
  const args = [join(app, 'node_modules/next/dist/bin/next'), 'start', '--hostname', '127.0.0.1', '--port', String(port)];
  return start(process.execPath, args, (line) => line.includes('Ready in') && `http://127.0.0.1:${port}`);
}

/** Starts a server and waits for the line in which `ready` finds its origin. */
function start(command, args, ready) {
  const child = spawn(command, args, { cwd: app, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  // What a server says is of interest only if it does not come up, and must be read lest it blocks.
  const printed = [];
  return new Promise((resolve, reject) => {
    const read = (line) => {
      if (printed.length < 100) printed.push(line);
      const origin = ready(line);
      if (origin) resolve(origin.replace(/\/$/, ''));
    };
    createInterface(child.stdout).on('line', read);
    createInterface(child.stderr).on('line', read);
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${command} ended with ${code} before it was ready:\n${printed.join('\n')}`)));
  });
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function check(server, target) {
  const response = await fetch(server.origin + target.path);
  const body = await response.text();
  if (response.status !== 200 || !body.includes(target.contains))
    throw new Error(`${server.name} answered ${target.path} with ${response.status} and not with what it should`);
}

/** One run of wrk. Rates are requests a second, latencies microseconds. */
function measure(server, target, seconds) {
  const script = fileURLToPath(new URL('report.lua', import.meta.url));
  const load = ['-t', '1', '-c', String(options.connections), '-d', `${seconds}s`, '--timeout', '30s'];
  const args = [...load, '-s', script, server.origin + target.path];
  return new Promise((resolve, reject) => {
    const wrk = spawn('wrk', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    wrk.stdout.on('data', (chunk) => (output += chunk));
    wrk.on('error', reject);
    wrk.on('close', (code) => {
      if (code !== 0) return reject(new Error(`wrk ended with ${code}:\n${output}`));
      const result = JSON.parse(output.trim().split('\n').at(-1));
      if (result.failed > 0) return reject(new Error(`${result.failed} requests to ${server.name}${target.path} failed`));
      resolve({ rate: result.requests / (result.microseconds / 1e6), p50: result.p50, p99: result.p99 });
    });
  });
}

function report(servers, rounds, busy) {
  const [ours, theirs] = servers;
  const of = (server, target, key) =>
    rounds.filter((round) => round.server === server && round.target === target).map((round) => round[key]);
  const ratios = (target, key) => {
    const mine = of(ours, target, key);
    return of(theirs, target, key).map((value, round) => mine[round] / value);
  };
  const spread = (values) =>
    `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`;

  const rows = targets.flatMap((target) => [
    ...servers.map((server) =>
      [
        target.name,
        server.name,
        figure(median(of(server, target, 'rate'))),
        ms(median(of(server, target, 'p50'))),
        ms(median(of(server, target, 'p99'))),
      ].join(' | '),
    ),
    [target.name, '**ratio**', spread(ratios(target, 'rate')), spread(ratios(target, 'p50')), spread(ratios(target, 'p99'))].join(
      ' | ',
    ),
  ]);

  return [
    `### Selvedge against \`next start\` — ${new Date().toISOString().slice(0, 10)}, commit ${commit()}`,
    '',
    machine(busy),
    '',
    `\`node bench/Load/static-and-ssr.mjs --rounds ${options.rounds} --seconds ${options.seconds} --warm ${options.warm}` +
      ` --connections ${options.connections}\`: medians of the rounds; ratios are Selvedge to \`next start\` within a round, median (lowest–highest).`,
    '',
    '| target | server | requests/s | p50 | p99 |',
    '|---|---|---:|---:|---:|',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}

function machine(busy) {
  const cores = cpus();
  const next = JSON.parse(run('node', ['-p', 'JSON.stringify(require("next/package.json").version)'], app));
  return [
    `${cores.length} × ${cores[0].model.trim()}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `Linux ${release()}`,
    `.NET SDK ${run('dotnet', ['--version']).trim()}`,
    `Node ${process.version.slice(1)}`,
    `Next ${next}`,
    `wrk with one thread on the same machine, whose load was ${busy.toFixed(1)} before`,
  ].join(', ');
}

function commit() {
  const changed = run('git', ['status', '--porcelain', '--untracked-files=no']).trim() ? ' with local changes' : '';
  return run('git', ['rev-parse', '--short', 'HEAD']).trim() + changed;
}

function run(command, args, cwd = root) {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function figure(rate) {
  return Math.round(rate).toLocaleString('en');
}

function ms(microseconds) {
  return `${(microseconds / 1000).toFixed(2)} ms`;
}

function note(text) {
  console.error(text);
}
