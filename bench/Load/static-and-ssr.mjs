#!/usr/bin/env node
// Selvedge against `next start`, serving the same build of tests/Frameworks/next16 on the same machine in the same run:
//
//   node bench/Load/static-and-ssr.mjs [--rounds 5] [--seconds 5] [--warm 15] [--connections 32]
//
// It prints a Markdown section for docs/performance.md. Both servers run throughout and are measured in turn, in rounds whose
// order alternates, so that whatever else the machine does falls on both; the ratio is taken within a round. The load comes
// from wrk over loopback and shares the processors with the servers: compare the ratios, not the figures, across machines.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { figure, machine, median, ms, spread } from './figures.mjs';
import { app, root, startNext, startSelvedge, stopAll } from './servers.mjs';
import { load } from './wrk.mjs';

const data = mkdtempSync(join(tmpdir(), 'selvedge-load-'));

const targets = [
  { name: 'static file, 1 KiB', path: '/kibibyte.txt', contains: 'selvedge' },
  { name: 'server-rendered page', path: '/dynamic', contains: 'page:dynamic' },
];

const options = readOptions();
try {
  await main();
} finally {
  await stopAll();
  rmSync(data, { recursive: true, force: true });
}

async function main() {
  // 1. Build what is measured.
  run('node', ['eng/build-framework.mjs', 'next16']);
  run('dotnet', ['build', '-c', 'Release', '--nologo', '-v', 'quiet', 'src/Selvedge.Cli/Selvedge.Cli.csproj']);

  // 2. Start both, and see that both answer.
  const servers = [
    { name: 'Selvedge', ...(await startSelvedge(app, data)) },
    { name: 'next start', ...(await startNext()) },
  ];
  for (const server of servers) for (const target of targets) await check(server, target);

  const on = machine(process.execPath, [`Next ${nextVersion()}`]);

  // 3. Warm up: .NET compiles hot code anew for some seconds, and V8 does the like.
  for (const server of servers)
    for (const target of targets) {
      note(`warming ${server.name}: ${target.name}`);
      await load(server.origin + target.path, options.connections, options.warm);
    }

  // 4. Measure in rounds.
  const rounds = [];
  for (let round = 0; round < options.rounds; round++) {
    const order = round % 2 === 0 ? servers : [...servers].reverse();
    for (const target of targets)
      for (const server of order) {
        const result = await load(server.origin + target.path, options.connections, options.seconds);
        rounds.push({ round, target, server, ...result });
        note(`round ${round + 1}, ${server.name}, ${target.name}: ${figure(result.rate)} requests/s, p99 ${ms(result.p99)}`);
      }
  }

  // 5. Report.
  console.log(report(servers, rounds, on));
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

async function check(server, target) {
  const response = await fetch(server.origin + target.path);
  const body = await response.text();
  if (response.status !== 200 || !body.includes(target.contains))
    throw new Error(`${server.name} answered ${target.path} with ${response.status} and not with what it should`);
}

function report(servers, rounds, on) {
  const [ours, theirs] = servers;
  const of = (server, target, key) =>
    rounds.filter((round) => round.server === server && round.target === target).map((round) => round[key]);
  const ratios = (target, key) => {
    const mine = of(ours, target, key);
    return of(theirs, target, key).map((value, round) => mine[round] / value);
  };
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
    `### Selvedge against \`next start\` — ${new Date().toISOString().slice(0, 10)}, ${on.commit}`,
    '',
    on.text,
    '',
    `\`node bench/Load/static-and-ssr.mjs --rounds ${options.rounds} --seconds ${options.seconds} --warm ${options.warm}` +
      ` --connections ${options.connections}\`: medians of the rounds; ratios are Selvedge to \`next start\` within a round, median (lowest–highest).`,
    '',
    '| target | server | requests/s | p50 | p99 |',
    '|---|---|---:|---:|---:|',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}

function nextVersion() {
  return JSON.parse(run('node', ['-p', 'JSON.stringify(require("next/package.json").version)'], app));
}

function run(command, args, cwd = root) {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

function note(text) {
  console.error(text);
}
