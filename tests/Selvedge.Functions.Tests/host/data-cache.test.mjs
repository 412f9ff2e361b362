// @ts-check
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { mock, test } from 'node:test';
import { DataClient } from '../function-host/data-cache/client.mjs';
import { scopeLastResponse } from '../function-host/data-cache/last-response.mjs';
import { createCacheHandlers } from '../function-host/data-cache/next.mjs';
import { createPurge, createRuntimeCache } from '../function-host/data-cache/runtime-cache.mjs';
import { HOST, withSuspenseCache } from '../function-host/data-cache/suspense-cache.mjs';
import { Invocation } from '../function-host/invocation.mjs';
import { Lifecycle } from '../function-host/lifecycle.mjs';
import { runInvocation } from '../function-host/request-context.mjs';
import { startDataCache } from './data-cache-server.mjs';

/** @typedef {Awaited<ReturnType<typeof startDataCache>>} FakeCache */

/**
 * @param {Parameters<typeof startDataCache>[0]} answer
 * @param {(client: DataClient, cache: FakeCache) => Promise<void>} use
 */
async function withCache(answer, use) {
  const cache = await startDataCache(answer);
  try {
    await use(new DataClient({ socket: cache.socket, token: '7.secret' }), cache);
  } finally {
    await cache.close();
  }
}

/**
 * @template T
 * @param {() => T} work
 * @param {Record<string, string>} [headers]
 * @returns {T}
 */
function inRequest(work, headers = {}) {
  const response = Object.assign(new EventEmitter(), { write() {}, end() {}, flushHeaders() {} });
  const host = { token: 't', maxDuration: 1000, lifecycle: new Lifecycle() };
  const request = { headers, rawHeaders: Object.entries(headers).flat(), url: '/' };
  return runInvocation(new Invocation(/** @type {any} */ (request), /** @type {any} */ (response), host), work);
}

/** @param {() => Promise<void>} work */
async function silently(work) {
  const error = mock.method(console, 'error', () => {});
  try {
    await work();
  } finally {
    error.mock.restore();
  }
  return error.mock.callCount();
}

const fetched = { kind: 'FETCH', data: { headers: {}, body: 'e30=', status: 200, url: 'u' }, revalidate: 60 };
const found = (/** @type {any} */ value, /** @type {Record<string, string>} */ headers = {}) => ({
  headers: { 'x-vercel-cache-state': 'fresh', 'x-selvedge-age': '0', ...headers },
  body: typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value),
});

test('requests show the token', () =>
  withCache(
    () => undefined,
    async (client, { seen }) => {
      await client.find('runtime-cache', 'k');
      assert.equal(seen[0].headers.authorization, 'Bearer 7.secret');
    },
  ));

test('a key is one segment of the path, whatever it holds', () =>
  withCache(
    () => undefined,
    async (client, { seen }) => {
      await client.find('runtime-cache', 'a/b?c#ü%2F');
      assert.equal(seen[0].url, '/v1/runtime-cache/a%2Fb%3Fc%23%C3%BC%252F');
    },
  ));

test('an item is stored with the position at which it was looked for', () =>
  withCache(
    ({ method }) => (method === 'GET' ? { status: 404, headers: { 'x-selvedge-position': '12' } } : {}),
    async (client, { seen }) => {
      await inRequest(async () => {
        await client.find('suspense-cache', 'k');
        await client.store('suspense-cache', 'k', Buffer.from('v'));
      });
      assert.equal(seen[1].headers['x-selvedge-position'], '12');
    },
  ));

test('of two looks in one request, the first one counts', () => {
  let position = 20;
  return withCache(
    ({ method }) => (method === 'GET' ? { status: 404, headers: { 'x-selvedge-position': String(++position) } } : {}),
    async (client, { seen }) => {
      await inRequest(async () => {
        await client.find('suspense-cache', 'k');
        await client.find('suspense-cache', 'k');
        await client.store('suspense-cache', 'k', Buffer.from('v'));
      });
      assert.equal(seen[2].headers['x-selvedge-position'], '21');
    },
  );
});

test('an item that nobody looked for began no later than its request', () => {
  let position = 499;
  return withCache(
    () => ({ headers: { 'x-selvedge-position': String(++position) } }),
    async (client, { seen }) => {
      await client.revalidate(['a'], 0);
      await inRequest(async () => {
        await client.revalidate(['b'], 0);
        await client.store('suspense-cache', 'k', Buffer.from('v'));
      });
      assert.equal(seen[2].headers['x-selvedge-position'], '500');
    },
  );
});

