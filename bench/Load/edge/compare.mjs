#!/usr/bin/env node
// Measures fan-out side by side: Selvedge with and without its cache, the reference server alone and behind nginx. README.md explains.
import { parseArgs } from 'node:util';
import { fanOut } from './fanout.mjs';
import { hasReference, startReference, startSelvedge } from './servers.mjs';

const { values: options } = parseArgs({
  options: { clients: { type: 'string', default: '1000' }, writes: { type: 'string', default: '80' } },
});
const shape = { streams: 1, clients: Number(options.clients), writes: Number(options.writes) };
const memory = { SELVEDGE_STREAMS__INMEMORY: 'true' };
// Until a few hundred thousand requests have come, .NET has not compiled what it runs for good, and compiles it meanwhile: a warm-up ends after
// so many deliveries. V8 needs fewer, and nginx none; its lock makes each write last half a second.
const servers = {
  'selvedge': { start: () => startSelvedge(memory), warmUp: 300_000 },
  'selvedge, cache off': { start: () => startSelvedge({ ...memory, SELVEDGE_STREAMS__EDGECACHE: 'false' }), warmUp: 300_000 },
  ...(hasReference()
    ? {
        'reference': { start: () => startReference({ behindNginx: false }), warmUp: 60_000 },
        'reference behind nginx': { start: () => startReference({ behindNginx: true }), warmUp: 10_000, most: 40 },
      }
    : {}),
};

console.log(`${shape.clients} long-poll readers of one stream in memory, ${shape.writes} writes; each server in turn, after a warm-up`);
console.log('| server | delivery p50 ms | p99 ms | last reader p99 ms | CPU us a delivery | p99 / selvedge | CPU / selvedge |');
console.log('|---|---|---|---|---|---|---|');
let ours;
for (const [name, { start, warmUp, most = Infinity }] of Object.entries(servers)) {
  const server = await start();
  try {
    await fanOut(server, { ...shape, writes: Math.ceil(warmUp / shape.clients) });
    const run = await fanOut(server, { ...shape, writes: Math.min(shape.writes, most) });
    ours ??= run;
    const cells = [run.p50, run.p99, run.lastP99, run.cpuPerDelivery].map((value) => value.toFixed(1));
    const ratios = [run.p99 / ours.p99, run.cpuPerDelivery / ours.cpuPerDelivery].map((value) => value.toFixed(2));
    console.log(`| ${[name, ...cells, ...ratios].join(' | ')} |`);
  } catch (error) {
    console.log(`| ${name} | gave up: ${error.message} |`);
  } finally {
    await server.stop();
  }
}
if (!hasReference()) console.log('The reference server is not installed: npm ci in ../streams');
process.exit(0);
