#!/usr/bin/env node
// Functions under Selvedge against the same handlers on a plain Node.js server, on the same machine in the same run:
//
//   node bench/Load/functions/bench.mjs [--rounds 3] [--seconds 3] [--warm 8] [--copies 10] [--node PATH] [--skip-next]
//
// It measures Node functions and an edge function, each beside a bare server for the same handler, and, if tests/Frameworks/next16 is
// built, a route handler of Next.js beside `next start`: requests a second, latency and processor time by 1 and 32 connections, the first
// answer of a function that has no process yet, the memory of an idle function, and how soon a function learns that its client has gone
// in the middle of a response. It prints a Markdown section for docs/performance.md, and exits with 1 if a function answers less than 1/1.3
// of the bare handler's requests a second by 32 connections, or learns later than 100 ms that its client has gone.
//
// All servers run throughout and are measured in turn, in rounds whose order alternates; ratios are taken within a round. The load
// comes from wrk and shares the processors with the servers: compare the ratios, not the figures, across machines.

import { setTimeout as sleep } from 'node:timers/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { figure, machine, median, mib, ms, spread } from '../figures.mjs';
import { app, startNext } from '../servers.mjs';
import { load } from '../wrk.mjs';
import { processesBelow, processorTime, residentShare } from './processes.mjs';
import { build, startBare, startSelvedge, stopAll } from './servers.mjs';

/** What a request a second may cost at most beside the bare handler, by the most connections. */
const TARGET = 1.3;
const CONNECTIONS = [1, 32];

/** How late a function may learn that its client has gone, in milliseconds. */
const GONE_TARGET = 100;

/** Clients that go, of each kind of function. */
const GONE = 50;

const options = readOptions();
let missed = false;
try {
  console.log(await main());
} finally {
  await stopAll();
}
process.exitCode = missed ? 1 : 0;

async function main() {
  // 1. Build, and start Selvedge with as many copies of each function as are measured cold.
  build();
  const busy = machine(options.node);
  const selvedge = await startSelvedge(options);
  const kinds = [
    { name: 'Node function', path: 'node', bare: 'bare node:http' },
    { name: 'Node function, a page', path: 'page', bare: 'bare node:http' },
    { name: 'edge function', path: 'edge', bare: 'bare Request/Response' },
  ];

  // 2. Cold starts, one after another, of ours and of bare servers; then what those processes hold while nobody asks.
  const cold = [];
  for (const kind of kinds) if (kind.path !== 'page') cold.push({ kind, ...(await coldStarts(kind, selvedge)) });

  // 3. Clients that go in the middle of a response.
  const gone = [];
  for (const [name, path] of [['Node function', 'gone'], ['edge function', 'gone-edge']])
    gone.push({ name, delays: await goneClients(name, `${selvedge.origin}/${path}0`) });

  // 4. Throughput and latency of one copy of each.
  const targets = [];
  for (const kind of kinds)
    targets.push({
      name: kind.name,
      servers: [
        { name: 'Selvedge', url: `${selvedge.origin}/${kind.path}0`, pid: selvedge.pid },
        await startBare(kind.path, options.node).then(({ origin, pid }) => ({ name: kind.bare, url: origin, pid })),
      ],
    });
  const next = await nextTarget();
  if (next) targets.push(next);
  const rounds = await measure(targets);

  // 5. Report.
  return report(busy, cold, gone, targets, rounds);
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      ...Object.fromEntries(['rounds', 'seconds', 'warm', 'copies', 'node'].map((name) => [name, { type: 'string' }])),
      'skip-next': { type: 'boolean' },
    },
  });
  const options = { rounds: 3, seconds: 3, warm: 8, copies: 10, node: process.execPath, skipNext: values['skip-next'] };
  if (values.node) options.node = values.node;
  for (const name of ['rounds', 'seconds', 'warm', 'copies']) {
    if (values[name] !== undefined) options[name] = Number(values[name]);
    if (!Number.isInteger(options[name]) || options[name] < 1) {
      console.error(`--${name} must be a whole number above zero, not "${values[name]}".`);
      process.exit(2);
    }
  }
  return options;
}

async function coldStarts(kind, selvedge) {
  note(`${kind.name}: ${options.copies} cold starts`);
  const before = processesBelow(selvedge.pid);
  const ours = [];
  for (let copy = 0; copy < options.copies; copy++) {
    // What is kept warm for the next function is made again after each start, and is not to be measured with it.
    await sleep(500);
    ours.push(await firstAnswer(`${selvedge.origin}/${kind.path}${copy}`));
  }

  const functions = processesBelow(selvedge.pid).filter((id) => !before.includes(id));
  const theirs = [];
  const bare = [];
  for (let copy = 0; copy < options.copies; copy++) {
    const started = performance.now();
    const server = await startBare(kind.path, options.node);
    await firstAnswer(server.origin);
    theirs.push(performance.now() - started);
    bare.push(server);
  }

  // The memory of idle functions is asked for: by then their collectors have given back what starting took.
  await sleep(2000);
  const memory = {
    ours: median(functions.map(residentShare).filter((bytes) => bytes > 0)),
    theirs: median(bare.map((server) => residentShare(server.pid))),
  };
  for (const server of bare) await server.stop();
  return { ours, theirs, memory };
}

/** Milliseconds from a client's going to the function's learning of it. */
async function goneClients(name, url) {
  note(`${name}: ${GONE} clients go`);
  const delays = [];
  while (delays.length < GONE) {
    const client = new AbortController();
    const response = await fetch(url, { signal: client.signal });
    await response.body.getReader().read();
    const left = Date.now();
    client.abort();
    let seen = NaN;
    for (let tries = 0; Number.isNaN(seen); tries++) {
      if (tries === 1000) throw new Error(`${url} has not learned within some seconds that its client is gone`);
      await sleep(1);
      seen = Number(await (await fetch(`${url}?seen`)).text());
    }

    delays.push(seen - left);
  }

  return delays;
}

