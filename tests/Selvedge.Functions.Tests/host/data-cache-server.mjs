// @ts-check
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** @typedef {{ method: string | undefined, url: string, headers: http.IncomingHttpHeaders, body: string }} Seen */
/** @typedef {{ status?: number, headers?: Record<string, string>, body?: string | Buffer } | undefined} Answer */

/**
 * Plays the server's part of the data cache, by a script.
 * @param {(request: Seen) => Answer | Promise<Answer>} answer Nothing means that there is nothing.
 */
export async function startDataCache(answer) {
  /** @type {Seen[]} */
  const seen = [];
  const directory = await mkdtemp(join(tmpdir(), 'data-cache-'));
  const socket = join(directory, 'data');
  const server = http.createServer({ maxHeaderSize: 1024 * 1024 }, async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const entry = { method: request.method, url: request.url ?? '', headers: request.headers, body };
    seen.push(entry);
    const { status, headers, body: text } = (await answer(entry)) ?? { status: 404 };
    response.writeHead(status ?? 200, { 'x-selvedge-position': '0', ...headers }).end(text);
  });
  server.listen(socket);
  await once(server, 'listening');
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await rm(directory, { recursive: true });
  };
  return { socket, seen, server, close };
}
