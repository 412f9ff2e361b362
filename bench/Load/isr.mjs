#!/usr/bin/env node
// An ISR page of tests/Frameworks/next16: Selvedge, `next start` of the same build, and nginx's proxy_cache in front of that `next start`,
// on the same machine in the same run:
//
//   node bench/Load/isr.mjs [--rounds 3] [--seconds 4] [--warm 8] [--connections 64] [--crowd]
//
// It prints a Markdown section for docs/performance.md and takes about two minutes. All servers run throughout and are measured in turn, in
// rounds whose order rotates, so that whatever else the machine does falls on all; ratios are taken within a round. The page is fresh for
// a minute, so each server regenerates it now and then. The load comes from wrk over loopback and shares the processors with the
// servers: compare the ratios, not the figures, across machines.
//
// Before that, 5,000 connections ask Selvedge at once for a page that nobody has rendered, whose function takes a second: it says how
// often the function ran, and how long after it the last one had its answer. With --crowd it does only that, in half a minute.

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, startCrowd, startOrigin } from './crowd.mjs';
import { figure, machine, median, ms, spread } from './figures.mjs';
import { app, freePort, root, startNext, startSelvedge, stopAll, stopLater } from './servers.mjs';
import { load } from './wrk.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'selvedge-isr-'));
const page = { path: '/isr/built', contains: 'isr:built' };
const crowdSize = 5000;
const crowdRuns = 3;

const options = readOptions();
try {
  await main();
} finally {
  await stopAll();
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}

async function main() {
  // 1. Build what is measured.
  build('src/Selvedge.Cli');
  if (!options.crowd) run('node', ['eng/build-framework.mjs', 'next16']);
  const on = machine();

  // 2. A crowd before a cold page.
  const cold = await measureCrowd();
  if (options.crowd) {
    console.log(crowdReport(cold).join('\n'));
    return;
  }

  // 3. Start all, and see that all answer.
  const next = await startNext();
  const servers = [
    { name: 'Selvedge', ...(await startSelvedge(app, join(scratch, 'data'))) },
    { name: 'next start', ...next },
    { name: 'nginx proxy_cache before next start', origin: await startNginx(next.origin) },
  ];
  for (const server of servers) await check(server);

  // 4. Warm up: .NET compiles hot code anew for some seconds, and V8 does the like.
  for (const server of servers) {
    note(`warming ${server.name}`);
    await load(server.origin + page.path, options.connections, options.warm);
  }

  // 5. Measure in rounds.
  const rounds = [];
  for (let round = 0; round < options.rounds; round++) {
    for (let turn = 0; turn < servers.length; turn++) {
      const server = servers[(round + turn) % servers.length];
      const result = await load(server.origin + page.path, options.connections, options.seconds);
      rounds.push({ round, server, ...result });
      note(`round ${round + 1}, ${server.name}: ${figure(result.rate)} requests/s, p99 ${ms(result.p99)}`);
    }
  }

  // 6. Report.
  console.log(report(servers, rounds, on, cold));
}

function readOptions() {
  const options = { rounds: 3, seconds: 4, warm: 8, connections: 64 };
  const names = Object.keys(options).map((name) => [name, { type: 'string' }]);
  const { crowd = false, ...given } = parseArgs({ options: { ...Object.fromEntries(names), crowd: { type: 'boolean' } } }).values;
  for (const [name, text] of Object.entries(given)) {
    options[name] = Number(text);
    if (!Number.isInteger(options[name]) || options[name] < 1) {
      console.error(`--${name} must be a whole number above zero, not "${text}".`);
      process.exit(2);
    }
  }
  options.crowd = crowd;
  return options;
}

/** Lets a crowd ask for one cold page whose function takes a second. */
async function measureCrowd() {
  const site = join(scratch, 'crowd');
  const func = join(site, 'functions/page.func');
  mkdirSync(func, { recursive: true });
  writeFileSync(join(site, 'config.json'), '{"version":3,"routes":[]}');
  writeFileSync(join(func, '.vc-config.json'), '{"runtime":"nodejs24.x","handler":"index.mjs","launcherType":"Nodejs"}');
  writeFileSync(join(site, 'functions/page.prerender-config.json'), '{"expiration":60,"allowQuery":["id"],"passQuery":true}');
  writeFileSync(
    join(func, 'index.mjs'),
    `let count = 0;
export default (request, response) => {
  count++;
  const slow = !request.url.includes('id=warm');
  setTimeout(() => response.end(JSON.stringify({ count, answered: Date.now() })), slow ? 1000 : 0);
};
`,
  );
  const { port } = new URL((await startSelvedge(site, join(scratch, 'crowd-data'))).origin);
  const origin = await startOrigin();
  const crowd = startCrowd();
  const gather = async (port, target) => {
    await crowd.open(port, crowdSize);
    const answer = await crowd.ask(target);
    const [{ body }] = answer.answers;
    if (answer.answers.some((one) => one.status !== 200 || one.body !== body)) throw new Error(`Not all got the same 200 for ${target}`);
    return { ...answer, body: body.text, firstAt: Math.min(...answer.answers.map((one) => one.done)), lastAt: Math.max(...answer.answers.map((one) => one.done)) };
  };
  // .NET and V8 compile what is hot: crowds before a page that is there, and two before cold ones, so that the third is not about that.
  const one = (id) => fetch(`http://127.0.0.1:${port}/page?id=${id}`).then((response) => response.json());
  await one('warm');
  for (const id of ['warm', 'warm', 'first', 'second']) await gather(port, `/page?id=${id}`);
  const runs = [];
  for (let run = 0; run < crowdRuns; run++) {
    const before = (await one(`warm before ${run}`)).count;
    const { began, processor, body, lastAt } = await gather(port, `/page?id=cold${run}`);
    const after = (await one(`warm after ${run}`)).count - 1;
    runs.push({ invocations: after - before, last: Math.round(began + lastAt - JSON.parse(body).answered), processor: Math.round(processor) });
  }
  // What the crowd makes of a server of one thread that does nothing but send: the rest is Selvedge's.
  await gather(origin.port, '/together/warm');
  const bare = await gather(origin.port, '/together/bare');
  crowd.stop();
  origin.stop();
  return { runs, bare: Math.round(bare.lastAt - bare.firstAt) };
}

