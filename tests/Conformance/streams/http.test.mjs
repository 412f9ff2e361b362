// What the public suite leaves open: caching headers, tags, limits, live readers and lifetimes, names, closing connections.
import { rm } from "node:fs/promises";
import http from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort, startServer, temporaryDirectory } from "./server.mjs";

let server;
let dataDirectory;
let names = 0;

beforeAll(async () => {
  dataDirectory = await temporaryDirectory();
  server = await startServer({
    dataDirectory,
    port: await freePort(),
    settings: {
      LongPollTimeout: "00:00:00.500",
      SseLifetime: "00:00:02",
      SseKeepAlive: "00:00:00.400",
      MaxAppendBytes: 100_000,
      PageBytes: 1000,
      MaxLiveReaders: 3,
      AllowLoopbackWebhooks: true,
    },
  });
});

afterAll(async () => {
  await server.end();
  await rm(dataDirectory, { recursive: true });
});

const newPath = () => `/v1/stream/http/${++names}`;
const text = { "Content-Type": "text/plain" };

const put = (path, headers = text, body) => fetch(server.url + path, { method: "PUT", headers, body });
const post = (path, body, headers = text) => fetch(server.url + path, { method: "POST", headers, body });
const get = (path, headers = {}) => fetch(server.url + path, { headers });
const remove = (path) => fetch(server.url + path, { method: "DELETE" });

test("a tag changes when the stream is closed", async () => {
  const path = newPath();
  await put(path, text, "all");
  const tag = (await get(path)).headers.get("etag");
  expect((await get(path, { "If-None-Match": tag })).status).toBe(304);

  await post(path, undefined, { "Stream-Closed": "true" });

  const after = await get(path, { "If-None-Match": tag });
  expect(after.status).toBe(200);
  expect(after.headers.get("stream-closed")).toBe("true");
});

test("a tag changes when the stream is deleted and made again", async () => {
  const path = newPath();
  await put(path, text, "one");
  const tag = (await get(path)).headers.get("etag");
  await remove(path);
  await put(path, text, "two");

  const after = await get(path, { "If-None-Match": tag });

  expect(await after.text()).toBe("two");
});

test("long-poll and catch-up give the same tag to the same bytes", async () => {
  const path = newPath();
  await put(path, text, "all");
  const offset = "0000000000000000_0000000000000000";

  const plain = await get(`${path}?offset=${offset}`);
  const live = await get(`${path}?offset=${offset}&live=long-poll`);

  expect(live.headers.get("etag")).toBe(plain.headers.get("etag"));
});

test.each(["*", 'W/"x", TAG', "W/TAG"])("If-None-Match %s finds the tag", async (pattern) => {
  const path = newPath();
  await put(path, text, "all");
  const tag = (await get(path)).headers.get("etag");

  expect((await get(path, { "If-None-Match": pattern.replace("TAG", tag) })).status).toBe(304);
});

test("what can still change must be asked for again, what cannot may be kept", async () => {
  const path = newPath();
  await put(path, text, "x".repeat(1500));

  expect((await get(path)).headers.get("cache-control")).toBe("public, max-age=60, stale-while-revalidate=300");
  const tail = await get(`${path}?offset=0000000000000000_0000000000010000`);
  expect(tail.headers.get("cache-control")).toBe("no-cache");
  await post(path, undefined, { "Stream-Closed": "true" });
  const closed = await get(`${path}?offset=0000000000000000_0000000000010000`);
  expect(closed.headers.get("cache-control")).toBe("public, max-age=60, stale-while-revalidate=300");
});

test("nothing is kept longer than the stream lives", async () => {
  const path = newPath();
  await put(path, { ...text, "Stream-TTL": "30" }, "x".repeat(1500));

  expect((await get(path)).headers.get("cache-control")).toBe("public, max-age=30");
});

