#!/usr/bin/env node
// Many requests for one cold resource at the same moment, against Selvedge and, where they are installed, nginx and Varnish:
//
//   node bench/Load/cache/collapse.mjs [--only selvedge]
//
// The origin runs in this process and takes one second. What counts is how often it is asked and when the last client is done.
// Exits with 1 if Selvedge misses a target; the targets are the ones printed beside its figures.

import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { parseArgs } from 'node:util';
import { startPeers, stopPeers } from './servers.mjs';

const { values: options } = parseArgs({ options: { only: { type: 'string' } } });
const asked = new Map();
const second = 1000;
const megabytes20 = Buffer.alloc(20 * 1024 * 1024, 'x');

const origin = createServer(answer);
await new Promise((resolve) => origin.listen(0, '127.0.0.1', resolve));
origin.maxRequestsPerSocket = 0;
const peers = await startPeers(origin.address().port, options.only);

// One row a case: how many clients, what the origin does, and what Selvedge must reach.
const cases = [
  { name: 'cacheable', clients: 1000, path: 'hit', targets: { asked: 1, last: 2000 } },
  { name: 'no-store, first burst', clients: 1000, path: 'nc', key: 'nc', targets: { asked: 1000, last: 2600 } },
  { name: 'no-store, next burst', clients: 1000, path: 'nc', key: 'nc', targets: { asked: 1000, last: 1600 } },
  { name: 'slow stream', clients: 100, path: 'stream', targets: { asked: 1, first: 100 } },
  { name: '503', clients: 100, path: 'err', targets: { asked: 2, last: 1250 } },
  { name: 'Set-Cookie', clients: 50, path: 'cookie', targets: { last: 2300 } },
  { name: 'first client leaves', clients: 50, path: 'hit', leaves: 300, targets: { asked: 1, last: 1250 } },
];

let missed = false;
console.log('| server | case | clients | origin asked | statuses | first byte, median ms | done, median ms | last done, ms |');
console.log('|---|---|---|---|---|---|---|---|');
for (const peer of peers) {
  // Compiled code and open connections, so that the first row measures the server and not its start.
  await burst(peer, { clients: 50, path: 'hit' }, 'warm');
  for (const row of cases) {
    const result = await burst(peer, row, row.key ?? `${row.path}-${row.name.length}`);
    const { asked, statuses, first, done, last } = result;
    const verdict = peer.name === 'selvedge' ? judge(row, result) : '';
    console.log(`| ${peer.name} | ${row.name} | ${row.clients} | ${asked} | ${statuses} | ${first} | ${done} | ${last}${verdict} |`);
  }
  const stalled = await stall(peer);
  const verdict = peer.name === 'selvedge' && (stalled.done < 10 || stalled.asked > 1) ? ' (target missed: 10 of 10)' : '';
  missed ||= verdict !== '';
  console.log(`| ${peer.name} | first client stalls at 20 MiB | 10 | ${stalled.asked} | ${stalled.done} of 10 done | | | ${stalled.last}${verdict} |`);
}
stopPeers(peers);
process.exit(missed ? 1 : 0);

function judge(row, result) {
  const faults = Object.entries(row.targets).filter(([figure, limit]) => result[figure] > limit);
  missed ||= faults.length > 0;
  return faults.map(([figure, limit]) => ` (target missed: ${figure} ≤ ${limit})`).join('');
}

/** All clients ask at once; resolves when the last one has its answer. */
async function burst(peer, row, key) {
  const path = `/${row.path}/${peer.name}/${key}`;
  const before = asked.get(path) ?? 0;
  const start = performance.now();
  const clients = Array.from({ length: row.clients }, (_, i) => get(peer.port, path, start, i === 0 ? row.leaves : undefined));
  const results = (await Promise.all(clients)).filter((result) => result.status !== 'left');
  const statuses = [...new Set(results.map((result) => result.status))].map(
    (status) => `${status}×${results.filter((result) => result.status === status).length}`,
  );
  return {
    asked: (asked.get(path) ?? 0) - before,
    statuses: statuses.join(' '),
    first: median(results.map((result) => result.first)),
    done: median(results.map((result) => result.done)),
    last: Math.round(Math.max(...results.map((result) => result.done))),
  };
}

function get(port, path, start, leaves) {
  return new Promise((resolve) => {
    const result = { status: 'error', first: NaN, done: NaN };
    const finish = () => {
      result.done = performance.now() - start;
      resolve(result);
    };
    const call = request({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      result.status = response.statusCode;
      response.once('data', () => (result.first = performance.now() - start));
      response.on('data', () => {});
      response.on('end', finish);
      response.on('error', finish);
    });
    call.on('error', finish);
    if (leaves) {
      setTimeout(() => {
        result.status = 'left';
        call.destroy();
      }, leaves);
    }
    call.end();
  });
}

/** The first client asks for 20 MiB and never reads; ten others ask a little later. */
async function stall(peer) {
  const path = `/large/${peer.name}/1`;
  const socket = connect(peer.port, '127.0.0.1');
  socket.pause();
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${peer.port}\r\n\r\n`);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const start = performance.now();
  const limit = new Promise((resolve) => setTimeout(() => resolve('late'), 12 * second));
  let done = 0;
  let last = 0;
  const others = Array.from({ length: 10 }, () =>
    get(peer.port, path, start).then((result) => {
      if (result.status === 200) done++;
      last = Math.max(last, result.done);
    }),
  );
  await Promise.race([Promise.all(others), limit]);
  socket.destroy();
  return { asked: asked.get(path) ?? 0, done, last: Math.round(last) };
}

/** The origin: a second of thought, then what the first segment of the path says. */
function answer(request, response) {
  const path = request.url;
  asked.set(path, (asked.get(path) ?? 0) + 1);
  const kind = path.split('/')[1];
  if (kind === 'stream') {
    response.writeHead(200, { 'cache-control': 'max-age=60' });
    let pieces = 0;
    const send = () => (pieces++ < 10 ? (response.write('x'.repeat(1024)), setTimeout(send, 100)) : response.end());
    return send();
  }
  if (kind === 'large') {
    response.writeHead(200, { 'cache-control': 'max-age=60', 'content-length': megabytes20.length });
    return response.end(megabytes20);
  }
  setTimeout(() => {
    const headers = {
      hit: { 'cache-control': 'max-age=60' },
      nc: { 'cache-control': 'no-store' },
      cookie: { 'cache-control': 'max-age=60', 'set-cookie': 'id=1' },
      err: {},
    }[kind];
    response.writeHead(kind === 'err' ? 503 : 200, headers);
    response.end('x'.repeat(1024));
  }, second);
}

function median(numbers) {
  const sorted = numbers.filter((number) => !Number.isNaN(number)).sort((a, b) => a - b);
  return sorted.length ? Math.round(sorted[Math.floor(sorted.length / 2)]) : '–';
}
