// Collaborative documents: y-durable-streams keeps Yjs documents in our streams. Its compaction stays off: it asks for the offset
// it has plus one, which names the next byte here and not the next message (docs/reference/streams.md, "Known gaps").
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
  yjs = new YjsServer({ dsServerUrl: server.url, compactionThreshold: 100_000_000 });
  await yjs.start();
});

afterAll(async () => {
  await yjs.stop();
  await server.end();
  await rm(dataDirectory, { recursive: true });
});

async function open(docId) {
  const doc = new Y.Doc();
  const provider = new YjsProvider({ doc, baseUrl: `${yjs.url}/v1/yjs/test`, docId });
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
