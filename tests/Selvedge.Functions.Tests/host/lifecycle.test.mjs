// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Lifecycle } from '../function-host/lifecycle.mjs';

/** @param {Promise<void>} promise */
const isSettled = async (promise) => {
  let settled = false;
  promise.then(() => (settled = true));
  await new Promise(setImmediate);
  return settled;
};

test('nothing held is idle', async () => {
  assert.ok(await isSettled(new Lifecycle().idle()));
});

test('idle waits for the last hold', async () => {
  const lifecycle = new Lifecycle();
  const [first, second] = [lifecycle.hold(), lifecycle.hold()];
  const idle = lifecycle.idle();
  first();
  assert.ok(!(await isSettled(idle)));
  second();
  assert.ok(await isSettled(idle));
});

test('releasing twice releases once', async () => {
  const lifecycle = new Lifecycle();
  const [first, second] = [lifecycle.hold(), lifecycle.hold()];
  first();
  first();
  assert.ok(!(await isSettled(lifecycle.idle())));
  second();
});
