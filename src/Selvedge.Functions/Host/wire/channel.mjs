// @ts-check
import { AsyncResource } from 'node:async_hooks';
import net from 'node:net';
import { WINDOW } from './frames.mjs';

/** @typedef {import('./link.mjs').Link} Link */

/**
 * One of the connections that share a link. To whoever has it, the HTTP server of Node.js to begin with, it is a socket like any other:
 * it is read and written as one, has a `close` event, can be destroyed, and holds its writer back while the other side does not read.
 */
export class Channel extends net.Socket {
  #link;
  #id;

  /** Bytes that the other side still takes. */
  #credit = WINDOW;

  /** Bytes that have arrived in all. */
  #arrived = 0;

  /** Bytes that have been taken and that the other side has not been told of. */
  #taken = 0;

  /** @type {Buffer[]} What has been written, and waits for credit. */
  #unsent = [];

  /** @type {((error?: Error | null) => void) | undefined} Says that what waits has been sent. */
  #written;

  /**
   * @param {Link} link
   * @param {number} id
   */
  constructor(link, id) {
    super({ allowHalfOpen: true });
    this.#link = link;
    this.#id = id;
    // There is no half of a channel to leave open: nobody sends a request to whoever does not answer any more.
    this.once('finish', this.destroy);
  }

  /**
   * Takes what the other side has sent.
   * @param {Buffer} bytes
   */
  deliver(bytes) {
    this.#arrived += bytes.length;
    this.#taken += bytes.length;
    // Counts as activity for whoever has set a timeout.
    /** @type {any} */ (this)._unrefTimer();
    if (this.push(bytes)) this.#acknowledge();
  }

  /**
   * Sends what has waited for credit.
   * @param {number} bytes
   */
  grant(bytes) {
    this.#credit += bytes;
    while (this.#unsent.length > 0 && this.#credit > 0) {
      const rest = this.#send(/** @type {Buffer} */ (this.#unsent.shift()));
      if (rest) this.#unsent.unshift(rest);
    }

    if (this.#unsent.length === 0) {
      const written = this.#written;
      this.#written = undefined;
      written?.();
    }
  }

  /** @override */
  _read() {
    this.#acknowledge();
  }

  /**
   * @override
   * @param {any} chunk
   * @param {BufferEncoding} encoding
   * @param {(error?: Error | null) => void} callback
   */
  _write(chunk, encoding, callback) {
    this.#write(chunk, encoding);
    this.#settle(callback);
  }

  /**
   * @override
   * @param {{ chunk: any, encoding: BufferEncoding }[]} chunks
   * @param {(error?: Error | null) => void} callback
   */
  _writev(chunks, callback) {
    for (const { chunk, encoding } of chunks) this.#write(chunk, encoding);
    this.#settle(callback);
  }

  /**
   * @override
   * @param {(error?: Error | null) => void} callback
   */
  _final(callback) {
    callback();
  }

  /**
   * @override
   * @param {Error | null} error
   * @param {(error?: Error | null) => void} callback
   */
  _destroy(error, callback) {
    this.#link.close(this.#id, this.#arrived);
    this.#unsent = [];
    super._destroy(error, callback);
  }

  /**
   * @param {string | Buffer} chunk
   * @param {BufferEncoding} encoding
   */
  #write(chunk, encoding) {
    /** @type {any} */ (this)._unrefTimer();
    if (typeof chunk === 'string') {
      // Three bytes are the most that a character of a string takes in any encoding.
      if (this.#unsent.length === 0 && chunk.length * 3 <= this.#credit) {
        this.#credit -= this.#link.sendText(this.#id, chunk, encoding);
        return;
      }

      chunk = Buffer.from(chunk, encoding);
    }

    const rest = this.#unsent.length === 0 ? this.#send(chunk) : chunk;
    if (rest) this.#unsent.push(rest);
  }

  /**
   * Sends as much as there is credit for.
   * @param {Buffer} bytes
   * @returns {Buffer | undefined} What is left.
   */
  #send(bytes) {
    const count = Math.min(bytes.length, this.#credit);
    this.#credit -= count;
    if (count === bytes.length) {
      this.#link.send(this.#id, bytes);
      return undefined;
    }

    this.#link.send(this.#id, bytes.subarray(0, count));
    return bytes.subarray(count);
  }

  /** @param {(error?: Error | null) => void} callback */
  #settle(callback) {
    // Credit comes with no request, and what happens then belongs to the one that has written.
    if (this.#unsent.length > 0) this.#written = AsyncResource.bind(callback);
    else callback();
  }

  #acknowledge() {
    if (this.#taken < WINDOW / 2) return;
    this.#link.credit(this.#id, this.#taken);
    this.#taken = 0;
  }
}
