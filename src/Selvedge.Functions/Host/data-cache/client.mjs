// @ts-check
import http from 'node:http';
import { currentInvocation } from '../request-context.mjs';
import { learnPosition } from './position.mjs';

/** @typedef {{ status: number, headers: http.IncomingHttpHeaders, body: Buffer }} Answer */
/** @typedef {{ value: Buffer, isStale: boolean, age: number }} Found The age in milliseconds. */

/** The server is on this machine; what takes longer than this does not come. */
const TIMEOUT = 5000;

/** A page may ask for a thousand items at once; the server answers each in a fraction of a millisecond. */
const MAX_CONNECTIONS = 32;

/** Characters of tags that one request names. */
const MAX_TAGS_LENGTH = 32 * 1024;

// The function may patch it, to trace its requests for one, and these are not its requests.
const sendRequest = http.request;

/**
 * Speaks to the data cache, which the server keeps for all processes of the site.
 *
 * An item that is made anew may be made of what was revalidated meanwhile. So each look remembers the position at which the log of
 * revalidations stood, and what is stored under that key during the same request says so.
 */
export class DataClient {
  #agent = new http.Agent({ keepAlive: true, maxSockets: MAX_CONNECTIONS });
  #socket;
  #authorization;

  /** @type {WeakMap<object, Map<string, number>>} Where the log stood when a request looked for a path. */
  #began = new WeakMap();

  /** @type {Map<number, { tags: Set<string>, sent: Promise<void> }>} What is to be revalidated together, by how long it stays. */
  #batches = new Map();

  /** @param {{ socket: string, token: string }} access */
  constructor({ socket, token }) {
    this.#socket = socket;
    this.#authorization = `Bearer ${token}`;
  }

  /**
   * Looks for an item. One that cannot be had, for whatever reason, has to be made.
   * @param {string} family
   * @param {string} key
   * @param {string[]} [tags] What the reader asks about beside the item's own tags.
   * @param {{ acceptsStale?: boolean }} [options]
   * @returns {Promise<Found | undefined>}
   */
  async find(family, key, tags = [], { acceptsStale = true } = {}) {
    try {
      const headers = tagFields(tags);
      if (acceptsStale) headers['x-selvedge-accept-stale'] = '1';
      const { status, headers: fields, body } = await this.exchange('GET', pathOf(family, key), headers);
      if (status === 404) return undefined;
      if (status !== 200) throw new Error(`The data cache answered ${status}: ${body}`);
      return { value: body, isStale: fields['x-vercel-cache-state'] === 'stale', age: Number(fields['x-selvedge-age']) };
    } catch (error) {
      console.error('The data cache could not be read:', error);
      return undefined;
    }
  }

  /**
   * Stores an item. A cache that does not take it is no reason to fail a request.
   * @param {string} family
   * @param {string} key
   * @param {Buffer} value
   * @param {{ tags?: string[], lifetime?: number }} [options] The lifetime in seconds.
   */
  async store(family, key, value, { tags = [], lifetime } = {}) {
    try {
      const headers = tagFields(tags);
      if (lifetime !== undefined) headers['x-vercel-revalidate'] = String(lifetime);
      const { status, body } = await this.exchange('POST', pathOf(family, key), headers, value);
      if (status !== 200) throw new Error(`The data cache answered ${status}: ${body}`);
    } catch (error) {
      console.error('The data cache could not be written:', error);
    }
  }

  /**
   * Removes an item.
   * @param {string} family
   * @param {string} key
   */
  async remove(family, key) {
    const { status, body } = await this.exchange('DELETE', pathOf(family, key));
    if (status !== 200) throw new Error(`The data cache answered ${status}: ${body}`);
  }

  /**
   * Revalidates tags, in the data cache and in everything that the server has answered. What the current request answers is held back
   * until that is done, so that its client, whatever it asks for next, sees the effect.
   * @param {string[]} tags
   * @param {number} staleFor For how many seconds what carries them may be used as stale; 0 for none, Infinity for as long as it is kept.
   * @returns {Promise<void>}
   */
  revalidate(tags, staleFor) {
    // Next.js tells each of its caches, and here they are one.
    let batch = this.#batches.get(staleFor);
    if (!batch) {
      const collected = /** @type {Set<string>} */ (new Set());
      const sent = Promise.resolve().then(() => {
        this.#batches.delete(staleFor);
        return this.#sendRevalidation([...collected], staleFor);
      });
      batch = { tags: collected, sent };
      this.#batches.set(staleFor, batch);
    }

    for (const tag of tags) batch.tags.add(tag);
    currentInvocation()?.holdBack(batch.sent);
    return batch.sent;
  }