function ask(url) {
  return new Promise((resolve, reject) => {
    http
      .get(url, { agent: false }, async (response) => {
        let body = '';
        for await (const piece of response.setEncoding('utf8')) body += piece;
        resolve({ status: response.statusCode, body, at: Date.now() });
      })
      .on('error', reject);
  });
}

async function startNginx(next) {
  const port = await freePort();
  const file = join(scratch, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; worker_processes 1; pid ${scratch}/pid; error_log ${scratch}/error.log;${process.getuid() === 0 ? ' user root;' : ''}
events { worker_connections 8192; }
http {
  access_log off; keepalive_requests 1000000000;
  proxy_cache_path ${scratch}/nginx keys_zone=pages:16m;
  upstream next { server ${new URL(next).host}; keepalive 64; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://next; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_cache pages; proxy_cache_key $request_uri$http_rsc; proxy_ignore_headers Vary;
      proxy_cache_lock on; proxy_cache_use_stale updating error; proxy_cache_background_update on;
    }
  }
}
`,
  );
  const child = spawn('nginx', ['-c', file, '-p', scratch], { stdio: 'ignore' });
  stopLater(child);
  for (;;) {
    if (await accepts(port)) return `http://127.0.0.1:${port}`;
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}; eng/install-test-tools.sh installs it.`);
  }
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true));
    socket.on('error', () => setTimeout(resolve, 50, false));
    socket.on('connect', () => socket.destroy());
  });
}

async function check(server) {
  for (let i = 0; i < 3; i++) {
    const { status, body } = await ask(server.origin + page.path);
    if (status !== 200 || !body.includes(page.contains))
      throw new Error(`${server.name} answered ${page.path} with ${status} and not with what it should`);
  }
}

function report(servers, rounds, on, cold) {
  const of = (server, key) => rounds.filter((one) => one.server === server).map((one) => one[key]);
  // Rounds begin with different servers; what is compared comes from the same one.
  const inRound = (server, round, key) => rounds.find((one) => one.server === server && one.round === round)[key];
  const ratio = (server, key) => {
    const values = Array.from({ length: options.rounds }, (_, i) => inRound(servers[0], i, key) / inRound(server, i, key));
    return spread(values);
  };
  const rows = servers.flatMap((server, i) => [
    [server.name, figure(median(of(server, 'rate'))), ms(median(of(server, 'p50'))), ms(median(of(server, 'p99')))],
    ...(i === 0 ? [] : [[`**Selvedge to ${server.name}**`, ratio(server, 'rate'), ratio(server, 'p50'), ratio(server, 'p99')]]),
  ]);
  return [
    `### An ISR page of Next.js — ${new Date().toISOString().slice(0, 10)}, ${on.commit}`,
    '',
    on.text,
    '',
    `\`node bench/Load/isr.mjs --rounds ${options.rounds} --seconds ${options.seconds} --warm ${options.warm} --connections ${options.connections}\`: ` +
      'medians of the rounds; ratios within a round, median (lowest–highest).',
    '',
    '| server | requests/s | p50 | p99 |',
    '|---|---:|---:|---:|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    '',
    ...crowdReport(cold),
  ].join('\n');
}

function crowdReport({ runs, bare }) {
  const all = (key) => runs.map((run) => run[key]).join(', ');
  return [
    `${figure(crowdSize)} connections at once for a cold page whose function takes 1 s, ${crowdRuns} times: ${all('invocations')} invocation(s), the last answer ` +
      `${all('last')} ms after the function's. Asking and reading took ${all('processor')} ms of processor time; the answers of a server of one ` +
      `thread that only sends reach the same crowd within ${bare} ms.`,
  ];
}

function run(command, args, cwd = root) {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

function note(text) {
  console.error(text);
}
