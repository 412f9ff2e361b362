// @ts-check
import net from 'node:net';

/**
 * The control channel: one JSON object a line, over a Unix socket that the server listens on.
 *
 * The server starts, pings and drains this process through it. It runs on the event loop that runs the function, so an answered ping
 * proves that the function does not block; and its end means that the server is gone, whatever became of it.
 */
export class ControlChannel {
  #socket;

  /**
   * @param {string} path The server's socket.
   * @param {Record<string, (message: any) => void>} handlers By the message's `type`.
   * @param {() => void} onEnd The server is gone.
   */
  constructor(path, handlers, onEnd) {
    let rest = '';
    this.#socket = net
      .connect(path)
      .setEncoding('utf8')
      .on('data', (/** @type {string} */ text) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          const message = JSON.parse(line);
          handlers[message.type]?.(message);
        }
      })
      // An error is always followed by close.
      .on('error', () => {})
      .on('close', onEnd);
  }

  /**
   * @param {{ type: string, [field: string]: unknown }} message
   * @param {() => void} [sent] Called when the message is out, so that the process may end.
   */
  send(message, sent) {
    this.#socket.write(`${JSON.stringify(message)}\n`, sent);
  }
}
