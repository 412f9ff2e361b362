// Kills the server without warning while it works as hard as it can, again and again, and looks at what it kept.
// CRASH_ROUNDS sets how often; SEED repeats a run's choices (not its timing, which is the point).
import { rm } from "node:fs/promises";
import http from "node:http";
import { expect, test } from "vitest";
import { freePort, startServer, temporaryDirectory } from "./server.mjs";

const rounds = Number(process.env.CRASH_ROUNDS ?? 5);
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const writers = 32;
const agent = new http.Agent({ keepAlive: true, maxSockets: 2 * writers });

let state = seed;
const random = (below) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};

function send(url, method, headers = {}, body = "") {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, agent, headers: { "Content-Type": "text/plain", ...headers } }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() }));
      response.on("error", reject);
    });
    request.on("error", reject);
    request.end(body);
  });
}

/** One writer and the stream it writes: what it sent, and how much of that was acknowledged. */
class Writer {
  constructor(id) {
    this.id = id;
    this.usesProducer = id % 2 === 0;
    this.incarnation = 0;
    this.begin();
  }

  begin() {
    this.incarnation++;
    this.path = `/v1/stream/crash/${this.id}-${this.incarnation}`;
    this.sent = []; // messages, the last of which may not be acknowledged
    this.acked = 0;
    this.created = false;
    this.closing = false;
    this.closed = false;
    this.deleting = false;
    this.forks = [];
    this.forkNames = 0;
  }

  get ackedText() {
    return this.sent.slice(0, this.acked).join("");
  }

  /** Does the next thing; throws when the server dies. */
  async step(base) {
    if (!this.created) {
      const { status } = await send(base + this.path, "PUT");
      expect([200, 201]).toContain(status);
      this.created = true;
      return;
    }

    const choice = random(1000);
    if (choice < 4) return this.close(base);
    if (choice < 8) return this.delete(base);
    if (choice < 16 && this.forks.length < 3) return this.fork(base);
    await this.append(base);
  }

  async append(base) {
    // A producer that got no answer sends the same again; anybody else cannot know and goes on.
    const isRetry = this.usesProducer && this.sent.length > this.acked;
    if (!isRetry) this.sent.push(`${this.sent.length}:${"x".repeat(random(10) === 0 ? 20_000 : random(200))};`);
    const sequence = this.sent.length - 1;
    const headers = this.usesProducer
      ? { "Producer-Id": `w${this.id}`, "Producer-Epoch": "0", "Producer-Seq": String(sequence) }
      : {};
    const { status, headers: answer } = await send(base + this.path, "POST", headers, this.sent[sequence]);
    expect([200, 204]).toContain(status);
    this.acked = this.sent.length;
    if (this.usesProducer) expect(Number(answer["stream-next-offset"].slice(17))).toBe(this.ackedText.length);
  }

  async close(base) {
    this.closing = true;
    const { status } = await send(base + this.path, "POST", { "Stream-Closed": "true" });
    expect(status).toBe(204);
    this.closed = true;
    await this.verify(base);
    this.begin();
  }

  async delete(base) {
    this.deleting = true;
    const { status } = await send(base + this.path, "DELETE");
    expect(status).toBe(204);
    // A fork whose creation was cut off may exist or not.
    const expected = this.forks.length > 0 ? [410] : this.forkNames > 0 ? [404, 410] : [404];
    expect(expected).toContain((await send(base + this.path, "HEAD")).status);
    graves.push({ path: this.path, expected, forks: this.forks });
    this.begin();
  }

  async fork(base) {
    if (this.sent.length > this.acked) return;
    const path = `${this.path}-fork${this.forkNames++}`;
    const text = this.ackedText;
    const offset = `0000000000000000_${String(text.length).padStart(15, "0")}0`;
    const { status } = await send(base + path, "PUT", { "Stream-Forked-From": this.path, "Stream-Fork-Offset": offset });
    expect(status).toBe(201);
    this.forks.push({ path, text });
  }

  /** Compares what the server has with what was sent. */
  async verify(base) {
    if (!this.created) return;
    const found = await readAll(base + this.path);
    if (this.deleting && found.status !== 200) {
      this.begin();
      return;
    }

    expect(found.status, this.path).toBe(200);
    const acked = this.ackedText;
    expect(found.text.startsWith(acked), `${this.path} lost acknowledged bytes (seed ${seed})`).toBe(true);
    const rest = found.text.slice(acked.length);
    const unacked = this.sent.slice(this.acked).join("");
    expect(rest === "" || rest === unacked, `${this.path} holds what was not sent (seed ${seed})`).toBe(true);
    if (this.closed) expect(found.closed).toBe(true);
    for (const fork of this.forks) expect((await readAll(base + fork.path)).text, fork.path).toBe(fork.text);

    if (found.closed || this.deleting) {
      this.begin();
    } else if (!this.usesProducer && rest !== "") {
      this.acked = this.sent.length;
    } else if (!this.usesProducer) {
      this.sent.length = this.acked;
    }
  }
}

const graves = [];

async function readAll(url) {
  let text = "";
  for (let offset = "-1"; ; ) {
    const page = await send(`${url}?offset=${offset}`, "GET");
    if (page.status !== 200) return { status: page.status, text };
    text += page.body;
    offset = page.headers["stream-next-offset"];
    if (page.headers["stream-up-to-date"]) return { status: 200, text, closed: page.headers["stream-closed"] === "true" };
  }
}

test(`kill -9, ${rounds} times, seed ${seed}`, { timeout: 60_000 + rounds * 30_000 }, async () => {
  const dataDirectory = await temporaryDirectory();
  const port = await freePort();
  const crew = Array.from({ length: writers }, (_, id) => new Writer(id));
  let appends = 0;
  for (let round = 0; round <= rounds; round++) {
    const server = await startServer({ dataDirectory, port, settings: { WalBytes: 4 * 1024 * 1024 } });
    await Promise.all(crew.map((writer) => writer.verify(server.url)));
    for (const grave of graves.splice(0)) {
      expect(grave.expected, grave.path).toContain((await send(server.url + grave.path, "HEAD")).status);
      for (const fork of grave.forks) expect((await readAll(server.url + fork.path)).text, fork.path).toBe(fork.text);
    }

    if (round === rounds) {
      await server.end();
      break;
    }

    let dead = false;
    const work = crew.map(async (writer) => {
      while (!dead) {
        try {
          await writer.step(server.url);
          appends++;
        } catch (error) {
          if (error.code === undefined || error.name === "AssertionError") throw error;
          return; // The connection broke: the server is dead.
        }
      }
    });
    await new Promise((resolve) => setTimeout(resolve, 200 + random(600)));
    await server.end("SIGKILL");
    dead = true;
    await Promise.all(work);
  }

  console.log(`${rounds} rounds, ${appends} acknowledged operations, seed ${seed}`);
  await rm(dataDirectory, { recursive: true });
});
