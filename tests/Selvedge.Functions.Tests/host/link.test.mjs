// @ts-check
import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import net from 'node:net';
import { test } from 'node:test';
import { Link } from '../function-host/wire/link.mjs';
import { CLOSE, CREDIT, DATA, HEADER, OPEN, WINDOW } from '../function-host/wire/frames.mjs';

/** @typedef {import('../function-host/wire/channel.mjs').Channel} Channel */

test('a channel is a socket to whoever has it', async (context) => {
  const { send, next, channels } = await connect(context);
  send(OPEN, 1);
  send(DATA, 1, 'ping');
  const channel = await channels.next();

  assert.ok(channel instanceof net.Socket);
  assert.equal(String((await once(channel, 'data'))[0]), 'ping');
  channel.setTimeout(1000).setNoDelay(true).setKeepAlive(true).ref();
  channel.write('p');
  channel.write(Buffer.from('ong'));
  assert.deepEqual(await take(next, 1, 4), 'pong');
});

test('text arrives as it was encoded', async (context) => {
  const { send, next, channels } = await connect(context);
  send(OPEN, 1);
  const channel = await channels.next();
  channel.cork();
  channel.write('é', 'latin1');
  channel.write('€');
  channel.write('');
  channel.write('6869', 'hex');
  channel.uncork();

  assert.equal(await take(next, 1, 6), Buffer.concat([Buffer.from([0xe9]), Buffer.from('€hi')]).toString('latin1'));
});

test('what one channel does not read holds up no other', async (context) => {
  const { send, channels } = await connect(context);
  send(OPEN, 1);
  send(DATA, 1, 'x'.repeat(WINDOW));
  await channels.next();
  send(OPEN, 2);
  send(DATA, 2, 'here');
  const other = await channels.next();

  assert.equal(String((await once(other, 'data'))[0]), 'here');
});

test('credit is given for what is read', async (context) => {
  const { send, next, channels } = await connect(context);
  send(OPEN, 1);
  send(DATA, 1, 'x'.repeat(WINDOW / 2));
  const channel = await channels.next();
  channel.resume();

  assert.deepEqual(await next(), { id: 1, kind: CREDIT, number: WINDOW / 2, data: '' });
});

test('a writer without credit waits, and goes on for the request that it wrote for', async (context) => {
  const storage = new AsyncLocalStorage();
  const { send, next, channels } = await connect(context);
  send(OPEN, 1);
  const channel = await channels.next();
  const drained = storage.run(
    'mine',
    () => new Promise((resolve) => {
      assert.equal(channel.write(Buffer.alloc(WINDOW + 3)), false);
      channel.once('drain', () => resolve(storage.getStore()));
    }),
  );
  await take(next, 1, WINDOW);
  assert.equal(channel.writableNeedDrain, true);

  send(CREDIT, 1, undefined, 2);
  await take(next, 1, 2);
  assert.equal(channel.writableNeedDrain, true);
  send(CREDIT, 1, undefined, 100);

  await take(next, 1, 1);
  assert.equal(await drained, 'mine');
});

test('the other side ends a channel, and only that', async (context) => {
  const { send, next, channels } = await connect(context);
  send(OPEN, 1);
  send(OPEN, 2);
  const [channel, other] = [await channels.next(), await channels.next()];
  send(CLOSE, 1);
  await once(channel, 'close');

  assert.equal(channel.destroyed, true);
  // What is on its way to one that is closed is dropped, and so is credit.
  send(DATA, 1, 'late');
  send(CREDIT, 1, undefined, 5);
  other.write('fine');
  assert.deepEqual(await next(), { id: 2, kind: DATA, number: 4, data: 'fine' });
});

test('ending a channel sends what was written, and closes it', async (context) => {
  const { send, next, channels } = await connect(context);
  send(OPEN, 1);
  send(DATA, 1, 'seen');
  const channel = await channels.next();
  await once(channel, 'data');
  channel.end('last');
  await once(channel, 'close');

  assert.deepEqual(await next(), { id: 1, kind: DATA, number: 4, data: 'last' });
  assert.deepEqual(await next(), { id: 1, kind: CLOSE, number: 4, data: '' });
});

