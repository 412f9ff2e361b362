// @ts-check
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { currentInvocation } from './request-context.mjs';

/** Begins a record of a JSON text sequence (RFC 7464), and tells it from whatever else is written to the same stream. */
const RECORD_SEPARATOR = '\x1e';

/** Methods whose level is not the one of the stream that they write to. */
const LEVELS = { debug: 'debug', warn: 'warning' };

/**
 * Makes every `console` call one record on standard output: its level, its message however many lines it has, and the request that
 * it was made for. What a function writes to `process.stdout` itself stays as it is.
 * @param {number} maxLength The most characters of a message.
 */
export function installConsole(maxLength) {
  // Writes to a pipe are synchronous on POSIX systems, so the last words before a crash arrive, and in order.
  const write = process.stdout.write.bind(process.stdout);
  /** @type {string | undefined} */
  let level;

  const sink = (/** @type {string} */ defaultLevel) =>
    new Writable({
      decodeStrings: false,
      write(chunk, _encoding, written) {
        const text = String(chunk).replace(/\n$/, '');
        const message = text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
        const record = { level: level ?? defaultLevel, request: currentInvocation()?.id, message };
        write(`${RECORD_SEPARATOR}${JSON.stringify(record)}\n`);
        written();
      },
    });

  const target = /** @type {any} */ (console);
  const source = /** @type {any} */ (new Console({ stdout: sink('info'), stderr: sink('error'), colorMode: false }));
  for (const [name, method] of Object.entries(source)) {
    if (typeof method === 'function' && typeof target[name] === 'function' && name !== 'Console') target[name] = method;
  }

  for (const [name, ownLevel] of Object.entries(LEVELS)) {
    const method = source[name];
    target[name] = (/** @type {unknown[]} */ ...args) => {
      level = ownLevel;
      try {
        method(...args);
      } finally {
        level = undefined;
      }
    };
  }
}
