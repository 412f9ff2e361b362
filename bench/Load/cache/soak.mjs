#!/usr/bin/env node
// Hits, misses, variants, purges, posts, aborts, slow readers and broken origins all at once, every body checked against its key:
//
//   node bench/Load/cache/soak.mjs [--minutes 10] [--workers 64] [--seed 1]
//
// Ends with 1 if a body was wrong, if a count is not zero when all is quiet, or if memory grew past its limit. What is resident is
// sampled every second; its slope over the second half must be less than 2 MiB a minute in a run of five minutes or more. A shorter
// run only prints it: the runtime is still settling.

import { readFileSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { parseArgs } from 'node:util';
import { ask, leftOf, settings, settled } from './admin.mjs';
import { startPeers, stopPeers } from './servers.mjs';

const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    workers: { type: 'string', default: '64' },
    seed: { type: 'string', default: '1' },
  },
});
const budget = 64 * 1024 * 1024;
// What is leaked ends the server: its heap may not grow beyond four times what the cache may hold.
const heapLimit = 4 * budget;
const random = generator(Number(options.seed));
console.log(`seed ${options.seed}`);

const origin = createServer(answer);
await new Promise((resolve) => origin.listen(0, '127.0.0.1', resolve));
Object.assign(process.env, settings, {
  DOTNET_GCHeapHardLimit: `0x${heapLimit.toString(16)}`,
  SELVEDGE_CACHE__MEMORYBYTES: String(budget),
});
const [peer] = await startPeers(origin.address().port, 'selvedge');
const agent = new Agent({ keepAlive: true, maxSockets: Number(options.workers) });
const counts = {};
const wrong = [];
const memory = [];

const end = performance.now() + Number(options.minutes) * 60_000;
const sampler = setInterval(() => memory.push(residentBytes()), 1000);
await Promise.all(Array.from({ length: Number(options.workers) }, work));
clearInterval(sampler);

// Quiet: what was abandoned ends, and then nothing may be left under way.
agent.destroy();
const status = await settled();
await stopPeers([peer]);

const half = memory[Math.floor(memory.length / 2)] ?? 0;
const last = memory.at(-1) ?? 0;
console.log(`requests by kind: ${JSON.stringify(counts)}`);
console.log(`left: ${JSON.stringify(status)}; wrong bodies: ${wrong.length}`);
console.log(`resident: ${mebibytes(half)} MiB half way, ${mebibytes(last)} MiB at the end`);
const slope = slopeOf(memory.slice(Math.floor(memory.length / 2)));
const isFlat = Number(options.minutes) < 5 || slope < 2 * 1024 * 1024;
console.log(`slope over the second half: ${(slope / 1024 / 1024).toFixed(2)} MiB a minute`);
for (const fault of wrong.slice(0, 10)) console.error(fault);
process.exit(wrong.length || leftOf(status) || status.bytes > budget || !isFlat ? 1 : 0);

/** The slope of samples that are a second apart, in units a minute (least squares). */
function slopeOf(samples) {
  const middle = (samples.length - 1) / 2;
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
  const products = samples.reduce((sum, sample, i) => sum + (i - middle) * (sample - mean), 0);
  const squares = samples.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  return (60 * products) / squares;
}

async function work() {
  while (performance.now() < end) {
    const dice = random();
    try {
      if (dice < 0.6) await checked('hit', `/s/${Math.floor(random() ** 3 * 2000)}`);
      else if (dice < 0.75) await checked('miss', `/s/${Math.floor(random() * 1e9)}`);
      else if (dice < 0.82) await checked('variant', `/v/${Math.floor(random() * 50)}`, { 'accept-language': `l${Math.floor(random() * 9)}` });
      else if (dice < 0.87) await checked('uncacheable', `/n/${Math.floor(random() * 50)}`);
      else if (dice < 0.9) await checked('large', `/l/${Math.floor(random() * 40)}`);
      else if (dice < 0.93) await abort(`/l/${Math.floor(random() * 40)}`);
      else if (dice < 0.95) await slow(`/l/${Math.floor(random() * 40)}`);
      else if (dice < 0.97) await broken(`/b/${Math.floor(random() * 50)}`);
      else if (dice < 0.985) await purge();
      else await call({ port: peer.port, path: `/s/${Math.floor(random() * 2000)}`, method: 'POST' });
    } catch (error) {
      wrong.push(String(error));
    }
  }
}

