// The official TypeScript client against the server: what its users do first.
import { rm } from "node:fs/promises";
import { DurableStream, IdempotentProducer, stream } from "@durable-streams/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort, startServer, temporaryDirectory } from "./server.mjs";

let server;
let dataDirectory;
let port;
const settings = { LongPollTimeout: "00:00:00.500" };

beforeAll(async () => {
  dataDirectory = await temporaryDirectory();
  port = await freePort();
  server = await startServer({ dataDirectory, port, settings });
});

afterAll(async () => {
  await server.end();
  await rm(dataDirectory, { recursive: true });
});

const urlOf = (name) => `${server.url}/v1/stream/clients/${name}`;

async function restart() {
  await server.end("SIGKILL");
  server = await startServer({ dataDirectory, port, settings });
}

/** Collects from a live read until there are as many as expected. */
async function follow(url, live, offset, count) {
  const controller = new AbortController();
  const session = await stream({ url, live, offset, json: true, signal: controller.signal });
  const items = [];
  let last = offset;
  await new Promise((resolve, reject) => {
    session.subscribeJson(async (batch) => {
      items.push(...batch.items);
      last = batch.offset;
      if (items.length >= count) resolve();
    });
    session.closed?.catch(reject);
  });
  controller.abort();
  return { items, offset: last };
}

test("creates, appends and reads back", async () => {
  const handle = await DurableStream.create({ url: urlOf("plain"), contentType: "application/json" });
  await handle.append(JSON.stringify({ n: 1 }));
  await handle.append(JSON.stringify({ n: 2 }));

  const session = await handle.stream({ live: false, json: true });

  expect(await session.json()).toEqual([{ n: 1 }, { n: 2 }]);
});

for (const live of ["long-poll", "sse"]) {
  test(`follows by ${live} and resumes after the server was killed`, async () => {
    const url = urlOf(`live-${live}`);
    const handle = await DurableStream.create({ url, contentType: "application/json" });
    await handle.append(JSON.stringify({ n: 0 }));
    const following = follow(url, live, "-1", 3);
    await handle.append(JSON.stringify({ n: 1 }));
    await handle.append(JSON.stringify({ n: 2 }));
    const first = await following;
    expect(first.items.map((item) => item.n)).toEqual([0, 1, 2]);

    await restart();
    await handle.append(JSON.stringify({ n: 3 }));
    const second = await follow(url, live, first.offset, 1);

    expect(second.items.map((item) => item.n)).toEqual([3]);
  });
}

test("writes exactly once with the producer, in the order given", async () => {
  const url = urlOf("producer");
  const handle = await DurableStream.create({ url, contentType: "application/json" });
  const producer = new IdempotentProducer(handle, "writer-1", { autoClaim: true, maxInFlight: 4, lingerMs: 1 });
  for (let n = 0; n < 500; n++) producer.append(JSON.stringify({ n }));
  await producer.flush();
  await producer.close?.();

  const session = await stream({ url, live: false, json: true });

  expect((await session.json()).map((item) => item.n)).toEqual(Array.from({ length: 500 }, (_, n) => n));
});
