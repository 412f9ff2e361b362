// A crowd of long-poll clients in one process: bare sockets and no more HTTP/1.1 than the answers need, or Node's HTTP/2.
import http2 from 'node:http2';
import net from 'node:net';

const headEnd = Buffer.from('\r\n\r\n');

/** One client: follows a stream, and checks that it is given every byte once and in order. Those below know how to ask. */
class Reader {
  constructor(path, shared) {
    Object.assign(this, { path, shared, position: 0, offset: '-1', cursor: '', over: false });
  }

  next() {
    return (this.url = `${this.path}?offset=${this.offset}&live=long-poll${this.cursor && `&cursor=${this.cursor}`}`);
  }

  answered(status, field, body) {
    const { log, onDelivery, answers } = this.shared;
    if (status === 200) {
      if (!log.subarray(this.position, this.position + body.length).equals(body)) {
        return this.fail(new Error(`At ${this.position} it was given ${JSON.stringify(body.latin1Slice(0, 60))}.`));
      }
      this.position += body.length;
      answers?.(this.url, field('X-Cache') ?? field('X-Cache-Status') ?? 'none');
      onDelivery(this);
    } else if (status !== 204) {
      return this.fail(new Error(`It was answered ${status}.`));
    }
    this.offset = field('Stream-Next-Offset');
    this.cursor = field('Stream-Cursor') ?? '';
    if (!this.over) this.poll();
  }

  fail(error) {
    if (this.over) return;
    this.end();
    this.shared.onFailure(error);
  }
}

/** A reader with a connection of its own, HTTP/1.1. */
export class Follower extends Reader {
  constructor(port, path, shared, localAddress) {
    super(path, shared);
    this.pending = null;
    this.socket = net.connect({ port, host: '127.0.0.1', localAddress, noDelay: true });
    this.socket.on('data', (chunk) => this.#receive(chunk));
    this.socket.on('error', (error) => this.fail(error));
    this.socket.on('close', () => !this.over && this.fail(new Error('The server closed the connection.')));
    this.connected = new Promise((resolve) => this.socket.once('connect', resolve));
  }

  poll() {
    this.socket.write(`GET ${this.next()} HTTP/1.1\r\nHost: x\r\n\r\n`);
  }

  end() {
    this.over = true;
    this.socket.destroy();
  }

  #receive(chunk) {
    this.pending = this.pending ? Buffer.concat([this.pending, chunk]) : chunk;
    for (;;) {
      const end = this.pending.indexOf(headEnd);
      if (end < 0) return;
      const head = this.pending.latin1Slice(0, end);
      const [body, length] = field(head, 'Transfer-Encoding') ? unchunk(this.pending.subarray(end + 4)) : whole(this.pending, end + 4, head);
      if (body === null) return;
      this.pending = this.pending.length > end + 4 + length ? this.pending.subarray(end + 4 + length) : null;
      this.answered(Number(head.slice(9, 12)), (name) => field(head, name), body);
      if (!this.pending) return;
    }
  }
}

/** A reader that shares an HTTP/2 connection with others. */
export class MultiplexedFollower extends Reader {
  constructor(connection, path, shared) {
    super(path, shared);
    this.connection = connection;
    this.connected = connection.opened;
    connection.readers.add(this);
  }

  poll() {
    const request = this.connection.session.request({ ':path': this.next() });
    const chunks = [];
    let head;
    request.on('response', (fields) => (head = fields));
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      // A connection that is gone ends what was asked on it as well, without an answer.
      if (head) this.answered(head[':status'], (name) => head[name.toLowerCase()], chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
    });
    request.on('error', (error) => this.fail(error));
    request.on('close', () => !head && this.fail(new Error(`It was not answered (${request.rstCode}).`)));
  }

  end() {
    this.over = true;
    this.connection.leave(this);
  }
}

/** One HTTP/2 connection with prior knowledge, for as many readers as take it. It closes with the last. */
export class Connection {
  constructor(port) {
    this.readers = new Set();
    this.session = http2.connect(`http://127.0.0.1:${port}`);
    this.opened = new Promise((resolve) => this.session.once('remoteSettings', resolve));
    this.session.on('error', (error) => this.#fail(error));
    this.session.on('close', () => this.#fail(new Error('The server closed the connection.')));
  }

  leave(reader) {
    if (this.readers.delete(reader) && this.readers.size === 0) this.session.destroy();
  }

  #fail(error) {
    for (const reader of this.readers) reader.fail(error);
  }
}

function whole(buffer, start, head) {
  const length = Number(field(head, 'Content-Length') ?? 0);
  return [buffer.length < start + length ? null : buffer.subarray(start, start + length), length];
}

/** A chunked body (RFC 9112 section 7.1), and what it took; null while it is not whole. */
function unchunk(buffer) {
  const pieces = [];
  for (let at = 0; ; ) {
    const line = buffer.indexOf('\r\n', at);
    if (line < 0) return [null, 0];
    const size = Number.parseInt(buffer.latin1Slice(at, line), 16);
    const next = line + 2 + size + 2;
    if (buffer.length < next) return [null, 0];
    if (size === 0) return [Buffer.concat(pieces), next];
    pieces.push(buffer.subarray(line + 2, line + 2 + size));
    at = next;
  }
}

export function field(head, name) {
  const lower = name.toLowerCase();
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon === name.length && line.slice(0, colon).toLowerCase() === lower) return line.slice(colon + 1).trim();
  }
}

/** Opens followers a few hundred at a time. None of them asks for anything yet. */
export async function openFollowers(count, make) {
  const followers = [];
  while (followers.length < count) {
    const some = Array.from({ length: Math.min(500, count - followers.length) }, (_, i) => make(followers.length + i));
    await Promise.all(some.map((follower) => follower.connected));
    followers.push(...some);
  }
  return followers;
}

export const quantile = (values, q) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
};

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
