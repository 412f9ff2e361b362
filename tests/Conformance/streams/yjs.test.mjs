// Collaborative documents: y-durable-streams keeps Yjs documents in our streams and compacts them. Behind a snapshot it reads on from the
// snapshot's offset plus one (docs/decisions/0045-an-offset-plus-one-is-the-same-position.md).
import { rm } from "node:fs/promises";
import { YjsProvider } from "@durable-streams/y-durable-streams";
import { YjsServer } from "@durable-streams/y-durable-streams/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { freePort, startServer, temporaryDirectory } from "./server.mjs";

let server;
let yjs;
let dataDirectory;
let port;

beforeAll(async () => {
  dataDirectory = await temporaryDirectory();
  port = await freePort();
  server = await startServer({ dataDirectory, port });
  yjs = await startYjs(100_000_000);
});

afterAll(async () => {
  await yjs.stop();
  await server.end();
  await rm(dataDirectory, { recursive: true });
});

async function startYjs(compactionThreshold) {
  const started = new YjsServer({ dsServerUrl: server.url, compactionThreshold });
  await started.start();
  return started;
}

async function open(docId, through = yjs) {
  const doc = new Y.Doc();
  const provider = new YjsProvider({ doc, baseUrl: `${through.url}/v1/yjs/test`, docId });
  await new Promise((resolve, reject) => {
    provider.on("synced", (synced) => synced && resolve());
    provider.on("error", reject);
  });
  return { doc, text: doc.getText("text"), close: () => provider.destroy() };
}

const until = async (condition) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
};

test("two editors see each other's words", async () => {
  const one = await open("shared");
  const other = await open("shared");

  one.text.insert(0, "Hello");
  await until(() => other.text.toString() === "Hello");
  other.text.insert(5, ", world");
  await until(() => one.text.toString() === "Hello, world");

  one.close();
  other.close();
});

test("a document outlives the server", async () => {
  const writer = await open("long");
  for (let n = 0; n < 200; n++) writer.text.insert(writer.text.length, `line ${n}\n`);
  const reader = await open("long");
  await until(() => reader.text.length === writer.text.length);
  const expected = writer.text.toString();
  writer.close();
  reader.close();

  await server.end("SIGKILL");
  server = await startServer({ dataDirectory, port });
  const later = await open("long");

  await until(() => later.text.length >= expected.length);
  expect(later.text.toString()).toBe(expected);
  later.close();
});

/** The offset of a document's snapshot; null while there is none. */
async function snapshotOf(through, docId) {
  const answer = await fetch(`${through.url}/v1/yjs/test/docs/${docId}?offset=snapshot`, { redirect: "manual" });
  return /([0-9_]+)_snapshot/.exec(answer.headers.get("location"))?.[1] ?? null;
}

test("a compacted document is opened again, edited, and compacted again", async () => {
  const compacting = await startYjs(500);
  const writer = await open("compacted", compacting);
  const words = [];
  const seen = new Set();

  // Two snapshots at least: the second is made of the first and what came behind it.
  for (let n = 0; seen.size < 3; n++) {
    words.push(`line ${n}\n`);
    writer.text.insert(writer.text.length, words.at(-1));
    const reader = await open("compacted", compacting);
    await until(() => reader.text.toString() === words.join(""));
    reader.close();
    const snapshot = await snapshotOf(compacting, "compacted");
    if (snapshot) seen.add(snapshot);
  }

  // An editor who opens it at the snapshot gets what is written afterwards, and is heard.
  const late = await open("compacted", compacting);
  late.text.insert(0, "Title\n");
  await until(() => writer.text.toString() === `Title\n${words.join("")}`);
  expect(late.text.toString()).toBe(writer.text.toString());
  writer.close();
  late.close();
  await compacting.stop();

  // Another server finds the snapshot in its stream.
  const other = await startYjs(500);
  const reopened = await open("compacted", other);
  await until(() => reopened.text.length === "Title\n".length + words.join("").length);
  expect(reopened.text.toString()).toBe(`Title\n${words.join("")}`);
  reopened.close();
  await other.stop();
});