async function checked(kind, path, headers = {}) {
  count(kind);
  const { status, body } = await call({ port: peer.port, path, headers });
  const expected = content(path, headers['accept-language']);
  if (status !== 200 || body !== expected) wrong.push(`${path}: ${status}, ${body.slice(0, 60)}… (${body.length}, not ${expected.length})`);
}

/** A client that leaves in the middle. */
function abort(path) {
  count('abort');
  return new Promise((resolve) => {
    const call = request({ port: peer.port, path, agent }, (response) => response.once('data', () => call.destroy()));
    call.on('close', resolve);
    call.on('error', resolve);
    call.end();
  });
}

/** A client that reads a little at a time. */
function slow(path) {
  count('slow');
  return new Promise((resolve) => {
    const call = request({ port: peer.port, path, agent }, async (response) => {
      let length = 0;
      try {
        for await (const piece of response) {
          length += piece.length;
          // This is what makes it slow.
          await new Promise((next) => setTimeout(next, 5));
        }
        if (length !== content(path).length) wrong.push(`${path}, read slowly: ${length} bytes`);
      } catch (error) {
        wrong.push(`${path}, read slowly: ${error.message}`);
      }
      resolve();
    });
    call.on('error', resolve);
    call.end();
  });
}

/** An origin that breaks off: the client must notice, always. */
async function broken(path) {
  count('broken');
  const result = await call({ port: peer.port, path }).catch(() => undefined);
  if (result && result.status === 200) wrong.push(`${path}: a broken body came as a whole one of ${result.body.length} bytes`);
}

function purge() {
  count('purge');
  const orders = [{ tags: [`t${Math.floor(random() * 10)}`], soft: random() < 0.5 }, { prefixes: [`http://127.0.0.1:${peer.port}/v/`] }];
  return ask('/cache/purge', orders[Math.floor(random() * orders.length)]);
}

function call(target) {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', agent, ...target }, (response) => {
      const pieces = [];
      response.on('data', (piece) => pieces.push(piece));
      response.on('end', () => resolve({ status: response.statusCode, body: Buffer.concat(pieces).toString() }));
      response.on('error', reject);
    });
    call.on('error', reject);
    call.end();
  });
}

function answer(request, response) {
  const [, kind, id] = request.url.split('/');
  const headers = { 'cache-control': kind === 'n' ? 'no-store' : 'max-age=2, stale-while-revalidate=5' };
  if (kind === 'v') headers.vary = 'accept-language';
  headers['vercel-cache-tag'] = `t${Number(id) % 10}`;
  const body = content(request.url, request.headers['accept-language']);
  if (kind === 'b') {
    response.writeHead(200, { ...headers, 'content-length': 100_000 });
    response.write(body);
    // Late enough for what was written to be on its way.
    return setTimeout(() => response.destroy(), 2);
  }
  response.writeHead(200, headers);
  response.end(body);
}

function content(path, language) {
  const text = `${path} ${path.startsWith('/v/') ? language : ''};`;
  return text.repeat(path.startsWith('/l/') ? 20_000 : 20);
}

function count(kind) {
  counts[kind] = (counts[kind] ?? 0) + 1;
}

function residentBytes() {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${peer.child.pid}/status`, 'utf8'))[1]) * 1024;
}

function mebibytes(bytes) {
  return Math.round(bytes / 1024 / 1024);
}

// A small generator (mulberry32), so that a seed repeats a run's choices.
function generator(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
