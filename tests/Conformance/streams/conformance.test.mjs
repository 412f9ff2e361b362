// The public conformance suite, against a server of our own, or one that listens at CONFORMANCE_TEST_URL.
import { rm } from "node:fs/promises";
import { runConformanceTests } from "@durable-streams/server-conformance-tests";
import { afterAll, beforeAll } from "vitest";
import { freePort, startServer, temporaryDirectory } from "./server.mjs";

const options = { baseUrl: process.env.CONFORMANCE_TEST_URL, subscriptions: true };

if (!options.baseUrl) {
  let server;
  let dataDirectory;

  beforeAll(async () => {
    dataDirectory = await temporaryDirectory();
    const settings = { LongPollTimeout: "00:00:00.500", AllowLoopbackWebhooks: true };
    server = await startServer({ dataDirectory, port: await freePort(), settings });
    options.baseUrl = server.url;
  });

  afterAll(async () => {
    await server.end();
    await rm(dataDirectory, { recursive: true });
  });
}

runConformanceTests(options);
