// @ts-check
import assert from 'node:assert/strict';
import http from 'node:http';
import { mock, test } from 'node:test';
import { holdBack } from '../function-host/response-hold.mjs';
import { exchange } from './exchange.mjs';

/** A promise and what settles it. */
function gate() {
  /** @type {any} */
  const work = {};
  work.done = new Promise((resolve, reject) => Object.assign(work, { resolve, reject }));
  return work;
}

test('nothing of a response leaves before the work settles', async () => {
  let hasSettled = false;
  const { status, body } = await exchange((_, response) => {
    const work = gate();
    holdBack(response, work.done);
    response.writeHead(201);
    response.flushHeaders();
    assert.equal(response.write('a'), false);
    response.end('b');
    assert.ok(!response.socket?.bytesWritten);
    setImmediate(() => {
      assert.ok(!response.socket?.bytesWritten);
      hasSettled = true;
      work.resolve();
    });
  });
  assert.ok(hasSettled);
  assert.deepEqual([status, body], [201, 'ab']);
});

test('it leaves when the work fails, too', async () => {
  const { body } = await exchange((_, response) => {
    holdBack(response, Promise.reject(new Error('x')));
    response.end('a');
  });
  assert.equal(body, 'a');
});

test('it waits for all that it is held back for', async () => {
  /** @type {string[]} */
  const order = [];
  const { body } = await exchange((_, response) => {
    const [first, second] = [gate(), gate()];
    holdBack(response, first.done);
    holdBack(response, second.done);
    response.end('a');
    response.once('finish', () => order.push('finish'));
    first.resolve();
    setImmediate(() => {
      order.push('second');
      second.resolve();
    });
  });
  assert.equal(body, 'a');
  assert.deepEqual(order, ['second', 'finish']);
});

test('a writer that waits goes on', async () => {
  const { body } = await exchange((_, response) => {
    const work = gate();
    holdBack(response, work.done);
    assert.equal(response.write('a'), false);
    response.once('drain', () => response.end('b'));
    work.resolve();
  });
  assert.equal(body, 'ab');
});

test('a response that fails meanwhile is not written to any more', async () => {
  const write = mock.fn(() => true);
  const { status } = await exchange((_, response) => {
    const work = gate();
    response.write = write;
    holdBack(response, work.done);
    response.write('a');
    // As an invocation that fails does, past whatever the function has made of its response.
    http.ServerResponse.prototype.writeHead.call(response, 500);
    /** @type {any} */ (http.ServerResponse.prototype.end).call(response);
    work.resolve();
  });
  assert.equal(status, 500);
  assert.equal(write.mock.callCount(), 0);
});

test('what is written afterwards is written at once, and can be held back again', async () => {
  const { body } = await exchange(async (_, response) => {
    holdBack(response, Promise.resolve());
    await new Promise(setImmediate);
    response.write('a');
    holdBack(response, Promise.resolve());
    response.end('b');
  });
  assert.equal(body, 'ab');
});