  /**
   * Sends a request of the data cache's protocol.
   * @param {string} method
   * @param {string} path
   * @param {Record<string, string>} [headers]
   * @param {Buffer} [body]
   * @returns {Promise<Answer>}
   */
  async exchange(method, path, headers = {}, body = undefined) {
    const answer = await this.#send(method, path, { ...headers, ...this.#position(method, path) }, body);
    const position = Number(answer.headers['x-selvedge-position'] ?? 0);
    learnPosition(position);
    if (method === 'GET') this.#remember(path, position);
    return answer;
  }

  /**
   * @param {string[]} tags
   * @param {number} staleFor
   */
  async #sendRevalidation(tags, staleFor) {
    for (const list of lists(tags)) {
      const path = `/v1/suspense-cache/revalidate?tags=${list}&stale-for=${staleFor}`;
      const { status, body } = await this.exchange('POST', path);
      if (status !== 200) throw new Error(`Tags could not be revalidated, the data cache answered ${status}: ${body}`);
    }
  }

  /**
   * @param {string} path
   * @param {number} position
   */
  #remember(path, position) {
    const invocation = currentInvocation();
    if (!invocation) return;
    const began = this.#began.get(invocation) ?? new Map();
    this.#began.set(invocation, began);
    // Of two who look at once, each may store: what the first one makes is the older.
    if (!began.has(path)) began.set(path, position);
  }

  /**
   * @param {string} method
   * @param {string} path
   * @returns {Record<string, string>}
   */
  #position(method, path) {
    if (method !== 'POST') return {};
    const invocation = currentInvocation();
    const began = invocation && this.#began.get(invocation);
    const position = began?.get(path) ?? invocation?.position ?? 0;
    began?.delete(path);
    return { 'x-selvedge-position': String(position) };
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {Record<string, string>} headers
   * @param {Buffer | undefined} body
   * @returns {Promise<Answer>}
   */
  async #send(method, path, headers, body) {
    try {
      return await this.#sendOnce(method, path, headers, body);
    } catch (error) {
      // The server closes connections that nobody uses, perhaps just now. Everything here may be done twice.
      if (!(/** @type {any} */ (error).onReusedSocket)) throw error;
      return this.#sendOnce(method, path, headers, body);
    }
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {Record<string, string>} headers
   * @param {Buffer | undefined} body
   * @returns {Promise<Answer>}
   */
  #sendOnce(method, path, headers, body) {
    return new Promise((resolve, reject) => {
      const fields = { ...headers, authorization: this.#authorization };
      if (method !== 'GET') Object.assign(fields, { 'content-length': String(body?.length ?? 0) });
      const request = sendRequest({ socketPath: this.#socket, agent: this.#agent, method, path, headers: fields }, (response) => {
        /** @type {Buffer[]} */
        const chunks = [];
        response
          .on('data', (chunk) => chunks.push(chunk))
          .on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }))
          .on('error', reject);
      });
      request
        .setTimeout(TIMEOUT, () => request.destroy(new Error(`The data cache did not answer within ${TIMEOUT} ms.`)))
        .on('error', (/** @type {NodeJS.ErrnoException} */ error) =>
          reject(Object.assign(error, { onReusedSocket: request.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(error.code ?? '') })),
        )
        .end(body);
    });
  }
}

/**
 * @param {string} family
 * @param {string} key
 */
export const pathOf = (family, key) => `/v1/${family}/${encodeURIComponent(key)}`;

/**
 * @param {string[]} tags
 * @returns {Record<string, string>}
 */
const tagFields = (tags) => (tags.length > 0 ? { 'x-selvedge-tags': tags.map(encode).join(',') } : {});

/** @param {string} text Half of a surrogate pair has no encoding, and no business in a tag. */
const encode = (text) => encodeURIComponent(/** @type {any} */ (text).toWellFormed?.() ?? text);

/**
 * Cuts tags into lists that fit into a request target.
 * @param {string[]} tags
 */
function* lists(tags) {
  let list = '';
  for (const tag of tags.map(encode)) {
    if (list.length > MAX_TAGS_LENGTH) {
      yield list;
      list = '';
    }
    list += list ? `,${tag}` : tag;
  }
  if (list) yield list;
}