test("answers that tell of a moment are never kept", async () => {
  const path = newPath();
  await put(path, text, "x");

  for (const query of ["?offset=now", "?offset=now&live=long-poll"])
    expect((await get(path + query)).headers.get("cache-control")).toBe("no-store");
  expect((await fetch(server.url + path, { method: "HEAD" })).headers.get("cache-control")).toBe("no-store");
  expect((await get(newPath())).headers.get("cache-control")).toBe("no-store");
});

test("a long-poll with news may be kept for one cursor", async () => {
  const path = newPath();
  await put(path, text, "x");

  const answer = await get(`${path}?offset=-1&live=long-poll`);

  expect(answer.headers.get("cache-control")).toBe("public, max-age=20");
  const cursor = answer.headers.get("stream-cursor");
  const next = await get(`${path}?offset=-1&live=long-poll&cursor=${cursor}`);
  expect(Number(next.headers.get("stream-cursor"))).toBe(Number(cursor) + 1);
});

test("pages end at the same place for everybody, and together are the stream", async () => {
  const path = newPath();
  await put(path, { "Content-Type": "application/json" }, "[]");
  const sent = Array.from({ length: 200 }, (_, n) => ({ n, text: "ü".repeat(n % 17) }));
  for (let n = 0; n < 200; n += 10) await post(path, JSON.stringify(sent.slice(n, n + 10)), { "Content-Type": "application/json" });

  const read = async () => {
    const items = [];
    const offsets = [];
    for (let offset = "-1"; ; ) {
      const page = await get(`${path}?offset=${offset}`);
      items.push(...(await page.json()));
      offset = page.headers.get("stream-next-offset");
      if (page.headers.get("stream-up-to-date")) return { items, offsets };
      offsets.push(offset);
    }
  };
  const first = await read();
  await post(path, `{"n":200}`, { "Content-Type": "application/json" });
  const second = await read();

  expect(first.items).toEqual(sent);
  expect(first.offsets.length).toBeGreaterThan(3);
  expect(second.offsets.slice(0, first.offsets.length)).toEqual(first.offsets);
});

test("an offset inside a JSON message is refused", async () => {
  const path = newPath();
  await put(path, { "Content-Type": "application/json" }, `{"a":1}`);

  const answer = await get(`${path}?offset=0000000000000000_0000000000000030`);

  expect(answer.status).toBe(400);
  expect((await answer.json()).code).toBe("INVALID_OFFSET");
});

test.each(["text/plain", "application/json", "application/octet-stream"])(
  "one more than an offset reads on from it in every mode: %s",
  async (type) => {
    const path = newPath();
    const message = type === "application/json" ? (n) => JSON.stringify(n) : (n) => `message ${n}\n`;
    await put(path, { "Content-Type": type }, message(1));
    const next = (await get(path)).headers.get("stream-next-offset");
    const more = next.slice(0, -1) + "1";

    expect((await get(`${path}?offset=${more}`)).headers.get("stream-next-offset")).toBe(next);
    await post(path, message(2), { "Content-Type": type });
    const [plain, followed] = await Promise.all(
      ["", "&live=long-poll"].map(async (live) => (await get(`${path}?offset=${more}${live}`)).text()),
    );

    expect(plain).toBe(type === "application/json" ? "[2]" : message(2));
    expect(followed).toBe(plain);
  },
);

test("an offset past the end is refused in every mode", async () => {
  const path = newPath();
  await put(path, text, "abc");

  for (const live of ["", "&live=long-poll", "&live=sse"]) {
    const answer = await get(`${path}?offset=0000000000000000_0000000000000040${live}`);
    expect(answer.status).toBe(400);
    expect((await answer.json()).code).toBe("OFFSET_BEYOND_TAIL");
  }
});

test("Stream-Closed counts in any case, and nothing else counts", async () => {
  const path = newPath();
  await put(path);

  expect((await post(path, "x", { ...text, "Stream-Closed": "yes" })).status).toBe(204);
  expect((await post(path, "y", { ...text, "Stream-Closed": "TRUE" })).headers.get("stream-closed")).toBe("true");
  expect((await post(path, "z")).status).toBe(409);
});