test('outside a request, an item counts as begun long ago', () =>
  withCache(
    () => ({ headers: { 'x-selvedge-position': '12' } }),
    async (client, { seen }) => {
      await client.store('suspense-cache', 'k', Buffer.from('v'));
      assert.equal(seen[0].headers['x-selvedge-position'], '0');
    },
  ));

test('what is revalidated in one go is sent in one request', () =>
  withCache(
    () => ({}),
    async (client, { seen }) => {
      await Promise.all([client.revalidate(['a', 'b,c'], 0), client.revalidate(['a'], 0), client.revalidate(['d'], Infinity)]);
      assert.deepEqual(
        seen.map(({ url }) => url),
        [
          '/v1/suspense-cache/revalidate?tags=a,b%2Cc&stale-for=0',
          '/v1/suspense-cache/revalidate?tags=d&stale-for=Infinity',
        ],
      );
    },
  ));

test('many tags are sent in several requests', () =>
  withCache(
    () => ({}),
    async (client, { seen }) => {
      const tags = Array.from({ length: 300 }, (_, i) => `${i}`.padEnd(1000, 'x'));
      await client.revalidate(tags, 0);
      const sent = seen.flatMap(({ url }) => url.split('tags=')[1].split('&')[0].split(','));
      assert.deepEqual(sent, tags);
      assert.ok(seen.length > 1 && seen.every(({ url }) => url.length < 40_000));
    },
  ));

test('a revalidation that fails is told to whoever asked for it', () =>
  withCache(
    () => ({ status: 500, body: 'no' }),
    async (client) => {
      await assert.rejects(client.revalidate(['a'], 0), /answered 500: no/);
    },
  ));

test('a cache that cannot be reached holds nothing and fails nobody', async () => {
  const client = new DataClient({ socket: '/nowhere/data', token: '1.x' });
  const logged = await silently(async () => {
    assert.equal(await client.find('runtime-cache', 'k'), undefined);
    await client.store('runtime-cache', 'k', Buffer.from('v'));
  });
  assert.equal(logged, 2);
});

test('a connection that was closed meanwhile is made again', () =>
  withCache(
    () => undefined,
    async (client, { server, seen }) => {
      await client.find('runtime-cache', 'a');
      let refused = false;
      server.prependOnceListener('request', (request) => {
        refused = true;
        request.socket.destroy();
      });
      assert.equal(await client.find('runtime-cache', 'b'), undefined);
      assert.ok(refused && seen.length >= 2);
    },
  ));

test('Next.js finds its fetches, with their age', () =>
  withCache(
    () => found(fetched, { 'x-selvedge-age': '5000' }),
    async (client, { seen }) => {
      const handler = new (createCacheHandlers(client).FetchCache)();
      const entry = await handler.get('key', { kind: 'FETCH', tags: ['t'], softTags: ['_N_T_/a b'] });
      assert.deepEqual(entry?.value, fetched);
      assert.ok(Math.abs(Date.now() - 5000 - (entry?.lastModified ?? 0)) < 2000);
      assert.equal(seen[0].url, '/v1/suspense-cache/key');
      assert.equal(seen[0].headers['x-selvedge-tags'], 't,_N_T_%2Fa%20b');
    },
  ));

test('a fetch whose tag was revalidated softly is older than any lifetime', () =>
  withCache(
    () => found(fetched, { 'x-vercel-cache-state': 'stale' }),
    async (client) => {
      const entry = await new (createCacheHandlers(client).FetchCache)().get('key', { kind: 'FETCH' });
      const age = (Date.now() - (entry?.lastModified ?? 0)) / 1000;
      assert.ok(age > 0xfffffffe, 'what Next.js takes for infinite');
    },
  ));

test('a tag that the request says was revalidated makes it look no further', () =>
  withCache(
    () => found(fetched),
    async (client, { seen }) => {
      const handler = new (createCacheHandlers(client).FetchCache)({ revalidatedTags: ['t'] });
      assert.equal(await handler.get('key', { kind: 'FETCH', softTags: ['t'] }), null);
      assert.equal(seen.length, 0);
    },
  ));

test('pages are not data', () =>
  withCache(
    () => found(fetched),
    async (client, { seen }) => {
      const handler = new (createCacheHandlers(client).FetchCache)();
      assert.equal(await handler.get('/page', { kind: 'APP_PAGE' }), null);
      await handler.set('/page', { kind: 'APP_PAGE' }, {});
      assert.equal(seen.length, 0);
    },
  ));

