// @ts-check
import http from 'node:http';

/**
 * Catches the server that a module starts while it is imported, as Express apps do by `app.listen(3000)`. The server is told that it
 * listens, and never does: its requests come from us.
 */
export class ListenCapture {
  /** @type {http.Server | undefined} */
  #server;

  /** @type {(() => void) | undefined} */
  #captured;

  #original = Object.getOwnPropertyDescriptor(http.Server.prototype, 'listen');

  #patched;

  constructor() {
    const capture = this;
    /** @this {http.Server} */
    this.#patched = function (/** @type {any[]} */ ...args) {
      capture.restore();
      capture.#server = pretendToListen(this, args);
      capture.#captured?.();
      return this;
    };
    http.Server.prototype.listen = /** @type {any} */ (this.#patched);
  }

  /** Lets later servers listen as they like, unless the module has put a patch of its own in the place. */
  restore() {
    if (/** @type {unknown} */ (http.Server.prototype.listen) !== this.#patched) return;
    // @ts-expect-error http.Server inherits the method, so usually there is nothing to put back.
    delete http.Server.prototype.listen;
    if (this.#original) Object.defineProperty(http.Server.prototype, 'listen', this.#original);
  }

  /**
   * The server, if there is one by then.
   * @param {number} milliseconds
   * @returns {Promise<http.Server | undefined>}
   */
  async wait(milliseconds) {
    if (!this.#server) {
      await new Promise((resolve) => {
        this.#captured = () => resolve(undefined);
        setTimeout(resolve, milliseconds);
      });
    }

    return this.#server;
  }
}

/**
 * @param {http.Server} server
 * @param {any[]} args What `listen` was called with.
 */
function pretendToListen(server, args) {
  const port = Number(args[0]?.port ?? args[0]) || 3000;
  const callback = args.findLast((arg) => typeof arg === 'function');
  if (callback) server.once('listening', callback);
  server.address = () => ({ address: '127.0.0.1', family: 'IPv4', port });
  Object.defineProperty(server, 'listening', { value: true, configurable: true, writable: true });
  process.nextTick(() => server.emit('listening'));
  return server;
}