test.each(["long-poll", "sse"])("a %s reader keeps a stream with a sliding lifetime alive", async (live) => {
  const path = newPath();
  await put(path, { ...text, "Stream-TTL": "1" });
  const until = Date.now() + 1800;

  while (Date.now() < until) await (await get(`${path}?offset=now&live=${live}`)).text();

  expect((await fetch(server.url + path, { method: "HEAD" })).status).toBe(200);
});

test("a name is the same however it is encoded, and an encoded slash is none", async () => {
  const path = newPath();
  await put(`${path}/a%20b/%C3%BC`, text, "one");

  expect(await (await get(`${path}/a b/ü`)).text()).toBe("one");
  expect((await get(`${path}/a%20b%2F%C3%BC`)).status).toBe(404);
});

test("projects do not see each other's streams", async () => {
  await put("/v1/shop/stream/orders", text, "shop");
  await put("/v1/stream/orders", text, "default");

  expect(await (await get("/v1/shop/stream/orders")).text()).toBe("shop");
  const fork = await put("/v1/stream/spy", { ...text, "Stream-Forked-From": "/v1/shop/stream/orders" });
  expect(fork.status).toBe(404);
});

test("the server's own streams cannot be reached", async () => {
  for (const path of ["/v1/stream/__ds/keys", "/v1/__ds/stream/keys"]) expect((await get(path)).ok).toBe(false);
  const fork = await put(newPath(), { ...text, "Stream-Forked-From": "/v1/stream/__ds/keys" });
  expect(fork.status).toBe(404);
});

test("a body that is too long is refused, chunked or not", async () => {
  const path = newPath();
  await put(path);
  const chunked = await new Promise((resolve, reject) => {
    const request = http.request(server.url + path, { method: "POST", headers: text }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on("error", reject);
    for (let i = 0; i < 11; i++) request.write("x".repeat(10_000));
    request.end();
  });

  expect(chunked).toBe(413);
  expect((await post(path, "x".repeat(100_001))).status).toBe(413);
  expect((await post(path, "x".repeat(100_000))).status).toBe(204);
});

test("one live reader too many is told to come back", async () => {
  const path = newPath();
  await put(path);
  const controllers = Array.from({ length: 3 }, () => new AbortController());
  for (const { signal } of controllers) await fetch(`${server.url}${path}?offset=now&live=sse`, { signal });

  const refused = await get(`${path}?offset=now&live=long-poll`);

  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toBe("1");
  for (const controller of controllers) controller.abort();
});

test("an SSE connection shows that it lives, and ends by itself", async () => {
  const path = newPath();
  await put(path, text, "x");
  const started = Date.now();

  const events = await (await get(`${path}?offset=-1&live=sse`)).text();

  const controls = events.split("\n\n").filter((event) => event.startsWith("event: control"));
  expect(controls.length).toBeGreaterThan(3);
  expect(Date.now() - started).toBeGreaterThan(1700);
  expect(events).not.toContain("streamClosed");
});

test("an SSE reader that does not read costs nothing and loses nothing", async () => {
  const path = newPath();
  await put(path);
  const slow = await new Promise((resolve) => {
    http.get(`${server.url}${path}?offset=-1&live=sse`, (response) => {
      response.pause();
      resolve(response);
    });
  });
  let sent = "";
  for (let n = 0; n < 60; n++) {
    const part = `${n};`.padEnd(90_000, "x");
    await post(path, part);
    sent += part;
  }

  let received = "";
  let offset = "-1";
  slow.setEncoding("utf8");
  for await (const chunk of slow) received += chunk;
  for (;;) {
    let data = "";
    for (const event of received.split("\n\n").slice(0, -1)) {
      const payload = event.slice(event.indexOf("data:") + 5);
      if (event.startsWith("event: data")) data += payload;
      else offset = JSON.parse(payload).streamNextOffset;
    }
    expect(sent.startsWith(data)).toBe(true);
    sent = sent.slice(data.length);
    if (sent === "") break;
    received = await (await get(`${path}?offset=${offset}&live=sse`)).text();
  }
}, 60_000);

test("errors are JSON with a stable code and a sentence", async () => {
  const answer = await get(newPath());

  expect(answer.status).toBe(404);
  expect(await answer.json()).toEqual({ code: "STREAM_NOT_FOUND", error: "There is no stream of that name." });
});

test.each([
  ["GET", "?offset="],
  ["GET", "?offset=1&offset=2"],
  ["GET", "?offset=-2"],
  ["GET", "?live=sse"],
  ["GET", "?offset=-1&live=websocket"],
])("%s %s is answered 400", async (method, query) => {
  const path = newPath();
  await put(path);

  expect((await fetch(server.url + path + query, { method })).status).toBe(400);
});

test("headers that make no sense are answered 400 and not 500", async () => {
  const path = newPath();
  await put(path, text, "x");

  for (const header of ["W/", '"', ",", "W/W/", '"a" "b']) {
    expect((await get(path, { "If-None-Match": header })).status).toBe(200);
  }
  expect((await put(newPath(), { "Content-Type": "nonsense" })).status).toBe(400);
  expect((await put(newPath(), { ...text, "Stream-Forked-From": "%" })).status).toBe(400);
});

test("a webhook that fails is called again with the same wake", async () => {
  const calls = [];
  const receiver = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      calls.push(JSON.parse(body));
      response.statusCode = calls.length === 1 ? 500 : 200;
      response.end(calls.length === 1 ? "" : `{"done":true}`);
    });
  });
  await new Promise((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const url = `${server.url}/v1/stream/__ds/subscriptions/retry`;
  const body = { type: "webhook", streams: ["http/hooked"], webhook: { url: `http://127.0.0.1:${receiver.address().port}/` } };
  await fetch(url, { method: "PUT", body: JSON.stringify(body) });

  await put("/v1/stream/http/hooked", text, "news");
  while (calls.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));

  expect(calls[1].wake_id).toBe(calls[0].wake_id);
  expect(calls[1].generation).toBe(calls[0].generation);
  await fetch(url, { method: "DELETE" });
  receiver.close();
});

