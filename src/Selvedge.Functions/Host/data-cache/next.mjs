// @ts-check
import { createHash } from 'node:crypto';

/** @typedef {import('./client.mjs').DataClient} DataClient */
/** @typedef {{ expire?: number } | undefined} Durations What a profile says of a revalidation, in seconds. */

/** A time of storing that is beyond every lifetime, in milliseconds since the Unix epoch. */
const LONG_AGO = -8.64e15;

/**
 * Makes what Next.js 15 and later look for under `Symbol.for('@next/cache-handlers')`: the class behind its `fetch` and
 * `unstable_cache`, and the objects behind `use cache`.
 * @param {DataClient} client
 */
export function createCacheHandlers(client) {
  const useCache = createUseCacheHandler(client);
  return { FetchCache: createFetchCache(client), DefaultCache: useCache, RemoteCache: useCache };
}

/**
 * How long what carries a tag may be used as stale, in seconds. No profile at all means not any longer.
 * @param {Durations} durations
 */
const staleFor = (durations) => (durations ? (durations.expire ?? Infinity) : 0);

/** @param {DataClient} client */
export function createFetchCache(client) {
  return class FetchCache {
    #revalidatedTags;

    /** @param {{ revalidatedTags?: string[] }} [context] The tags that the request itself says were revalidated. */
    constructor({ revalidatedTags = [] } = {}) {
      this.#revalidatedTags = new Set(revalidatedTags);
    }

    /**
     * @param {string} key
     * @param {{ kind?: string, kindHint?: string, tags?: string[], softTags?: string[] }} [context]
     */
    async get(key, { kind, kindHint, tags = [], softTags = [] } = {}) {
      // Pages are kept by the server, where everybody finds them.
      if (kind !== 'FETCH' && kindHint !== 'fetch') return null;
      const asked = [...tags, ...softTags];
      if (asked.some((tag) => this.#revalidatedTags.has(tag))) return null;
      const found = await client.find('suspense-cache', key, asked);
      // Next.js judges the age: how long it may be depends on who asks.
      return found
        ? { value: JSON.parse(found.value.toString()), lastModified: found.isStale ? LONG_AGO : Date.now() - found.age }
        : null;
    }

    /**
     * @param {string} key
     * @param {any} value
     * @param {{ fetchCache?: boolean, tags?: string[] }} [context]
     */
    async set(key, value, { fetchCache, tags } = {}) {
      if (!fetchCache || !value) return;
      const body = Buffer.from(JSON.stringify({ ...value, tags: undefined }));
      await client.store('suspense-cache', key, body, { tags: tags ?? value.tags });
    }

    /**
     * @param {string | string[]} tags
     * @param {Durations} [durations]
     */
    async revalidateTag(tags, durations) {
      await client.revalidate([tags].flat(), staleFor(durations));
    }

    /** Nothing is kept for the length of a request. */
    resetRequestCache() {}
  };
}

/**
 * The interface is `next/dist/server/lib/cache-handlers/types.d.ts`, in what it has been since Next.js 15.
 * @param {DataClient} client
 */
export function createUseCacheHandler(client) {
  /** @type {Map<string, Promise<void>>} What is being stored: whoever looks for it meanwhile waits. */
  const pending = new Map();

  /**
   * @param {string} key
   * @param {Promise<any>} pendingEntry
   */
  const store = async (key, pendingEntry) => {
    const { value, ...entry } = await pendingEntry;
    const bytes = Buffer.from(await new Response(value).arrayBuffer());
    // What may not be used again is made anew at each request.
    if (entry.expire === 0) return;
    const head = Buffer.from(JSON.stringify(entry));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(head.length);
    await client.store('use-cache', key, Buffer.concat([length, head, bytes]), { tags: entry.tags, lifetime: entry.expire });
  };

  return {
    /**
     * @param {string} cacheKey
     * @param {string[]} softTags
     */
    async get(cacheKey, softTags = []) {
      const key = digest(cacheKey);
      await pending.get(key);
      const found = await client.find('use-cache', key, softTags);
      if (!found) return undefined;
      const end = 4 + found.value.readUInt32LE(0);
      const entry = JSON.parse(found.value.toString('utf8', 4, end));
      const bytes = new Uint8Array(found.value.subarray(end));
      return {
        ...entry,
        // Lies in the past, and so asks for a refresh.
        revalidate: found.isStale ? -1 : entry.revalidate,
        value: new ReadableStream({
          start(controller) {
            controller.enqueue(bytes);
            controller.close();
          },
        }),
      };
    },

    /**
     * @param {string} cacheKey
     * @param {Promise<any>} pendingEntry
     */
    async set(cacheKey, pendingEntry) {
      const key = digest(cacheKey);
      const stored = store(key, pendingEntry).catch((error) => console.error('An entry of "use cache" could not be kept:', error));
      pending.set(key, stored);
      await stored;
      if (pending.get(key) === stored) pending.delete(key);
    },

    /** The server knows them all. */
    async refreshTags() {},

    /** Says that `get` looks at the tags of the path itself. */
    async getExpiration() {
      return Infinity;
    },

    /**
     * @param {string[]} tags
     * @param {Durations} [durations]
     */
    async updateTags(tags, durations) {
      await client.revalidate(tags, staleFor(durations));
    },

    /**
     * What Next.js 15 calls instead, without asking whether it is there: server actions fail where it is not.
     * @param {string[]} tags
     */
    async expireTags(...tags) {
      await client.revalidate(tags, staleFor(undefined));
    },

    /** Tells Next.js 15.2 and earlier what another process has revalidated. The server knows that as well. */
    async receiveExpiredTags() {},
  };
}

/** @param {string} cacheKey The arguments of the call, of any length. */
const digest = (cacheKey) => createHash('sha256').update(cacheKey).digest('hex');
