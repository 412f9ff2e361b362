#!/usr/bin/env node
// Many requests for one cold resource at the same moment, against Selvedge and, in the same run, those of nginx, Varnish, HAProxy,
// Traffic Server and Squid that are installed:
//
//   node bench/Load/collapse/collapse.mjs [--only selvedge,varnish]
//
// The origin takes a second. What counts is how often it is asked, how long after the leader the followers have their answer, and
// when the last one is done. Each row has its limits; every server is judged by them, and the script ends with 1 if Selvedge
// misses one. Takes two to three minutes, most of them nginx waiting for its lock.

import { fork } from 'node:child_process';
import { connect } from 'node:net';
import { parseArgs } from 'node:util';
import { startPeers, stopPeers } from '../cache/servers.mjs';
import { burst, openAll } from './clients.mjs';

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

const { values: options } = parseArgs({ options: { only: { type: 'string' } } });
const origin = fork(new URL('origin.mjs', import.meta.url));
const { port: originPort } = await message();
const peers = await startPeers(originPort, options.only);

let missed = 0;
console.log('| server | case | clients | origin asked | statuses | first byte, median ms | behind the leader, median ms | last, ms | limits |');
console.log('|---|---|---|---|---|---|---|---|---|');
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
origin.kill();
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
  // A cookie that is somebody's must not reach the others.
  if (limits.own && result.asked < limits.own) faults.push('one answer shared by many');
  return faults;
}

/** Compiled code, and connections to the origin: a server is measured at work and not at its start. */
async function warm(peer) {
  for (let i = 0; i < 5; i++) {
    const sockets = await openAll(peer.port, 200);
    await burst(sockets, peer.port, `/hit600/${peer.name}/warm${i % 4}`);
    for (let again = 0; again < 10; again++) await burst(sockets, peer.port, `/hit600/${peer.name}/warm${i % 4}`);
    for (const socket of sockets) socket.destroy();
  }
}

async function run(peer, row) {
  const path = `/${row.path}/${peer.name}/${row.key ?? ''}`;
  const before = await askedFor(path);
  const sockets = await openAll(peer.port, row.clients);
  const results = await burst(sockets, peer.port, path, row.leaves);
  for (const socket of sockets) socket.destroy();
  const ends = results.map((result) => result.done).sort((a, b) => a - b);
  const statuses = [...new Set(results.map((result) => result.status))].map(
    (status) => `${status}×${results.filter((result) => result.status === status).length}`,
  );
  return {
    asked: (await askedFor(path)) - before,
    statuses: statuses.join(' '),
    first: median(results.map((result) => result.first)),
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
  await new Promise((resolve) => setTimeout(resolve, 200));
  const sockets = await openAll(peer.port, stallFollowers);
  const ends = [];
  const reading = sockets.map((socket) =>
    burst([socket], peer.port, path).then(([{ status, done }]) => {
      if (status === 200) ends.push(done);
    }),
  );
  await Promise.race([Promise.all(reading), new Promise((resolve) => setTimeout(resolve, 12_000))]);
  const done = ends.length;
  for (const socket of [staller, ...sockets]) socket.destroy();
  return { asked: await askedFor(path), done, last: Math.round(Math.max(0, ...ends)) };
}

async function askedFor(path) {
  const told = message();
  origin.send(path);
  return (await told).asked;
}

function message() {
  return new Promise((resolve) => origin.once('message', resolve));
}

function median(numbers) {
  const sorted = numbers.filter((number) => !Number.isNaN(number)).sort((a, b) => a - b);
  return sorted.length ? Math.round(sorted[Math.floor(sorted.length / 2)]) : '–';
}