test("a lease that runs out fences the silent worker off", async () => {
  await put("/v1/stream/http/wakes", { "Content-Type": "application/json" }, "[]");
  const url = `${server.url}/v1/stream/__ds/subscriptions/lease`;
  const body = { type: "pull-wake", streams: ["http/leased"], wake_stream: "http/wakes", lease_ttl_ms: 1000 };
  await fetch(url, { method: "PUT", body: JSON.stringify(body) });
  await put("/v1/stream/http/leased", text, "work");
  const claim = async (worker) => (await fetch(`${url}/claim`, { method: "POST", body: JSON.stringify({ worker }) })).json();
  const first = await claim("silent");

  let second;
  do {
    await new Promise((resolve) => setTimeout(resolve, 50));
    second = await claim("eager");
  } while (second.error);
  const late = await fetch(`${url}/ack`, {
    method: "POST",
    headers: { Authorization: `Bearer ${first.token}` },
    body: JSON.stringify({ wake_id: first.wake_id, generation: first.generation, done: true }),
  });

  expect(second.generation).toBeGreaterThan(first.generation);
  expect((await late.json()).error.code).toBe("FENCED");
  await fetch(url, { method: "DELETE" });
});

test.each(["sse", "long-poll"])("a server that is told to end does not wait for its %s readers", async (live) => {
  const directory = await temporaryDirectory();
  const other = await startServer({ dataDirectory: directory, port: await freePort(), settings: { LongPollTimeout: "00:01:00" } });
  const url = `${other.url}/v1/stream/waiting`;
  await fetch(url, { method: "PUT", headers: text });
  const reader = fetch(`${url}?offset=now&live=${live}`).then(async (answer) => [answer.status, await answer.text()]);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const asked = Date.now();

  await other.end("SIGTERM");

  expect((await reader)[0]).toBe(live === "sse" ? 200 : 204);
  expect(Date.now() - asked).toBeLessThan(5000);
  await rm(directory, { recursive: true });
});
