// @ts-check
import { performance } from 'node:perf_hooks';
import { Channel } from './channel.mjs';
import { CLOSE, CREDIT, DATA, HEADER, MAX_DATA, OPEN } from './frames.mjs';

/** Bytes that are gathered before they are sent. */
const BUFFER = 128 * 1024;

/** Milliseconds that what is gathered may wait without anybody minding. */
const PATIENCE = 1;

/** Milliseconds for which nothing is gathered once something had to wait for longer. */
const HASTE = 1000;

// The function may replace them.
const now = performance.now.bind(performance);
const nextTick = process.nextTick.bind(process);

/**
 * A connection to the server that carries many: what arrives in one read are the requests of many clients, and their answers leave in one
 * write. A system call for each would cost more than all else that is done for a small request.
 */
export class Link {
  #socket;
  #accept;

  /** @type {Map<number, Channel>} */
  #channels = new Map();

  /** The beginning of a frame whose rest has not arrived. */
  #partial = Buffer.alloc(HEADER);
  #partialLength = 0;

  /** Bytes of the current frame that are still to come, and whose they are. */
  #left = 0;

  /** @type {Channel | undefined} */
  #receiver;

  #out = Buffer.allocUnsafeSlow(BUFFER);
  #used = 0;
  #scheduledAt = -1;
  #hastyUntil = 0;
  #flushSoon = () => this.#onTick();

  /**
   * @param {import('node:net').Socket} socket
   * @param {(channel: Channel) => void} accept Takes a channel that the server opens.
   */
  constructor(socket, accept) {
    this.#socket = socket;
    this.#accept = accept;
    socket.on('data', (/** @type {Buffer} */ bytes) => this.#receive(bytes));
    socket.on('error', () => {});
    // A function may end the process as soon as it has answered.
    const flush = () => this.#flush();
    process.on('exit', flush);
    socket.on('close', () => {
      process.off('exit', flush);
      for (const channel of this.#channels.values()) channel.destroy();
    });
  }

  /**
   * Sends bytes on a channel, which has the credit for them.
   * @param {number} id
   * @param {Buffer} bytes
   */
  send(id, bytes) {
    for (let at = 0; at < bytes.length; at += MAX_DATA) {
      const piece = bytes.subarray(at, at + MAX_DATA);
      this.#reserve(HEADER + piece.length);
      this.#writeHeader(id, DATA, piece.length);
      this.#out.set(piece, this.#used);
      this.#used += piece.length;
    }

    this.#schedule();
  }

  /**
   * Sends a text, which is written where it leaves from.
   * @param {number} id
   * @param {string} text
   * @param {BufferEncoding} encoding
   * @returns {number} Its bytes.
   */
  sendText(id, text, encoding) {
    if (text.length === 0) return 0;
    if (text.length * 3 > MAX_DATA) {
      const bytes = Buffer.from(text, encoding);
      this.send(id, bytes);
      return bytes.length;
    }

    this.#reserve(HEADER + text.length * 3);
    const start = this.#used + HEADER;
    const count = this.#out.write(text, start, encoding);
    this.#writeHeader(id, DATA, count);
    this.#used += count;
    this.#schedule();
    return count;
  }

  /**
   * Lets the other side send more on a channel.
   * @param {number} id
   * @param {number} bytes
   */
  credit(id, bytes) {
    if (!this.#channels.has(id)) return;
    this.#reserve(HEADER);
    this.#writeHeader(id, CREDIT, bytes);
    this.#schedule();
  }

  /**
   * Tells that a channel is closed, unless that is known.
   * @param {number} id
   * @param {number} arrived The bytes that have arrived on it.
   */
  close(id, arrived) {
    if (!this.#channels.delete(id)) return;
    this.#reserve(HEADER);
    this.#writeHeader(id, CLOSE, arrived % 2 ** 24);
    this.#schedule();
  }

  /** @param {Buffer} bytes */
  #receive(bytes) {
    let at = 0;
    while (at < bytes.length) {
      if (this.#left > 0) {
        const piece = bytes.subarray(at, at + this.#left);
        at += piece.length;
        this.#left -= piece.length;
        this.#receiver?.deliver(piece);
      } else if (this.#partialLength > 0 || bytes.length - at < HEADER) {
        const count = bytes.copy(this.#partial, this.#partialLength, at, at + HEADER - this.#partialLength);
        at += count;
        this.#partialLength += count;
        if (this.#partialLength === HEADER) {
          this.#partialLength = 0;
          this.#onFrame(this.#partial, 0);
        }
      } else {
        this.#onFrame(bytes, at);
        at += HEADER;
      }
    }
  }

  /**
   * @param {Buffer} bytes
   * @param {number} at
   */
  #onFrame(bytes, at) {
    const id = bytes.readUInt32LE(at);
    const word = bytes.readUInt32LE(at + 4);
    const number = word & 0xffffff;
    const channel = this.#channels.get(id);
    switch (word >>> 24) {
      case DATA:
        this.#left = number;
        // None if the channel has been closed here, which the server does not know yet.
        this.#receiver = channel;
        break;
      case CREDIT:
        channel?.grant(number);
        break;
      case OPEN:
        this.#open(id);
        break;
      case CLOSE:
        this.#channels.delete(id);
        channel?.destroy();
        break;
      default:
        // The two do not speak the same language, and there is nothing that either could mean.
        this.#socket.destroy();
    }
  }

  /** @param {number} id */
  #open(id) {
    const channel = new Channel(this, id);
    this.#channels.set(id, channel);
    this.#accept(channel);
  }

  /** @param {number} bytes */
  #reserve(bytes) {
    if (this.#used + bytes > BUFFER) this.#flush();
  }

  /**
   * @param {number} id
   * @param {number} kind
   * @param {number} number
   */
  #writeHeader(id, kind, number) {
    this.#out.writeUInt32LE(id, this.#used);
    this.#out.writeUInt32LE(((kind << 24) | number) >>> 0, this.#used + 4);
    this.#used += HEADER;
  }

  // What has been gathered leaves when everybody has been called for whom something arrived. Where that takes long, because the function
  // computes, it leaves at once instead, until that has not been so for a while.
  #schedule() {
    if (this.#scheduledAt < 0) {
      this.#scheduledAt = now();
      nextTick(this.#flushSoon);
    }

    if (this.#scheduledAt < this.#hastyUntil) this.#flush();
  }

  #onTick() {
    const time = now();
    if (time - this.#scheduledAt > PATIENCE) this.#hastyUntil = time + HASTE;
    this.#scheduledAt = -1;
    this.#flush();
  }

  #flush() {
    if (this.#used === 0) return;
    this.#socket.write(this.#out.subarray(0, this.#used));
    this.#used = 0;
    // Bytes that could not leave at once stay where they are.
    if (this.#socket.writableLength > 0) this.#out = Buffer.allocUnsafeSlow(BUFFER);
  }
}
