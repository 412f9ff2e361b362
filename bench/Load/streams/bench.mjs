#!/usr/bin/env node
// Measures Durable Streams servers side by side. README.md says what and how.
import { readFileSync } from "node:fs";
import http from "node:http";
import { parseArgs } from "node:util";
import { kinds, start } from "./servers.mjs";
import { wrk } from "./wrk.mjs";

const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    servers: { type: "string", default: Object.keys(kinds).join(",") },
    url: { type: "string" },
    seconds: { type: "string", default: "4" },
    "large-seconds": { type: "string", default: "13" },
  },
});
const seconds = Number(options.seconds);
const largeSeconds = Number(options["large-seconds"]);
const parts = options.only?.split(",") ?? ["append", "json", "large", "read", "sse", "long-poll", "idle"];
const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });
let names = 0;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const thousands = (value) => (value >= 10_000 ? `${(value / 1000).toFixed(1)}k` : value.toFixed(0));
const rss = (pid) => (pid ? Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) : NaN);

function quantile(sorted, q) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
}

function send(url, method, headers, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers, agent }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk)).on("end", () =>
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString("latin1") }),
      );
    });
    request.on("error", reject).end(body);
  });
}

async function make(server, count, type) {
  const made = Array.from({ length: count }, () => `load-${process.pid}-${++names}`);
  for (const name of made) await send(server.url + name, "PUT", { "Content-Type": type });
  return made.map((name) => new URL(server.url + name).pathname);
}

const measure = {
  async append(server) {
    const result = {};
    for (const streams of [1, 64]) {
      for (const connections of [1, 16, 64]) {
        const paths = await make(server, streams, "text/plain");
        const run = await wrk({
          url: server.url, paths, method: "POST", headers: { "Content-Type": "text/plain" }, body: { unit: "x", count: 100 }, connections, seconds,
        });
        result[`append/s, ${connections} conn, ${streams} streams`] = thousands(run.perSecond);
        if (connections === 64) result[`p99 ms, ${connections} conn, ${streams} streams`] = run.p99.toFixed(1);
      }
    }
    return result;
  },

  async json(server) {
    const paths = await make(server, 16, "application/json");
    const message = `{"a":"${"x".repeat(90)}"},`;
    const run = await wrk({
      url: server.url, paths, method: "POST", headers: { "Content-Type": "application/json" }, body: { unit: message, count: 100, wrap: true }, connections: 16, seconds,
    });
    return { "JSON messages/s, batches of 100": thousands(run.perSecond * 100) };
  },

  async large(server) {
    // Long enough to see whether memory is bounded by what is live or grows with what was written.
    const whole = Math.max(seconds, largeSeconds);
    const paths = await make(server, 16, "text/plain");
    const before = rss(server.pid);
    const samples = [];
    const sampler = setInterval(() => samples.push(rss(server.pid)), (whole * 1000) / 13);
    const run = await wrk({
      url: server.url, paths, method: "POST", headers: { "Content-Type": "text/plain" }, body: { unit: "x", count: 65_536 }, connections: 16, seconds: whole,
    });
    clearInterval(sampler);
    const megabytes = (kilobytes) => (kilobytes / 1024).toFixed(0);
    const half = samples.slice(samples.length / 2);
    return {
      "64 KB appends, MB/s": ((run.perSecond * 65_536) / 1e6).toFixed(0),
      [`64 KB appends, RSS in MB over ${whole} s`]: [before, ...samples].map(megabytes).join(" "),
      "64 KB appends, RSS grew in the second half by MB": megabytes(half.at(-1) - half[0]),
    };
  },

  async read(server) {
    const [large, small] = await make(server, 2, "text/plain");
    const origin = new URL(server.url).origin;
    for (let i = 0; i < 100; i++) await send(origin + large, "POST", { "Content-Type": "text/plain" }, "x".repeat(100_000));
    for (let i = 0; i < 100; i++) await send(origin + small, "POST", { "Content-Type": "text/plain" }, "x".repeat(100));

    // A server may give a long stream in pages; the client asks for each of them.
    const pages = [];
    for (let offset = "-1"; ; ) {
      pages.push(`${large}?offset=${offset}`);
      const page = await send(origin + pages.at(-1), "GET", {});
      offset = page.headers["stream-next-offset"];
      if (page.headers["stream-up-to-date"]) break;
    }
    const whole = await wrk({ url: server.url, paths: pages, method: "GET", connections: 16, seconds });
    const short = await wrk({ url: server.url, paths: [`${small}?offset=-1`], method: "GET", connections: 64, seconds });
    return {
      "catch-up 10 MB, MB/s": whole.megabytesPerSecond.toFixed(0),
      "catch-up 10 KB, answers/s": thousands(short.perSecond),
    };
  },

  "sse": (server) => fanOut(server, "sse"),
  "long-poll": (server) => fanOut(server, "long-poll"),

  async idle(server) {
    const [path] = await make(server, 1, "text/plain");
    const open = (count) => Promise.all(Array.from({ length: count }, () => openSse(server, path, "-1", () => {})));

    // What the first connections load and compile stays, and is nobody's in particular.
    for (let round = 0; round < 5; round++) {
      for (const request of await open(100)) request.destroy();
      // Until the server has seen them go.
      await pause(700);
    }

    const before = rss(server.pid);
    const result = [];
    const all = [];
    for (const count of [1000, 4000]) {
      all.push(...(await open(count - all.length)));
      // What is measured is idle: by then collectors have given back what opening took.
      await pause(2000);
      result.push(((rss(server.pid) - before) / count).toFixed(1));
    }
    for (const request of all) request.destroy();
    return { "KB per idle SSE, of 1000/4000": result.join("/") };
  },
};

