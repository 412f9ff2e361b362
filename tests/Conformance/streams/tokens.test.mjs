// The public suite once more, against a server that asks for tokens. The suite sends none, so a proxy in front adds one to whatever comes
// without; what a subscriber sends with the token of its wake passes as it is.
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import http from "node:http";
import { runConformanceTests } from "@durable-streams/server-conformance-tests";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort, startServer, temporaryDirectory } from "./server.mjs";

const secret = "a-secret-of-the-project-32-bytes-long";
const adminToken = "a token of some length";
const config = { baseUrl: "", subscriptions: true };
let server;
let proxy;
let dataDirectory;

const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

function tokenOf(claims) {
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode({ exp: Math.floor(Date.now() / 1000) + 3600, ...claims })}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

beforeAll(async () => {
  dataDirectory = await temporaryDirectory();
  const adminUrl = `http://127.0.0.1:${await freePort()}`;
  server = await startServer({
    dataDirectory,
    port: await freePort(),
    settings: { Auth: "jwt", LongPollTimeout: "00:00:00.500", AllowLoopbackWebhooks: true },
    environment: { SELVEDGE_ADMIN__URLS: adminUrl, SELVEDGE_ADMIN__TOKEN: adminToken },
  });
  const made = await fetch(`${adminUrl}/projects/_default`, {
    method: "PUT",
    headers: { Authorization: `Bearer ${adminToken}` },
    body: JSON.stringify({ secret, corsOrigins: ["*"] }),
  });
  expect(made.status).toBe(201);

  const token = tokenOf({ sub: "_default", scope: "write" });
  proxy = http.createServer((request, response) => {
    const headers = { ...request.headers };
    headers.authorization ??= `Bearer ${token}`;
    const onward = http.request(server.url + request.url, { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.rawHeaders);
      response.flushHeaders();
      answer.pipe(response);
      answer.on("error", () => response.destroy());
    });
    onward.on("error", () => response.destroy());
    response.on("close", () => onward.destroy());
    request.pipe(onward);
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  config.baseUrl = `http://127.0.0.1:${proxy.address().port}`;
});

afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await server.end();
  await rm(dataDirectory, { recursive: true });
});

test("without a token nobody is let in", async () => {
  expect((await fetch(`${server.url}/v1/stream/a`)).status).toBe(401);
});

describe("with a token", () => runConformanceTests(config));
