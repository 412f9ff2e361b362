// @ts-check

/** @typedef {import('./client.mjs').DataClient} DataClient */

/**
 * What `getCache()` of `@vercel/functions` gives: the runtime cache.
 * @param {DataClient} client
 * @param {typeof JSON.parse} parse Of the realm whose plain objects the values are to be.
 */
export function createRuntimeCache(client, parse) {
  return {
    /** @param {string} key */
    async get(key) {
      const found = await client.find('runtime-cache', key, [], { acceptsStale: false });
      return found ? parse(found.value.toString()) : null;
    },

    /**
     * @param {string} key
     * @param {unknown} value
     * @param {{ ttl?: number, tags?: string[] }} [options] The time to live in seconds.
     */
    async set(key, value, { ttl, tags } = {}) {
      const body = Buffer.from(JSON.stringify(value ?? null));
      await client.store('runtime-cache', key, body, { tags, lifetime: ttl });
    },

    /** @param {string} key */
    delete: (key) => client.remove('runtime-cache', key),

    /** @param {string | string[]} tag */
    expireTag: (tag) => client.revalidate([tag].flat(), 0),
  };
}

/**
 * What `invalidateByTag` and its like in `@vercel/functions` call.
 * @param {DataClient} client
 */
export function createPurge(client) {
  return {
    /** @param {string | string[]} tag */
    invalidateByTag: (tag) => client.revalidate([tag].flat(), Infinity),

    /**
     * @param {string | string[]} tag
     * @param {{ revalidationDeadlineSeconds?: number }} [options]
     */
    dangerouslyDeleteByTag: (tag, { revalidationDeadlineSeconds = 0 } = {}) =>
      client.revalidate([tag].flat(), revalidationDeadlineSeconds),

    // No transformed images are kept, so there are none to purge.
    async invalidateBySrcImage() {},
    async dangerouslyDeleteBySrcImage() {},
  };
}
