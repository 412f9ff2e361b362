#!/usr/bin/env node
// A body larger than memory would like: fetched once, kept on disk, served to many, ranges taken from it.
//   node bench/Load/cache/large.mjs [--mib 1024] [--readers 16]
// Prints the server's resident memory at rest and its peak in each step, and how often the origin was asked; each byte is checked.
// Exits with 1 if memory grows by more than 128 MiB or the origin is asked for the body more than once.

import { readFileSync } from 'node:fs';
import { Agent, createServer, get } from 'node:http';
import { settings, settled } from './admin.mjs';
import { startPeers, stopPeers } from './servers.mjs';

const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const length = option('mib', 1024) * 1024 * 1024;
const readers = option('readers', 16);
const allowed = 128;
const block = makeBlock();
let asked = 0;

const origin = createServer((request, response) => {
  asked++;
  response.writeHead(200, { 'Cache-Control': 'max-age=3600', 'Content-Length': length, ETag: '"1"' });
  let sent = 0;
  const more = () => {
    while (sent < length) {
      const piece = pieceAt(sent);
      sent += piece.length;
      if (!response.write(piece)) return response.once('drain', more);
    }
    response.end();
  };
  more();
});
await new Promise((resolve) => origin.listen(0, '127.0.0.1', resolve));
Object.assign(process.env, settings, { SELVEDGE_CACHE__DISKBYTES: String(3 * length) });
const [peer] = await startPeers(origin.address().port, 'selvedge');
const agent = new Agent({ keepAlive: true, maxSockets: 1000 });
const pid = peer.child.pid;

await read('/warm-up', 'bytes=0-9');
await settled();
const rest = memory();
console.log(`at rest: ${rest} MiB`);
asked = 0;

const worst = [];
await step(`first of ${length / 2 ** 20} MiB`, () => read('/large'));
await settled();
await step(`${readers} readers of all of it`, () => Promise.all(Array.from({ length: readers }, () => read('/large'))));
await step('500 ranges', async () => {
  for (let i = 0; i < 500; i++) {
    const start = (i * 7_654_321) % (length - 100_000);
    await read('/large', `bytes=${start}-${start + 99_999}`, start, 100_000);
  }
});
console.log(`origin asked: ${asked}`);
await stopPeers([peer]);
origin.close();
const grown = Math.max(...worst) - rest;
console.log(`memory grew by ${grown} MiB at most`);
process.exit(grown > allowed || asked !== 1 ? 1 : 0);

async function step(name, run) {
  let peak = memory();
  const timer = setInterval(() => (peak = Math.max(peak, memory())), 50);
  const began = performance.now();
  await run();
  clearInterval(timer);
  worst.push(peak);
  console.log(`${name}: ${Math.round(performance.now() - began)} ms, peak ${peak} MiB`);
}

function read(path, range, start = 0, expected = length) {
  return new Promise((resolve, reject) => {
    const headers = range ? { Range: range } : {};
    get({ port: peer.port, host: '127.0.0.1', path, headers, agent }, (response) => {
      let at = start;
      response.on('data', (chunk) => {
        if (path === '/large') check(chunk, at);
        at += chunk.length;
      });
      response.on('error', reject);
      response.on('end', () => {
        if (path === '/large' && at - start !== expected) reject(new Error(`${at - start} bytes instead of ${expected}`));
        else resolve();
      });
      if (path !== '/large') response.destroy(), resolve();
    }).on('error', reject);
  });
}

function memory() {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024);
}

// The content repeats after a length that has no factor in common with any buffer's.
function makeBlock() {
  const bytes = Buffer.alloc(1_000_003);
  for (let i = 0, x = 1; i < bytes.length; i++) {
    x = (Math.imul(x, 1103515245) + 12345) >>> 0;
    bytes[i] = x >>> 24;
  }
  return bytes;
}

function pieceAt(position) {
  const from = position % block.length;
  return block.subarray(from, Math.min(block.length, from + 65536, from + length - position));
}

function check(chunk, position) {
  for (let done = 0; done < chunk.length; ) {
    const piece = pieceAt(position + done).subarray(0, chunk.length - done);
    if (piece.compare(chunk, done, done + piece.length) !== 0) throw new Error(`Wrong bytes at ${position + done}`);
    done += piece.length;
  }
}
