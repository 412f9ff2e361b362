// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createServer } from '../function-host/server.mjs';
import { Lifecycle } from '../function-host/lifecycle.mjs';

test('no connection is closed by a timeout, or for its number of requests', () => {
  const server = createServer(() => {}, { token: 't', maxDuration: 1, lifecycle: new Lifecycle() });
  assert.deepEqual(
    [server.timeout, server.keepAliveTimeout, server.requestTimeout, server.headersTimeout, server.maxRequestsPerSocket],
    [0, 0, 0, 0, 0],
  );
  assert.equal(server.maxHeadersCount, 0);
});
