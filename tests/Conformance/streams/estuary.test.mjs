// Estuaries across kill -9: every publish reaches every follower once, in the order of its stream. CRASH_ROUNDS for more rounds.
import { rm } from "node:fs/promises";
import { expect, test } from "vitest";
import { freePort, startServer, temporaryDirectory } from "./server.mjs";

const rounds = Number(process.env.CRASH_ROUNDS ?? 4);
const sources = 3;
const followers = 8;
const json = { "Content-Type": "application/json" };

async function readAll(url) {
  const items = [];
  for (let offset = "-1"; ; ) {
    const page = await fetch(`${url}?offset=${offset}`);
    expect(page.status).toBe(200);
    items.push(...(await page.json()));
    offset = page.headers.get("stream-next-offset");
    if (page.headers.get("stream-up-to-date")) return items;
  }
}

async function until(condition) {
  for (;;) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test(`kill -9, ${rounds} times`, { timeout: 60_000 + rounds * 30_000 }, async () => {
  const dataDirectory = await temporaryDirectory();
  const port = await freePort();
  const next = Array(sources).fill(0);
  let published = 0;
  for (let round = 0; round <= rounds; round++) {
    const server = await startServer({ dataDirectory, port, settings: { WalBytes: 4 * 1024 * 1024 } });
    const stream = (name) => `${server.url}/v1/stream/${name}`;
    const estuary = (name) => `${server.url}/v1/estuary/${name}`;
    if (round === 0) {
      for (let s = 0; s < sources; s++) await fetch(stream(`source${s}`), { method: "PUT", headers: json });
      for (let f = 0; f < followers; f++) {
        expect((await fetch(estuary(`e${f}`), { method: "PUT" })).status).toBe(201);
        for (let s = 0; s < sources; s++) expect((await fetch(estuary(`e${f}/streams/source${s}`), { method: "PUT" })).status).toBe(204);
      }
    }

    // The server makes up for what it had not delivered when it was killed, asked or not.
    const sent = await Promise.all(next.map((_, s) => readAll(stream(`source${s}`))));
    const total = sent.reduce((sum, items) => sum + items.length, 0);
    for (let f = 0; f < followers; f++) {
      await until(async () => (await readAll(stream(`e${f}`))).length >= total);
      const got = await readAll(stream(`e${f}`));
      expect(got.length).toBe(total);
      for (let s = 0; s < sources; s++) expect(got.filter((item) => item.s === s)).toEqual(sent[s]);
    }

    if (round === rounds) {
      await server.end();
      break;
    }

    // What was under way when the server died is sent again by its producer, which finds out whether it had arrived.
    const work = next.map(async (_, s) => {
      for (;;) {
        try {
          const answer = await fetch(estuary(`publish/source${s}`), {
            method: "POST",
            headers: { ...json, "Producer-Id": `p${s}`, "Producer-Epoch": "0", "Producer-Seq": String(next[s]) },
            body: JSON.stringify({ s, n: next[s] }),
          });
          expect(answer.status).toBe(200);
          expect((await answer.json()).delivered).toBe(followers);
          next[s]++;
          published++;
        } catch (error) {
          if (error.name === "AssertionError") throw error;
          return; // The connection broke: the server is dead.
        }
      }
    });
    await new Promise((resolve) => setTimeout(resolve, 200 + Math.floor(Math.random() * 400)));
    await server.end("SIGKILL");
    await Promise.all(work);
  }

  console.log(`${rounds} rounds, ${published} publishes, each to ${followers} followers`);
  await rm(dataDirectory, { recursive: true });
});