test('frames are read in whatever pieces they arrive', async (context) => {
  const { socket, channels } = await connect(context);
  const text = 'abcdefghij'.repeat(20);
  const bytes = Buffer.concat([
    frame(OPEN, 7),
    ...[...text].map((letter) => frame(DATA, 7, letter)),
    frame(CREDIT, 7, undefined, 1),
    frame(DATA, 7, text),
  ]);
  let seed = 1;
  for (let at = 0; at < bytes.length; ) {
    seed = (seed * 48271) % 2147483647;
    const piece = bytes.subarray(at, (at += 1 + (seed % 23)));
    // Each piece is a read of its own.
    socket.emit('data', piece);
  }

  const channel = await channels.next();
  let received = '';
  await new Promise((resolve) => {
    channel.on('data', (piece) => {
      received += piece;
      if (received.length >= text.length * 2) resolve(undefined);
    });
  });
  assert.equal(received, text + text);
});

test('who says what no server says loses the link, and its channels with it', async (context) => {
  const { send, channels } = await connect(context);
  send(OPEN, 1);
  const channel = await channels.next();
  send(9, 1);
  await once(channel, 'close');
  assert.equal(channel.destroyed, true);
});

test('nothing of what is thrown at it gets out of a link', async (context) => {
  const { socket } = await connect(context);
  let seed = 7;
  for (let round = 0; round < 2000; round++) {
    const bytes = Buffer.alloc(1 + (round % 60));
    for (let i = 0; i < bytes.length; i++) {
      seed = (seed * 48271) % 2147483647;
      // Small numbers, so that kinds, channels and lengths are often those that exist.
      bytes[i] = seed % 5;
    }

    socket.emit('data', bytes);
  }
});

/**
 * A link, and the socket at its other end.
 * @param {import('node:test').TestContext} context
 */
async function connect(context) {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {net.AddressInfo} */ (server.address());
  const peer = net.connect(port, '127.0.0.1');
  const [socket] = /** @type {[net.Socket]} */ (await once(server, 'connection'));
  peer.on('error', () => {});
  context.after(() => {
    peer.destroy();
    socket.destroy();
    server.close();
  });

  /** @type {Channel[]} */
  const accepted = [];
  /** @type {(() => void)[]} */
  const waiting = [];
  new Link(socket, (channel) => {
    accepted.push(channel);
    waiting.shift()?.();
  });
  const channels = {
    next: async () => {
      if (accepted.length === 0) await new Promise((resolve) => waiting.push(() => resolve(undefined)));
      return /** @type {Channel} */ (accepted.shift());
    },
  };

  let buffered = Buffer.alloc(0);
  let wake = () => {};
  peer.on('data', (bytes) => {
    buffered = Buffer.concat([buffered, bytes]);
    wake();
  });
  const read = async (/** @type {number} */ count) => {
    while (buffered.length < count) await new Promise((resolve) => (wake = () => resolve(undefined)));
    const bytes = buffered.subarray(0, count);
    buffered = buffered.subarray(count);
    return bytes;
  };
  const next = async () => {
    const header = await read(HEADER);
    const word = header.readUInt32LE(4);
    const [kind, number] = [word >>> 24, word & 0xffffff];
    const data = kind === DATA ? (await read(number)).toString('latin1') : '';
    return { id: header.readUInt32LE(0), kind, number, data };
  };
  const send = (/** @type {[number, number, string?, number?]} */ ...args) => void peer.write(frame(...args));
  return { socket, send, next, channels };
}

/**
 * @param {number} kind
 * @param {number} id
 * @param {string} [data]
 * @param {number} [number]
 */
function frame(kind, id, data = '', number = data.length) {
  const header = Buffer.alloc(HEADER);
  header.writeUInt32LE(id, 0);
  header.writeUInt32LE(((kind << 24) | number) >>> 0, 4);
  return Buffer.concat([header, Buffer.from(data, 'latin1')]);
}

/**
 * The data of a channel, in as many frames as it comes in.
 * @param {() => Promise<{ id: number, kind: number, data: string }>} next
 * @param {number} id
 * @param {number} length
 */
async function take(next, id, length) {
  let text = '';
  while (text.length < length) {
    const { data, ...rest } = await next();
    assert.deepEqual([rest.id, rest.kind], [id, DATA]);
    text += data;
  }

  return text;
}