function openSse(server, path, offset, onText) {
  return new Promise((resolve, reject) => {
    const url = `${new URL(server.url).origin}${path}?offset=${offset}&live=sse`;
    const request = http.get(url, { agent }, (response) => {
      response.setEncoding("latin1").on("data", onText).on("error", () => {});
      resolve(request);
    });
    request.on("error", reject);
  });
}

async function fanOut(server, mode) {
  const result = {};
  for (const readers of [1, 100, 1000]) {
    const [path] = await make(server, 1, "text/plain");
    const url = new URL(server.url).origin + path;
    const delays = [];
    let over = false;
    const onText = (text) => {
      const now = performance.now();
      for (const [, sent] of text.matchAll(/@([\d.]+);/g)) delays.push(now - sent);
    };
    const { headers } = await send(url, "HEAD", {});
    const offset = headers["stream-next-offset"];
    const open = [];
    const followers = [];
    for (let i = 0; i < readers; i++) {
      if (mode === "sse") open.push(await openSse(server, path, offset, onText));
      else followers.push(poll(url, offset, onText, () => over));
    }
    // Everybody has asked and waits, whichever server it is; none says how many do.
    await pause(500);

    const appends = Math.max(20, seconds * 20);
    for (let n = 0; n < appends; n++) {
      await send(url, "POST", { "Content-Type": "text/plain" }, `@${performance.now().toFixed(3)};${"x".repeat(80)}`);
      // Twenty a second: what is measured is how long one takes, and not how many it can be.
      await pause(50);
    }
    // The last one arrives.
    await pause(500);
    over = true;
    for (const request of open) request.destroy();
    await send(url, "POST", { "Stream-Closed": "true" });
    await Promise.all(followers);
    delays.sort((a, b) => a - b);
    const missed = appends * readers - delays.length;
    result[`${mode}, ${readers} readers, p50/p99 ms`] =
      `${quantile(delays, 0.5).toFixed(1)}/${quantile(delays, 0.99).toFixed(1)}${missed > 0 ? ` (${missed} missed)` : ""}`;
  }
  return result;
}

async function poll(url, offset, onText, isOver) {
  let cursor = "";
  while (!isOver()) {
    const answer = await send(`${url}?offset=${offset}&live=long-poll${cursor && `&cursor=${cursor}`}`, "GET", {}).catch(() => null);
    if (answer === null || answer.status >= 400) return;
    if (answer.status === 200) onText(answer.body);
    offset = answer.headers["stream-next-offset"];
    cursor = answer.headers["stream-cursor"] ?? "";
    if (answer.headers["stream-closed"]) return;
  }
}

/** A server that cannot follow must not keep the others from being measured. */
async function withinReason(measured) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve({ "gave up on a part": "yes" }), 60_000 + seconds * 20_000);
  });
  try {
    return await Promise.race([measured, late]);
  } finally {
    clearTimeout(timer);
  }
}

const rows = new Map();
const columns = options.url ? [options.url] : options.servers.split(",");
for (const column of columns) {
  for (const part of parts) {
    // A fresh process for every part, so that no part pays for another's memory.
    const server = options.url ? { url: options.url, stop() {} } : await start(column);
    console.error(`${column}: ${part}`);
    try {
      const result = await withinReason(measure[part](server));
      for (const [row, value] of Object.entries(result)) {
        rows.set(row, { ...rows.get(row), [column]: value });
        console.error(`  ${row}: ${value}`);
      }
    } finally {
      await server.stop();
    }
  }
}

console.log(`| | ${columns.join(" | ")} |\n|---|${"---|".repeat(columns.length)}`);
for (const [row, cells] of rows) console.log(`| ${row} | ${columns.map((column) => cells[column] ?? "").join(" | ")} |`);
process.exit(0);
