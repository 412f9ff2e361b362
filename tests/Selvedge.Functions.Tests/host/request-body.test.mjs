// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bufferBody } from '../function-host/request-body.mjs';
import { exchange } from './exchange.mjs';

for (const size of [0, 1, 70_000, 3_000_000]) {
  test(`a body of ${size} bytes is read whole, and can be read again`, async () => {
    const { body } = await exchange(
      async (req, res) => {
        const whole = await bufferBody(req);
        let again = 0;
        for await (const chunk of req) again += chunk.length;
        res.end(`${whole.length} ${again}`);
      },
      { method: 'POST' },
      'x'.repeat(size),
    );
    assert.equal(body, `${size} ${size}`);
  });
}

test('a body that is not read again holds nothing up', async () => {
  const { body } = await exchange(
    async (req, res) => {
      await bufferBody(req);
      res.end('done');
    },
    { method: 'POST' },
    'x'.repeat(200_000),
  );
  assert.equal(body, 'done');
});

test('a body that breaks off is an error', async () => {
  const failed = new Promise((resolve) => {
    exchange(
      (req) => {
        bufferBody(req).catch((error) => resolve(error.message));
        req.destroy();
      },
      { method: 'POST' },
      'x'.repeat(1_000_000),
    ).catch(() => {});
  });
  assert.match(await failed, /client went away/);
});
