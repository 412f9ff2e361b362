// @ts-check
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { mock, test } from 'node:test';
import { Invocation } from '../function-host/invocation.mjs';
import { Lifecycle } from '../function-host/lifecycle.mjs';

/** @param {Record<string, string>} [headers] */
function create(headers = {}) {
  const lifecycle = new Lifecycle();
  const response = new EventEmitter();
  const request = { headers, rawHeaders: Object.entries(headers).flat(), url: '/p?q' };
  const invocation = new Invocation(/** @type {any} */ (request), /** @type {any} */ (response), {
    token: 't',
    maxDuration: 1000,
    lifecycle,
  });
  return { invocation, response, lifecycle };
}

/** @param {Lifecycle} lifecycle */
const isIdle = async (lifecycle) => {
  let idle = false;
  lifecycle.idle().then(() => (idle = true));
  await new Promise(setImmediate);
  return idle;
};

test('the URL is the one that the client asked for', () => {
  assert.equal(create({ host: 'a' }).invocation.url, 'https://a/p?q');
  assert.equal(create({ host: 'a', 'x-forwarded-host': 'b:1', 'x-forwarded-proto': 'http' }).invocation.url, 'http://b:1/p?q');
});

test('the process is needed until the response is closed', async () => {
  const { response, lifecycle } = create();
  assert.ok(!(await isIdle(lifecycle)));
  response.emit('close');
  assert.ok(await isIdle(lifecycle));
});

test('the process is needed until the work settles, either way', async () => {
  for (const settle of ['resolve', 'reject']) {
    const { invocation, response, lifecycle } = create();
    const log = mock.method(console, 'error', () => {});
    /** @type {any} */
    const work = {};
    invocation.waitUntil(new Promise((resolve, reject) => Object.assign(work, { resolve, reject })));
    response.emit('close');
    assert.ok(!(await isIdle(lifecycle)));
    work[settle](new Error('x'));
    assert.ok(await isIdle(lifecycle));
    log.mock.restore();
  }
});

test('work is waited for no longer than its request may take', async () => {
  const { invocation, response, lifecycle } = create();
  mock.timers.enable({ apis: ['setTimeout'] });
  const log = mock.method(console, 'error', () => {});
  invocation.waitUntil(new Promise(() => {}));
  response.emit('close');
  mock.timers.tick(1000);
  mock.timers.reset();
  log.mock.restore();
  assert.ok(await isIdle(lifecycle));
});

test('waitUntil takes promises only', () => {
  const { invocation } = create();
  assert.throws(() => invocation.waitUntil(undefined), /takes a promise, not undefined/);
  assert.throws(() => invocation.waitUntil(null), /takes a promise, not null/);
});
