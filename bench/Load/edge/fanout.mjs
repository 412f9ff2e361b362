// One crowd following streams, and one writer: what everybody got, when, and what it cost.
import { Connection, Follower, MultiplexedFollower, openFollowers, pause, quantile } from './clients.mjs';
import { cpu } from './servers.mjs';

/**
 * Lets `clients` follow each of `streams`, and writes to each stream `writes` times, each time when everybody who follows it has the last
 * write. Ten streams are written to at a time, so that a delay is the server's and not that of a queue in front of it.
 * With `perConnection` that many readers, of different streams, share an HTTP/2 connection.
 * Throws if anybody is given a wrong byte.
 */
export async function fanOut(server, { streams, clients, writes, message = 100, perConnection = 1 }) {
  const base = `http://127.0.0.1:${server.port}`;
  const names = Array.from({ length: streams }, (_, i) => `/v1/stream/fan-${process.pid}-${Date.now()}-${i}`);
  const type = { 'content-type': 'text/plain' };
  for (const name of names) await ok(fetch(base + name, { method: 'PUT', headers: type }));

  const log = Buffer.alloc(writes * message);
  const misses = new Map();
  const urls = new Set();
  const [delays, lasts] = [[], []];
  // What is being written, by stream: when it was sent, and how many have not got it yet.
  const current = new Map(names.map((name) => [name, { left: 0, sentAt: 0, done: () => {} }]));
  let lastAt = 0;
  let fail;
  const failure = new Promise((_, reject) => (fail = reject));
  failure.catch(() => {});
  const shared = {
    log,
    answers(url, verdict) {
      urls.add(url);
      if (verdict !== 'HIT') misses.set(url, (misses.get(url) ?? 0) + 1);
    },
    onDelivery(follower) {
      const write = current.get(follower.path);
      lastAt = performance.now();
      delays.push(lastAt - write.sentAt);
      if (--write.left > 0) return;
      lasts.push(lastAt - write.sentAt);
      write.done();
    },
    onFailure: (error) => fail(error),
  };

  const memoryBefore = server.memory?.();
  const count = streams * clients;
  const connections = perConnection === 1 ? [] : Array.from({ length: Math.ceil(count / perConnection) }, () => new Connection(server.http2Port));
  const followers = await openFollowers(count, (i) =>
    perConnection === 1
      ? // One address has 28,000 ports to connect from.
        new Follower(server.port, names[i % streams], shared, `127.0.0.${2 + Math.floor(i / 20_000)}`)
      : new MultiplexedFollower(connections[Math.floor(i / perConnection)], names[i % streams], shared),
  );
  await quiet(server.pids);
  const memoryOpen = server.memory?.();
  for (const [i, follower] of followers.entries()) {
    follower.poll();
    if (i % 1000 === 0) await pause(0);
  }
  await quiet(server.pids);
  const each = (before, after, number) => server.memory && ((after - before) * 1024) / number;
  const memory = {
    connection: each(memoryBefore, memoryOpen, connections.length || count),
    waiting: each(memoryOpen, server.memory?.(), count),
  };

  const [countsBefore, cpuBefore] = [await server.counts?.(), cpu(server.pids)];
  const began = (lastAt = performance.now());
  const watch = setInterval(() => {
    if (performance.now() - lastAt > 120_000) fail(new Error('Readers were given nothing for two minutes.'));
  }, 1000);
  try {
    for (let round = 0; round < writes; round++) {
      const text = `<${round}>`.padEnd(message, 'x');
      log.write(text, round * message, 'latin1');
      const waiting = [...names];
      const writer = async () => {
        for (let name; (name = waiting.pop()) !== undefined; ) {
          const write = current.get(name);
          write.left = clients;
          const all = new Promise((resolve) => (write.done = resolve));
          write.sentAt = performance.now();
          await ok(fetch(base + name, { method: 'POST', headers: type, body: text }));
          await all;
        }
      };
      await Promise.race([failure, Promise.all(Array.from({ length: 10 }, writer))]);
    }
  } finally {
    clearInterval(watch);
    for (const follower of followers) follower.end();
  }
  const seconds = (performance.now() - began) / 1000;
  const deliveries = followers.length * writes;
  const cpuPerDelivery = ((cpu(server.pids) - cpuBefore) * 1000) / deliveries;
  const counts = await server.counts?.();
  // Connections that have just been ended are gone before the next run opens its own.
  await quiet(server.pids);
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

/** Completes when neither the server nor this process works any more: then everybody has asked, and waits. */
async function quiet(pids) {
  const used = () => cpu([...pids, process.pid]);
  for (let before = used(); ; ) {
    // The time over which work is looked for.
    await pause(1000);
    const now = used();
    if (now - before < 300) return;
    before = now;
  }
}

async function ok(answer) {
  const response = await answer;
  if (response.status >= 300) throw new Error(`${response.url} was answered ${response.status}.`);
  await response.arrayBuffer();
}
