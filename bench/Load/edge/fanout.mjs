// One crowd following streams, and one writer: what everybody got, when, and what it cost.
import { Follower, openFollowers, pause, quantile } from './clients.mjs';
import { cpu } from './servers.mjs';

/**
 * Lets `clients` follow each of `streams`, and writes to all streams `writes` times, each time when everybody has the last write.
 * Throws if anybody is given a wrong byte.
 */
export async function fanOut(server, { streams, clients, writes, message = 100 }) {
  const base = `http://127.0.0.1:${server.port}`;
  const names = Array.from({ length: streams }, (_, i) => `/v1/stream/fan-${process.pid}-${Date.now()}-${i}`);
  const type = { 'content-type': 'text/plain' };
  for (const name of names) await ok(fetch(base + name, { method: 'PUT', headers: type }));

  const log = Buffer.alloc(writes * message);
  const misses = new Map();
  const urls = new Set();
  const firsts = [];
  let [left, sentAt, done] = [0, 0, () => {}];
  let failure = null;
  const shared = {
    log,
    answers(url, verdict) {
      urls.add(url);
      if (verdict !== 'HIT') misses.set(url, (misses.get(url) ?? 0) + 1);
    },
    onDelivery() {
      firsts.push(performance.now() - sentAt);
      if (--left === 0) done();
    },
    onFailure(error) {
      failure ??= error;
      done();
    },
  };

  const memoryBefore = server.memory?.();
  // One address has 28,000 ports to connect from.
  const followers = await openFollowers(
    streams * clients,
    (i) => new Follower(server.port, names[i % streams], shared, `127.0.0.${2 + Math.floor(i / 20_000)}`),
  );
  await pause(1500);
  const memoryOpen = server.memory?.();
  for (const follower of followers) follower.poll();
  await pause(1500);
  const each = (before, after) => server.memory && ((after - before) * 1024) / followers.length;
  const memory = { connection: each(memoryBefore, memoryOpen), waiting: each(memoryOpen, server.memory?.()) };

  const [countsBefore, cpuBefore] = [await server.counts?.(), cpu(server.pids)];
  const [lasts, delays] = [[], []];
  const began = performance.now();
  try {
    for (let write = 0; write < writes; write++) {
      const text = `<${write}>`.padEnd(message, 'x');
      log.write(text, write * message, 'latin1');
      left = followers.length;
      firsts.length = 0;
      const all = new Promise((resolve) => (done = resolve));
      sentAt = performance.now();
      // Fifty at a time: every writer needs a connection too.
      const waiting = [...names];
      const writer = async () => {
        for (let name; (name = waiting.pop()) !== undefined; ) await ok(fetch(base + name, { method: 'POST', headers: type, body: text }));
      };
      await Promise.all(Array.from({ length: 50 }, writer));
      await Promise.race([all, pause(120_000)]);
      if (failure) throw failure;
      if (left > 0) throw new Error(`${left} readers were given nothing for two minutes.`);
      lasts.push(firsts.at(-1));
      for (let i = 0; i < firsts.length; i += Math.max(1, Math.floor(firsts.length / 500))) delays.push(firsts[i]);
    }
  } finally {
    for (const follower of followers) follower.end();
  }
  const seconds = (performance.now() - began) / 1000;
  const deliveries = followers.length * writes;
  const cpuPerDelivery = ((cpu(server.pids) - cpuBefore) * 1000) / deliveries;
  const counts = await server.counts?.();
  await pause(300);
  return {
    readers: followers.length,
    deliveries,
    seconds,
    urls: urls.size,
    misses: [...misses.values()].reduce((sum, count) => sum + count, 0),
    askedTwice: [...misses.values()].filter((count) => count > 1).length,
    originReads: counts && counts.originReads - countsBefore.originReads,
    p50: quantile(delays, 0.5),
    p99: quantile(delays, 0.99),
    lastP50: quantile(lasts, 0.5),
    lastP99: quantile(lasts, 0.99),
    cpuPerDelivery,
    memory,
  };
}

async function ok(answer) {
  const response = await answer;
  if (response.status >= 300) throw new Error(`${response.url} was answered ${response.status}.`);
  await response.arrayBuffer();
}