test('Next.js stores its fetches, with their tags', () =>
  withCache(
    () => ({}),
    async (client, { seen }) => {
      await new (createCacheHandlers(client).FetchCache)().set('key', fetched, { fetchCache: true, tags: ['a', 'ü'] });
      assert.deepEqual(JSON.parse(seen[0].body), fetched);
      assert.equal(seen[0].headers['x-selvedge-tags'], 'a,%C3%BC');
    },
  ));

for (const [durations, staleFor] of /** @type {const} */ ([
  [undefined, '0'],
  [{ expire: 0 }, '0'],
  [{ expire: 31536000 }, '31536000'],
  [{}, 'Infinity'],
])) {
  test(`a revalidation with the profile ${JSON.stringify(durations)} lets stale data live for ${staleFor}`, () =>
    withCache(
      () => ({}),
      async (client, { seen }) => {
        const handlers = createCacheHandlers(client);
        await Promise.all([
          new handlers.FetchCache().revalidateTag(['a'], durations),
          handlers.DefaultCache.updateTags(['a'], durations),
        ]);
        assert.deepEqual(
          seen.map(({ url }) => url),
          [`/v1/suspense-cache/revalidate?tags=a&stale-for=${staleFor}`],
        );
      },
    ));
}

test('Next.js 15 revalidates by a name of its own, and says what another process has revalidated', () =>
  withCache(
    () => ({}),
    async (client, { seen }) => {
      const handler = createCacheHandlers(client).DefaultCache;
      await handler.receiveExpiredTags();
      await handler.expireTags('a', 'b');
      assert.deepEqual(
        seen.map(({ url }) => url),
        ['/v1/suspense-cache/revalidate?tags=a,b&stale-for=0'],
      );
    },
  ));

test('an entry of use cache comes back as it was stored', () => {
  /** @type {Map<string, Buffer>} */
  const stored = new Map();
  return withCache(
    ({ method, url, body }) => {
      if (method === 'GET') return stored.has(url) ? found(/** @type {any} */ (stored.get(url))) : undefined;
      stored.set(url, Buffer.from(body));
      return {};
    },
    async (client, { seen }) => {
      const handler = createCacheHandlers(client).DefaultCache;
      const value = new Response('line 1\nline 2').body;
      const entry = { tags: ['a'], stale: 300, timestamp: 5, expire: 900, revalidate: 60 };
      await handler.set('["args"]', Promise.resolve({ ...entry, value }));
      const again = await handler.get('["args"]', ['_N_T_/p']);
      const { value: stream, ...rest } = again;
      assert.deepEqual(rest, entry);
      assert.equal(await new Response(stream).text(), 'line 1\nline 2');
      assert.equal(seen[0].headers['x-vercel-revalidate'], '900');
      assert.equal(seen[1].headers['x-selvedge-tags'], '_N_T_%2Fp');
    },
  );
});

test('who looks for an entry of use cache that is being stored waits for it', () => {
  let body = '';
  return withCache(
    (request) => {
      if (request.method === 'GET') return body ? found(body) : undefined;
      body = request.body;
      return {};
    },
    async (client) => {
      const handler = createCacheHandlers(client).DefaultCache;
      /** @type {(entry: any) => void} */
      let complete = () => {};
      const stored = handler.set('k', new Promise((resolve) => (complete = resolve)));
      const looked = handler.get('k');
      complete({ tags: [], stale: 0, timestamp: 1, expire: 900, revalidate: 60, value: new Response('v').body });
      await stored;
      assert.equal((await looked)?.timestamp, 1);
    },
  );
});

test('an entry of use cache whose making fails is not stored, and nobody waits for it for ever', () =>
  withCache(
    () => undefined,
    async (client, { seen }) => {
      const handler = createCacheHandlers(client).DefaultCache;
      const logged = await silently(async () => {
        await handler.set('k', Promise.reject(new Error('x')));
        assert.equal(await handler.get('k'), undefined);
      });
      assert.equal(logged, 1);
      assert.deepEqual(
        seen.map(({ method }) => method),
        ['GET'],
      );
    },
  ));

test('an entry that may not be used again is not stored', () =>
  withCache(
    () => undefined,
    async (client, { seen }) => {
      const value = new Response('v').body;
      const entry = { tags: [], stale: 0, timestamp: 1, expire: 0, revalidate: 0, value };
      await createCacheHandlers(client).DefaultCache.set('k', Promise.resolve(entry));
      assert.equal(seen.length, 0);
    },
  ));

