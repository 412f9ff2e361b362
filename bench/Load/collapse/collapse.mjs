#!/usr/bin/env node
// Many requests for one cold resource at the same moment, against Selvedge and, in the same run, those of nginx, Varnish, HAProxy,
// Traffic Server and Squid that are installed:
//
//   node bench/Load/collapse/collapse.mjs [--only selvedge,varnish]
//
// The origin takes a second. What counts is how often it is asked, how long after the leader the followers have their answer, and
// when the last one is done. Each row has its limits; every server is judged by them, and the script ends with 1 if Selvedge
// misses one. The first lines are the origin alone, asked by the same clients: what no server in between can be faster than. Takes
// two to three minutes, most of them nginx waiting for its lock.

import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { parseArgs } from 'node:util';
import { startPeers, stopPeers } from '../cache/servers.mjs';
import { build, startCrowd, startOrigin } from '../crowd.mjs';

// One row a case: how many clients, what the origin does, and what must be reached. `asked`: requests to the origin; `first`: the
// first byte of a body; `gap`: from the leader's end to the followers' (median); `last`: the last one's end. Milliseconds.
const cases = [
  { name: 'cacheable', clients: 1000, path: 'hit', limits: { asked: 1, gap: 10 } },
  { name: 'cacheable, 0.6 s', clients: 200, path: 'hit600', limits: { asked: 1, gap: 10 } },
  { name: 'no-store, first burst', clients: 1000, path: 'nc', limits: { asked: 1000, last: 2100 } },
  { name: 'no-store, next burst', clients: 1000, path: 'nc', limits: { asked: 1000, last: 1100 } },
  { name: 'slow stream', clients: 100, path: 'stream', limits: { asked: 1, first: 50 } },
  { name: '503', clients: 100, path: 'err', limits: { asked: 2, last: 1100 } },
  // Each gets an answer of its own, but nobody waits for more than the leader.
  { name: 'Set-Cookie', clients: 50, path: 'cookie', limits: { own: 50, last: 2100 } },
  { name: 'first client leaves', clients: 50, path: 'hit', key: 'left', leaves: 300, limits: { asked: 1, last: 1100 } },
];
const stallFollowers = 10;

// What each kind of path must bring; an answer with another body counts as broken.
const kibibyte = 'x'.repeat(1024);
const bodies = { stream: kibibyte.repeat(10), large: kibibyte.repeat(20 * 1024) };
const digests = {};

const { values: options } = parseArgs({ options: { only: { type: 'string' } } });
build('src/Selvedge.Cli');
const origin = await startOrigin();
const crowd = startCrowd();
const peers = await startPeers(origin.port, options.only);

let missed = 0;
console.log('| server | case | clients | origin asked | statuses | first byte, median ms | behind the leader, median ms | last, ms | limits |');
console.log('|---|---|---|---|---|---|---|---|---|');
for (const [name, path, clients] of [
  ['all answered together', 'together', 1000],
  ['each after a second', 'hit', 1000],
]) {
  await run({ name: 'origin', port: origin.port }, { path, clients, key: 'warm' });
  const { asked, statuses, first, gap, last } = await run({ name: 'origin', port: origin.port }, { path, clients });
  console.log(`| the origin alone | ${[name, clients, asked, statuses, first, gap, last].join(' | ')} | |`);
}

for (const peer of peers) {
  await warm(peer);
  for (const row of cases) {
    const result = await run(peer, row);
    const { asked, statuses, first, gap, last } = result;
    print(peer, [row.name, row.clients, asked, statuses, first, gap, last], faultsOf(row, result));
  }
  const { asked, done, last } = await stall(peer);
  const faults = done < stallFollowers || asked > 1 ? [`${stallFollowers} done, origin asked once`] : [];
  print(peer, ['first client stalls at 20 MiB', stallFollowers, asked, `${done} done`, '', '', last], faults);
}
await stopPeers(peers);
crowd.stop();
origin.stop();
if (peers.some((peer) => peer.name === 'selvedge')) {
  console.log(missed === 0 ? 'Selvedge meets every limit.' : `Selvedge misses the limits of ${missed} rows.`);
}
process.exit(missed === 0 ? 0 : 1);

function print(peer, cells, faults) {
  if (peer.name === 'selvedge' && faults.length > 0) missed++;
  console.log(`| ${[peer.name, ...cells].join(' | ')} | ${faults.length === 0 ? 'met' : `missed: ${faults.join(', ')}`} |`);
}

function faultsOf({ limits }, result) {
  const faults = Object.entries(limits)
    .filter(([figure, limit]) => figure !== 'own' && !(result[figure] <= limit))
    .map(([figure, limit]) => `${figure} ≤ ${limit}`);
  if (result.statuses.includes('broken')) faults.push('every answer as the origin sent it');
  // A cookie that is somebody's must not reach the others.
  if (limits.own && result.asked < limits.own) faults.push('one answer shared by many');
  return faults;
}

/** Compiled code, and connections to the origin: a server is measured at work and not at its start. */
async function warm(peer) {
  for (let i = 0; i < 5; i++) {
    await crowd.open(peer.port, 200);
    for (let again = 0; again < 11; again++) await crowd.ask(`/hit600/${peer.name}/warm${i % 4}`);
  }
}

async function run(peer, row) {
  const path = `/${row.path}/${peer.name}/${row.key ?? ''}`;
  const before = await origin.asked(path);
  await crowd.open(peer.port, row.clients);
  const { answers } = await crowd.ask(path, { leaves: row.leaves });
  const ends = answers.map((answer) => answer.done).sort((a, b) => a - b);
  const statuses = answers.map((answer) => (isAsSent(row.path, answer) ? answer.status : 'broken'));
  return {
    asked: (await origin.asked(path)) - before,
    statuses: [...new Set(statuses)].map((status) => `${status}×${statuses.filter((other) => other === status).length}`).join(' '),
    first: median(answers.map((answer) => answer.first)),
    gap: Math.round(ends[Math.floor(ends.length / 2)] - ends[0]),
    last: Math.round(ends.at(-1)),
  };
}

/** The first client asks for 20 MiB and never reads; ten others ask a little later. */
async function stall(peer) {
  const path = `/large/${peer.name}/1`;
  const staller = connect(peer.port, '127.0.0.1');
  staller.pause();
  staller.on('error', () => {});
  staller.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${peer.port}\r\n\r\n`);
  // The others come when it leads: once the origin has been asked for it.
  while ((await origin.asked(path)) === 0);
  await crowd.open(peer.port, stallFollowers);
  const { answers } = await crowd.ask(path, { patience: 12_000 });
  const done = answers.filter((answer) => isAsSent('large', answer));
  staller.destroy();
  return { asked: await origin.asked(path), done: done.length, last: Math.round(Math.max(0, ...done.map((answer) => answer.done))) };
}

/** Whether an answer is whole, and its body the one that the origin sends. */
function isAsSent(kind, { status, body }) {
  const expected = bodies[kind] ?? kibibyte;
  return status > 0 && body.length === expected.length && body.sha256 === digest(expected);
}

function digest(text) {
  return digests[text.length] ??= createHash('sha256').update(text).digest('hex');
}

function median(numbers) {
  const sorted = numbers.filter((number) => !Number.isNaN(number)).sort((a, b) => a - b);
  return sorted.length ? Math.round(sorted[Math.floor(sorted.length / 2)]) : '–';
}
