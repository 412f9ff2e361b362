// @ts-check
import { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { knownPosition } from './data-cache/position.mjs';
import { holdBack } from './response-hold.mjs';

/** @typedef {import('./lifecycle.mjs').Lifecycle} Lifecycle */
/** @typedef {{ token: string, maxDuration: number, lifecycle: Lifecycle }} HostState What invocations share; times in milliseconds. */

/** The error text sent to the server ends here; it is for a log. */
const MAX_ERROR_LENGTH = 8 * 1024;

/** @param {unknown} error */
export function describeError(error) {
  return inspect(error, { depth: 3 }).slice(0, MAX_ERROR_LENGTH);
}

/**
 * The request's id, which the server says among the first fields. Read off the raw ones, because `headers` is made when it is first asked
 * for, and many functions never do.
 * @param {string[]} fields Names and values in turn.
 */
function requestId(fields) {
  for (let i = 0; i < fields.length; i += 2) {
    if (fields[i] === 'x-vercel-id') return fields[i + 1];
  }

  return '';
}

/** One request on its way through the function: what belongs to it, and how it fails. */
export class Invocation {
  #host;
  #response;
  #startedAt = performance.now();

  /** Where the data cache's log of revalidations stood, or further back: what this request makes may be made of data as old. */
  position = knownPosition();

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {ServerResponse} response
   * @param {HostState} host
   */
  constructor(request, response, host) {
    this.request = request;
    this.#response = response;
    this.#host = host;
    this.id = requestId(request.rawHeaders);
    response.once('close', host.lifecycle.hold());
  }

  /** The URL that the client asked for. A handler must not learn this process's socket from it. */
  get url() {
    const { headers, url } = this.request;
    return `${headers['x-forwarded-proto'] ?? 'https'}://${headers['x-forwarded-host'] ?? headers.host ?? 'localhost'}${url}`;
  }

  /**
   * Lets nothing of the response leave until some work settles.
   * @param {Promise<unknown>} work
   */
  holdBack(work) {
    holdBack(this.#response, work);
  }

  /**
   * Gives the response tags by which the server's cache may be told to forget it.
   * @param {string | string[]} tags
   */
  addCacheTag = async (tags) => {
    if (!this.#response.headersSent) this.#response.appendHeader('vercel-cache-tag', [tags].flat().join(','));
  };

  /**
   * Keeps the process alive until the work settles, or until the invocation's time is over. Failure of the work is logged and goes
   * no further: the response may be long gone.
   * @param {unknown} work A promise, or a function that returns one.
   */
  waitUntil = (work) => {
    const promise = typeof work === 'function' ? work() : work;
    if (typeof promise?.then !== 'function') {
      throw new TypeError(`waitUntil takes a promise, not ${promise === null ? 'null' : typeof promise}.`);
    }

    const release = this.#host.lifecycle.hold();
    const left = Math.max(0, this.#host.maxDuration - (performance.now() - this.#startedAt));
    const timer = setTimeout(() => {
      console.error('Work given to waitUntil is not finished when the time of its request is over; it is no longer waited for.');
      release();
    }, left).unref();
    Promise.resolve(promise)
      .catch((error) => console.error('Work given to waitUntil failed:', error))
      .finally(() => {
        clearTimeout(timer);
        release();
      });
  };

  /**
   * Ends the request as failed. The server makes the answer: it gets the error in a response that carries the token, which tells it
   * from anything that a function writes. Once a response has begun, all that is left is to break it off.
   * @param {unknown} error
   */
  fail(error) {
    const response = this.#response;
    // Work for a client that is gone is meant to end so.
    if (response.destroyed && /** @type {any} */ (error)?.name === 'AbortError') return;
    if (response.writableEnded || response.destroyed) {
      console.error('After the response:', error);
    } else if (response.headersSent) {
      console.error('In the middle of the response, which is broken off:', error);
      response.destroy();
    } else {
      for (const name of response.getHeaderNames()) response.removeHeader(name);
      const body = Buffer.from(describeError(error));
      // The prototype's methods, because the function's own may be wrapped, by a compressing middleware for one.
      ServerResponse.prototype.writeHead.call(response, 500, {
        'x-selvedge-error': this.#host.token,
        'content-length': body.length,
      });
      /** @type {any} */ (ServerResponse.prototype.end).call(response, body);
    }
  }

  /** Answers that the function returned nothing, which the server tells from an empty response by the token. */
  answerEmpty() {
    this.#response.writeHead(200, { 'x-selvedge-empty': this.#host.token, 'content-length': 0 }).end();
  }
}
