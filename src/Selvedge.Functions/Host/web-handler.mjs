// @ts-check
import { validateHeaderValue } from 'node:http';
import { Readable } from 'node:stream';

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('node:http').ServerResponse} ServerResponse */
/** @typedef {import('./invocation.mjs').Invocation} Invocation */
/** @typedef {(request: Request, context: { waitUntil: (work: unknown) => void }) => unknown} WebFunction */

/** Framing of one connection (RFC 9110 section 7.6.1), which neither side passes on. */
const CONNECTION_FIELDS = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Bytes of a request body that are read before the function asks for them. */
const READ_AHEAD = 64 * 1024;

/**
 * Turns a function of `Request` to `Response` into one of `(req, res)`.
 * @param {(method: string) => WebFunction | undefined} select By method; none answers 405.
 * @param {{ mayBeEmpty?: boolean }} [options] Whether the function may return nothing.
 * @returns {import('./server.mjs').Handle}
 */
export function createWebHandler(select, { mayBeEmpty = false } = {}) {
  return async (req, res, invocation) => {
    const handler = select(req.method ?? 'GET');
    if (!handler) {
      res.writeHead(405).end();
      return;
    }

    const result = /** @type {any} */ (await handler(toRequest(req, res, invocation.url), { waitUntil: invocation.waitUntil }));
    if (result === undefined || result === null) {
      if (!mayBeEmpty) throw new TypeError('The function returned no response.');
      invocation.answerEmpty();
    } else {
      await sendResponse(result, req, res);
    }
  };
}

/**
 * @param {IncomingMessage} req
 * @param {ServerResponse} res
 * @param {string} url
 */
function toRequest(req, res, url) {
  const headers = new Headers();
  for (let i = 0; i < req.rawHeaders.length; i += 2) {
    const name = req.rawHeaders[i];
    if (!CONNECTION_FIELDS.has(name.toLowerCase())) headers.append(name, req.rawHeaders[i + 1]);
  }

  const gone = new AbortController();
  res.once('close', () => {
    if (!res.writableFinished) gone.abort();
  });

  const { method } = req;
  const hasBody =
    method !== 'GET' &&
    method !== 'HEAD' &&
    (req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0);
  return new Request(url, {
    method,
    headers,
    body: hasBody ? toWebStream(req) : undefined,
    duplex: 'half',
    signal: gone.signal,
  });
}

/**
 * Reads a request as the function asks for it. `Readable.toWeb` counts chunks where it should count bytes, and so takes a whole upload
 * into memory.
 * @param {IncomingMessage} req
 * @returns {ReadableStream<any>}
 */
function toWebStream(req) {
  let done = false;
  return new ReadableStream(
    {
      start(controller) {
        req.on('data', (chunk) => {
          if (done) return;
          controller.enqueue(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
          if ((controller.desiredSize ?? 0) <= 0) req.pause();
        });
        req.on('end', () => {
          if (!done) controller.close();
          done = true;
        });
        req.on('close', () => {
          if (!done) controller.error(new DOMException('The client went away before its body was complete.', 'AbortError'));
          done = true;
        });
        req.on('error', () => {});
        req.pause();
      },
      pull() {
        req.resume();
      },
      cancel() {
        // The connection is the response's too, so what is left of the body is read and dropped.
        done = true;
        req.resume();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: READ_AHEAD }),
  );
}

/**
 * @param {any} response A `Response`, of whatever realm or library.
 * @param {IncomingMessage} req
 * @param {ServerResponse} res
 */
async function sendResponse(response, req, res) {
  if (!(response.status >= 200 && response.status <= 599) || typeof response.headers?.forEach !== 'function') {
    throw new TypeError('The function returned something that is no response.');
  }

  /** @type {string[]} */
  const fields = [];
  for (const [name, value] of response.headers) {
    if (CONNECTION_FIELDS.has(name)) continue;
    // Stricter than the Headers class is. Checked here, where it fails the request and nothing else.
    validateHeaderValue(name, value);
    fields.push(name, value);
  }

  const body = response.body;
  if (!body || req.method === 'HEAD' || response.status === 204 || response.status === 304) {
    res.writeHead(response.status, fields).end();
    await body?.cancel?.();
    return;
  }

  const stream = typeof body.getReader === 'function' ? body : Readable.toWeb(Readable.from(body));
  await sendBody(stream, () => res.headersSent || res.writeHead(response.status, fields), res);
}

/**
 * @param {ReadableStream<Uint8Array>} body
 * @param {() => void} writeHead Does nothing the second time.
 * @param {ServerResponse} res
 */
async function sendBody(body, writeHead, res) {
  const reader = body.getReader();
  res.once('close', () => {
    if (!res.writableFinished) reader.cancel(new DOMException('The client is gone.', 'AbortError')).catch(() => {});
  });

  // A body that is there leaves together with the head, and one that fails at once leaves none; one that takes its time does not hold
  // the head back.
  const hurry = setImmediate(() => {
    writeHead();
    res.flushHeaders();
  });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (res.destroyed) return;
      writeHead();
      if (done) break;
      if (!res.write(value)) await writable(res);
    }
    res.end();
  } finally {
    clearImmediate(hurry);
  }
}

/**
 * Settles when more can be written, or nothing any more.
 * @param {ServerResponse} res
 * @returns {Promise<void>}
 */
function writable(res) {
  return new Promise((resolve) => {
    const settle = () => {
      res.off('drain', settle).off('close', settle);
      resolve();
    };
    res.on('drain', settle).on('close', settle);
  });
}
