#!/usr/bin/env node
// Proves that readers who want the same cost the store one read. README.md says what is printed. Ends with 1 if anything is not as it says.
import http from 'node:http';
import { parseArgs } from 'node:util';
import { fanOut } from './fanout.mjs';
import { openFiles, startSelvedge } from './servers.mjs';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: 'one,many,catch-up' },
    clients: { type: 'string', default: '10000' },
    writes: { type: 'string', default: '100' },
    streams: { type: 'string', default: '1000' },
    'stream-clients': { type: 'string', default: '100' },
    'stream-writes': { type: 'string', default: '3' },
    megabytes: { type: 'string', default: '100' },
    readers: { type: 'string', default: '1000' },
  },
});
const parts = options.only.split(',');
// Of what the system lets one process open, some is the server's own.
const most = openFiles() - 500;
let failed = false;

function check(what, holds) {
  console.log(`  ${holds ? 'ok  ' : 'FAIL'} ${what}`);
  failed ||= !holds;
}

function report(title, run) {
  console.log(`${title}: ${run.deliveries} deliveries in ${run.seconds.toFixed(1)} s`);
  console.log(`  every reader got every byte once and in order`);
  console.log(`  ${run.urls} URLs were asked for, ${run.misses} answers were no hits, the store was read ${run.originReads} times`);
  console.log(`  delivery p50 ${run.p50.toFixed(1)} ms, p99 ${run.p99.toFixed(1)} ms; last reader p50 ${run.lastP50.toFixed(1)} ms, p99 ${run.lastP99.toFixed(1)} ms`);
  console.log(`  server CPU ${run.cpuPerDelivery.toFixed(1)} us a delivery; memory of the server: ${run.memory.connection.toFixed(1)} KB a connection, ${run.memory.waiting.toFixed(1)} KB more a reader that waits on it`);
}

async function withServer(settings, use) {
  const server = await startSelvedge(settings);
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}

if (parts.includes('one')) {
  await withServer({}, async (server) => {
    const [clients, writes] = [Math.min(Number(options.clients), most), Number(options.writes)];
    const run = await fanOut(server, { streams: 1, clients, writes });
    report(`1 stream, ${run.readers} long-poll readers, ${writes} writes`, run);
    check('the store was read once for each write', run.originReads === writes);
    check('no URL was asked of the origin twice', run.askedTwice === 0);
  });
}

if (parts.includes('many')) {
  // More than a process may open connections here: a hundred readers share one. Nobody's poll ends before its stream's turn has come.
  await withServer({ SELVEDGE_STREAMS__LONGPOLLTIMEOUT: '00:05:00' }, async (server) => {
    const [streams, clients, writes] = [Number(options.streams), Number(options['stream-clients']), Number(options['stream-writes'])];
    const run = await fanOut(server, { streams, clients, writes, perConnection: 100 });
    report(`${streams} streams, ${clients} long-poll readers each, 100 of them on an HTTP/2 connection, ${writes} writes each`, run);
    check('the store was read once for each write', run.originReads === writes * streams);
    check('no URL was asked of the origin twice', run.askedTwice === 0);
  });
}

if (parts.includes('catch-up')) {
  await withServer({}, async (server) => {
    const [megabytes, readers] = [Number(options.megabytes), Number(options.readers)];
    const base = `http://127.0.0.1:${server.port}/v1/stream/long`;
    const headers = { 'content-type': 'application/octet-stream' };
    await fetch(base, { method: 'PUT', headers });
    const piece = Buffer.alloc(1024 * 1024);
    for (let i = 0; i < megabytes; i++) {
      piece.fill(i % 251);
      await (await fetch(base, { method: 'POST', headers, body: piece })).arrayBuffer();
    }
    // So that no page of them reaches the tail.
    await (await fetch(base, { method: 'POST', headers, body: 'end' })).arrayBuffer();

    const before = await server.counts();
    const began = performance.now();
    const bytes = await Promise.all(Array.from({ length: readers }, () => catchUp(server.port, '/v1/stream/long')));
    const seconds = (performance.now() - began) / 1000;
    const counts = await server.counts();
    const [reads, read] = [counts.originReads - before.originReads, counts.originBytes - before.originBytes];
    console.log(`${readers} catch-up readers of ${megabytes} MB: ${((megabytes * readers) / seconds).toFixed(0)} MB/s, ${seconds.toFixed(1)} s`);
    console.log(`  the store was read ${reads} times for ${counts.reads - before.reads} answers, ${(read / 1048576).toFixed(1)} MB of it`);
    check('every reader got every byte', bytes.every((count) => count === megabytes * 1024 * 1024 + 3));
    // The last page is at the tail; it is shared for a tenth of a second and then read again.
    check('each page before the tail was read once', read < (megabytes + 1) * 1024 * 1024 && reads - megabytes <= readers);
  });
}

process.exit(failed ? 1 : 0);

/** Reads a stream to its end, counting, on one connection. */
async function catchUp(port, path) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  let [count, offset] = [0, '-1'];
  for (;;) {
    const response = await new Promise((resolve, reject) =>
      http.get({ port, host: '127.0.0.1', path: `${path}?offset=${offset}`, agent }, resolve).on('error', reject),
    );
    for await (const chunk of response) count += chunk.length;
    offset = response.headers['stream-next-offset'];
    if (response.headers['stream-up-to-date']) {
      agent.destroy();
      return count;
    }
  }
}
