// Subscriptions across the death of the server.
import { rm } from "node:fs/promises";
import http from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort, startServer, temporaryDirectory } from "./server.mjs";

const settings = { AllowLoopbackWebhooks: true };
let server;
let dataDirectory;
let port;

beforeAll(async () => {
  dataDirectory = await temporaryDirectory();
  port = await freePort();
  server = await startServer({ dataDirectory, port, settings });
});

afterAll(async () => {
  await server.end();
  await rm(dataDirectory, { recursive: true });
});

async function restart() {
  await server.end("SIGKILL");
  server = await startServer({ dataDirectory, port, settings });
}

async function receive(receiverPort) {
  let receiver;
  const body = await new Promise((resolve) => {
    receiver = http.createServer((request, response) => {
      let text = "";
      request.on("data", (chunk) => (text += chunk));
      request.on("end", () => {
        response.end(`{"done":true}`);
        resolve(JSON.parse(text));
      });
    });
    receiver.listen(receiverPort, "127.0.0.1");
  });
  receiver.close();
  return body;
}

const text = { "Content-Type": "text/plain" };
const streamUrl = (path) => `${server.url}/v1/stream/${path}`;
const subscriptionUrl = (id) => streamUrl(`__ds/subscriptions/${id}`);

test("a webhook that could not be reached is called after a restart", async () => {
  const receiverPort = await freePort();
  const webhook = { url: `http://127.0.0.1:${receiverPort}/` };
  await fetch(subscriptionUrl("hook"), { method: "PUT", body: JSON.stringify({ type: "webhook", pattern: "jobs/*", webhook }) });
  await fetch(streamUrl("jobs/1"), { method: "PUT", headers: text, body: "work" });

  await restart();
  const call = await receive(receiverPort);

  expect(call.generation).toBe(1);
  expect(call.streams).toEqual([expect.objectContaining({ path: "jobs/1", has_pending: true })]);
});

test("the signing key and a worker's claim outlive a restart", async () => {
  const keys = await (await fetch(streamUrl("__ds/jwks.json"))).json();
  await fetch(streamUrl("wakes"), { method: "PUT", headers: { "Content-Type": "application/json" }, body: "[]" });
  const subscription = { type: "pull-wake", streams: ["tasks"], wake_stream: "wakes", lease_ttl_ms: 60_000 };
  await fetch(subscriptionUrl("pull"), { method: "PUT", body: JSON.stringify(subscription) });
  await fetch(streamUrl("tasks"), { method: "PUT", headers: text, body: "task" });
  const claim = await (await fetch(`${subscriptionUrl("pull")}/claim`, { method: "POST", body: `{"worker":"w"}` })).json();

  await restart();
  const acks = [{ stream: "tasks", offset: claim.streams[0].tail_offset }];
  const answer = await fetch(`${subscriptionUrl("pull")}/ack`, {
    method: "POST",
    headers: { Authorization: `Bearer ${claim.token}` },
    body: JSON.stringify({ wake_id: claim.wake_id, generation: claim.generation, acks, done: true }),
  });

  expect(await answer.json()).toEqual({ ok: true, next_wake: false });
  expect(await (await fetch(streamUrl("__ds/jwks.json"))).json()).toEqual(keys);
});
