#!/usr/bin/env node
// Hits on one core, against Selvedge, bare Kestrel and, where they are installed, nginx, Varnish, HAProxy, Traffic Server and Squid:
//
//   node bench/Load/cache/hits.mjs [--only selvedge,nginx] [--rows 1k:64,64k:2] [--warm 15] [--seconds 3] [--rounds 3]
//
// Takes ten minutes with all of them; two servers and the three rows of one size take 90 seconds. Bare Kestrel (a mode of
// bench/Selvedge.Benchmarks, which must be built for it) sends a fixed answer with a hit's header lines: the floor that a server on
// Kestrel cannot go below. The last column is Selvedge's processor time to the server's, where both were measured.
//
// Every server has processor 0 for itself, wrk has processor 1. Other work on the machine falls on both, so the figure to compare
// is the processor time a request costs the server, taken from /proc; the median of the rounds counts. .NET compiles hot code anew
// for some ten seconds: do not shorten the warm-up.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { startPeers, stopPeers } from './servers.mjs';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: 'selvedge,bare,nginx,varnish,haproxy,trafficserver,squid' },
    rows: { type: 'string', default: '1k:2,1k:64,1k:256,64k:2,64k:64,64k:256' },
    warm: { type: 'string', default: '15' },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
  },
});
const sizes = { '1k': 1024, '64k': 65536 };
const rows = options.rows.split(',').map((row) => row.split(':'));
const clockTicks = Number(execFileSync('getconf', ['CLK_TCK']));

const origin = createServer((request, response) => {
  const size = sizes[request.url.slice(1)];
  if (!size) {
    // Squid asks its origin for things of its own.
    response.writeHead(404).end();
    return;
  }

  response.writeHead(200, { 'cache-control': 'max-age=36000', 'content-type': 'text/plain', etag: '"1"', 'content-length': size });
  response.end('x'.repeat(size));
});
await new Promise((resolve) => origin.listen(0, '127.0.0.1', resolve));
const peers = await startPeers(origin.address().port, options.only, '0');

console.log('| server | object | connections | requests/s | processor µs/request | Selvedge to it |');
console.log('|---|---|---|---|---|---|');
const own = {};
for (const peer of peers) {
  // All sizes before any load: while wrk runs this process stands still, and connections it keeps open grow old.
  for (const size of new Set(rows.map(([size]) => size))) await (await fetch(`http://127.0.0.1:${peer.port}/${size}`)).arrayBuffer();
  await settle();
  let warm;
  for (const [size, connections] of rows) {
    if (size !== warm) {
      load(peer, size, 64, options.warm);
      warm = size;
    }

    const rounds = [];
    for (let round = 0; round < Number(options.rounds); round++) rounds.push(load(peer, size, connections, options.seconds));
    rounds.sort((a, b) => a.micros - b.micros);
    const { perSecond, micros } = rounds[Math.floor(rounds.length / 2)];
    const row = `${size}:${connections}`;
    if (peer.name === 'selvedge') own[row] = micros;
    const ratio = own[row] ? (own[row] / micros).toFixed(2) : '';
    console.log(`| ${peer.name} | ${size} | ${connections} | ${Math.round(perSecond)} | ${micros.toFixed(1)} | ${ratio} |`);
  }
}
await stopPeers(peers);
process.exit(0);

// The load generator blocks this process, origin included: what is measured must come from the cache.
function load(peer, path, connections, seconds) {
  const before = processorTime(peer.child.pid);
  const text = execFileSync('taskset', ['-c', '1', 'wrk', '-t1', `-c${connections}`, `-d${seconds}s`, `http://127.0.0.1:${peer.port}/${path}`], {
    encoding: 'utf8',
  });
  const used = processorTime(peer.child.pid) - before;
  const requests = Number(/(\d+) requests in/.exec(text)[1]);
  if (/Non-2xx/.test(text)) throw new Error(text);
  return { perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(text)[1]), micros: (used * 1e6) / requests };
}

/** Seconds of processor time of a process and all below it. */
function processorTime(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/.*\) /, '').split(' ');
  const own = (Number(fields[11]) + Number(fields[12])) / clockTicks;
  const children = execFileSync('sh', ['-c', `cat /proc/${pid}/task/*/children`], { encoding: 'utf8' }).trim();
  return own + children.split(/\s+/).filter(Boolean).reduce((sum, child) => sum + processorTime(child), 0);
}

// What was just fetched is written to disk, which is no part of a hit; not every server can be asked whether it has done so.
function settle() {
  return new Promise((resolve) => setTimeout(resolve, 300));
}
