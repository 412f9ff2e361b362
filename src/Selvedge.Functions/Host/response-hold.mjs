// @ts-check

/** @typedef {import('node:http').ServerResponse} ServerResponse */

/** What makes a response leave. */
const METHODS = /** @type {const} */ (['write', 'end', 'flushHeaders']);

/** @type {WeakMap<ServerResponse, Hold>} */
const holds = new WeakMap();

/**
 * Holds a response back until some work settles, one way or the other: nothing of it leaves before, and then everything does, in order.
 * @param {ServerResponse} response
 * @param {Promise<unknown>} work
 */
export function holdBack(response, work) {
  if (response.writableEnded || response.destroyed) return;
  let hold = holds.get(response);
  if (!hold) holds.set(response, (hold = new Hold(response)));
  hold.add(work);
}

class Hold {
  #response;
  #works = 0;

  /** @type {(() => unknown)[]} */
  #calls = [];

  /** @param {ServerResponse} response */
  constructor(response) {
    this.#response = response;
    const target = /** @type {any} */ (response);
    for (const name of METHODS) {
      const original = target[name];
      target[name] = (/** @type {unknown[]} */ ...args) => {
        if (this.#works === 0) return original.apply(response, args);
        this.#calls.push(() => original.apply(response, args));
        // As streams do: write says that the writer should wait, end that it is done.
        return name === 'write' ? false : name === 'end' ? response : undefined;
      };
    }
  }

  /** @param {Promise<unknown>} work */
  add(work) {
    this.#works++;
    const settle = () => {
      if (--this.#works === 0) this.#release();
    };
    work.then(settle, settle);
  }

  #release() {
    const calls = this.#calls.splice(0);
    for (const call of calls) {
      // It may have failed meanwhile, which nothing holds back.
      if (!this.#response.writableEnded) call();
    }
    if (calls.length > 0 && !this.#response.writableEnded && !this.#response.writableNeedDrain) this.#response.emit('drain');
  }
}