/** Milliseconds until the whole first answer is there. */
async function firstAnswer(url) {
  const started = performance.now();
  const response = await fetch(url);
  const text = await response.text();
  if (response.status !== 200 || !text.includes('hello')) throw new Error(`${url} answered ${response.status}: ${text}`);
  return performance.now() - started;
}

async function nextTarget() {
  if (options.skipNext) return undefined;
  if (!existsSync(join(app, '.vercel/output/config.json'))) {
    note('tests/Frameworks/next16 is not built (node eng/build-framework.mjs next16), so Next.js is left out');
    return undefined;
  }

  const path = '/api/status/200';
  const ours = await startSelvedge({ ...options, directory: app });
  const theirs = await startNext(options.node);
  const servers = [
    { name: 'Selvedge', url: ours.origin + path, pid: ours.pid },
    { name: 'next start', url: theirs.origin + path, pid: theirs.pid },
  ];
  for (const { name, url } of servers) {
    const { status } = await fetch(url);
    if (status !== 200) throw new Error(`${name} answered ${path} with ${status}`);
  }
  return { name: 'Next.js route handler', servers };
}

async function measure(targets) {
  for (const { name, servers } of targets)
    for (const server of servers) {
      note(`warming ${server.name}: ${name}`);
      await load(server.url, CONNECTIONS.at(-1), options.warm);
    }

  const rounds = [];
  for (let round = 0; round < options.rounds; round++)
    for (const target of targets)
      for (const connections of CONNECTIONS)
        for (const server of round % 2 === 0 ? target.servers : [...target.servers].reverse()) {
          const before = processorTime(server.pid);
          const result = await load(server.url, connections, options.seconds);
          const time = (processorTime(server.pid) - before) / result.requests;
          rounds.push({ target, connections, server, time, ...result });
          note(`round ${round + 1}, ${target.name}, ${server.name}, ${connections} connections: ${figure(result.rate)} requests/s`);
        }
  return rounds;
}

function report(machine, cold, gone, targets, rounds) {
  const of = (server, connections, key) =>
    rounds.filter((round) => round.server === server && round.connections === connections).map((round) => round[key]);
  // How much more the other does, or how much longer ours takes: more than 1 is what Selvedge costs.
  const cost = (target, connections, key) => {
    const [ours, theirs] = target.servers.map((server) => of(server, connections, key));
    return ours.map((value, round) => (key === 'rate' ? theirs[round] / value : value / theirs[round]));
  };

  const rows = targets.flatMap((target) =>
    CONNECTIONS.flatMap((connections) => [
      ...target.servers.map((server) => [
        target.name,
        connections,
        server.name,
        figure(median(of(server, connections, 'rate'))),
        ms(median(of(server, connections, 'p50'))),
        ms(median(of(server, connections, 'p99'))),
        `${median(of(server, connections, 'time')).toFixed(0)} µs`,
      ]),
      [target.name, connections, '**cost**', ...['rate', 'p50', 'p99', 'time'].map((key) => spread(cost(target, connections, key)))],
    ]),
  );
  const starts = cold.flatMap(({ kind, ours, theirs, memory }) => [
    [kind.name, 'Selvedge, first answer', ms(median(ours) * 1000), ms(Math.max(...ours) * 1000), mib(memory.ours)],
    [kind.name, `${kind.bare}, started and asked`, ms(median(theirs) * 1000), ms(Math.max(...theirs) * 1000), mib(memory.theirs)],
  ]);

  const left = gone.map(({ name, delays }) => [name, `${median(delays)} ms`, `${Math.max(...delays)} ms`]);
  const late = gone.some(({ delays }) => Math.max(...delays) > GONE_TARGET);

  const reached = targets.slice(0, 3).map((target) => ({
    name: target.name,
    cost: median(cost(target, CONNECTIONS.at(-1), 'rate')),
  }));
  missed = late || reached.some(({ cost }) => cost > TARGET);
  const flags = `--rounds ${options.rounds} --seconds ${options.seconds} --warm ${options.warm} --copies ${options.copies}`;
  return [
    `## Functions against bare handlers — ${new Date().toISOString().slice(0, 10)}, ${machine.commit}`,
    '',
    machine.text,
    '',
    `\`node bench/Load/functions/bench.mjs ${flags}\`: medians of the rounds; cost is the bare server's requests a second to Selvedge's, and`,
    "Selvedge's latency and processor time to the bare server's, within a round, median (lowest–highest). The processor time of Selvedge is",
    "the server's and the function's.",
    '',
    '| handler | connections | server | requests/s | p50 | p99 | processor time a request |',
    '|---|---:|---|---:|---:|---:|---:|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
    `| handler | cold, ${options.copies} processes of each | median | slowest | memory of an idle one (PSS) |`,
    '|---|---|---:|---:|---:|',
    ...starts.map((row) => `| ${row.join(' | ')} |`),
    '',
    `| ${GONE} clients gone in the middle of a response | the function learns of it after: median | slowest |`,
    '|---|---:|---:|',
    ...left.map((row) => `| ${row.join(' | ')} |`),
    '',
    `Targets: a function learns within ${GONE_TARGET} ms that its client has gone (${late ? 'missed' : 'met'}); at most ${TARGET} of the bare handler's requests a second by ${CONNECTIONS.at(-1)} connections. ` +
      reached.map(({ name, cost }) => `${name}: ${cost.toFixed(2)}, ${cost > TARGET ? 'missed' : 'met'}`).join('; ') +
      '.',
  ].join('\n');
}

function note(text) {
  console.error(text);
}