test('a stale entry of use cache asks for a refresh', () => {
  const head = Buffer.from(JSON.stringify({ revalidate: 60 }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  return withCache(
    () => found(Buffer.concat([length, head]), { 'x-vercel-cache-state': 'stale' }),
    async (client) => {
      assert.equal((await createCacheHandlers(client).RemoteCache.get('k'))?.revalidate, -1);
    },
  );
});

test('the runtime cache keeps what JSON can say', () => {
  /** @type {Map<string, string>} */
  const stored = new Map();
  return withCache(
    ({ method, url, body }) => {
      if (method === 'GET') return stored.has(url) ? found(stored.get(url)) : undefined;
      if (method === 'POST') stored.set(url, body);
      if (method === 'DELETE') stored.delete(url);
      return {};
    },
    async (client, { seen }) => {
      const cache = createRuntimeCache(client, JSON.parse);
      await cache.set('k', { a: [1, 'ü'] }, { ttl: 30, tags: ['t'] });
      assert.deepEqual(await cache.get('k'), { a: [1, 'ü'] });
      await cache.delete('k');
      assert.equal(await cache.get('k'), null);
      await cache.set('k', undefined);
      assert.equal(await cache.get('k'), null);
      assert.equal(seen[0].headers['x-vercel-revalidate'], '30');
      assert.equal(seen[1].headers['x-selvedge-accept-stale'], undefined);
    },
  );
});

test('purging by tag marks as stale or deletes, now or at a deadline', () =>
  withCache(
    () => ({}),
    async (client, { seen }) => {
      const purge = createPurge(client);
      await purge.invalidateByTag('a');
      await purge.dangerouslyDeleteByTag(['b', 'c']);
      await purge.dangerouslyDeleteByTag('d', { revalidationDeadlineSeconds: 10 });
      await createRuntimeCache(client, JSON.parse).expireTag('e');
      assert.deepEqual(
        seen.map(({ url }) => url.split('?')[1]),
        ['tags=a&stale-for=Infinity', 'tags=b,c&stale-for=0', 'tags=d&stale-for=10', 'tags=e&stale-for=0'],
      );
    },
  ));

test('what Next.js 14 fetches from its cache is the data cache', () =>
  withCache(
    ({ method }) => (method === 'GET' ? found(fetched, { age: '3', 'x-selvedge-position': '9' }) : {}),
    async (client, { seen }) => {
      const fetch = withSuspenseCache(async () => assert.fail(), client);
      const url = `http://${HOST}/v1/suspense-cache/abc`;
      await inRequest(async () => {
        const response = await fetch(url, { method: 'GET', headers: { 'x-vercel-cache-tags': 'a,b' } });
        assert.deepEqual(await response.json(), fetched);
        assert.equal(response.headers.get('age'), '3');
        assert.equal(response.headers.get('x-vercel-cache-state'), 'fresh');
        await fetch(url, { method: 'POST', body: '{"ü":1}' });
        await fetch(`http://${HOST}/v1/suspense-cache/revalidate?tags=a,_N_T_%2Fb`, { method: 'POST' });
      });
      assert.equal(seen[0].headers['x-vercel-cache-tags'], 'a,b');
      assert.equal(seen[1].body, '{"ü":1}');
      assert.equal(seen[1].headers['x-selvedge-position'], '9');
      assert.equal(seen[2].url, '/v1/suspense-cache/revalidate?tags=a,_N_T_%2Fb&stale-for=0');
    },
  ));

test('other fetches are none of the data cache', async () => {
  const response = new Response();
  const fetch = withSuspenseCache(async () => response, /** @type {any} */ (undefined));
  assert.equal(await fetch('https://example.com/?u=data-cache.invalid'), response);
  assert.equal(await fetch(new URL('https://example.com')), response);
});

test('what Next.js 14 keeps of its last page is for requests of the same invocation', async () => {
  scopeLastResponse();
  try {
    const cache = /** @type {any} */ (new (class ResponseCache {})());
    const ask = (/** @type {Record<string, string>} */ headers, /** @type {() => unknown} */ work) => inRequest(work, headers);
    ask({ 'x-invocation-id': '1' }, () => (cache.previousCacheItem = 'page'));
    assert.equal(
      ask({ 'x-invocation-id': '1' }, () => cache.previousCacheItem),
      'page',
    );
    assert.equal(
      ask({ 'x-invocation-id': '2' }, () => cache.previousCacheItem),
      undefined,
    );
    ask({}, () => (cache.previousCacheItem = 'page'));
    assert.equal(
      ask({}, () => cache.previousCacheItem),
      undefined,
    );
    assert.deepEqual({ ...cache }, {});
  } finally {
    delete (/** @type {any} */ (Object.prototype).previousCacheItem);
  }
});
