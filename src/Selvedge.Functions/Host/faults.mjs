// @ts-check
import { describeError } from './invocation.mjs';
import { currentInvocation } from './request-context.mjs';

/**
 * Catches what no handler caught. Such an error leaves the process in a state that nobody knows, but requests that have nothing to do
 * with it are under way too: so the request that it belongs to fails, and the server is told to drain and replace this process.
 * @param {(detail: string) => void} report
 */
export function installFaultHandlers(report) {
  const fault = (/** @type {string} */ kind, /** @type {unknown} */ error) => {
    report(`${kind}: ${describeError(error)}`);
    currentInvocation()?.fail(error);
  };

  attributeMicrotasks();
  process.on('uncaughtException', (error) => fault('Uncaught exception', error));
  process.on('unhandledRejection', (reason) => {
    // A listener of the function's own means that it deals with rejections itself, as it does in plain Node.js.
    if (process.listenerCount('unhandledRejection') === 1) fault('Unhandled rejection', reason);
  });
}

/**
 * An error that a microtask throws reaches the process without the request that queued it. Thrown a tick later it has it.
 */
function attributeMicrotasks() {
  const native = globalThis.queueMicrotask;
  const { queueMicrotask } = {
    queueMicrotask(/** @type {() => void} */ callback) {
      if (typeof callback !== 'function' || !currentInvocation()) return native(callback);
      native(() => {
        try {
          callback();
        } catch (error) {
          process.nextTick(() => {
            throw error;
          });
        }
      });
    },
  };
  globalThis.queueMicrotask = queueMicrotask;
}
