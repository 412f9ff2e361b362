// @ts-check

/** Knows what keeps this process needed: open responses, and the work that functions handed to `waitUntil`. */
export class Lifecycle {
  #holds = 0;

  /** @type {(() => void)[]} */
  #waiting = [];

  /**
   * Keeps the process needed until the returned function is called; calling it again does nothing.
   * @returns {() => void}
   */
  hold() {
    this.#holds++;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      if (--this.#holds === 0) this.#waiting.splice(0).forEach((resume) => resume());
    };
  }

  /**
   * Settles once nothing is held.
   * @returns {Promise<void>}
   */
  idle() {
    return this.#holds === 0 ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }
}
