// @ts-check
import { performance } from 'node:perf_hooks';

/** How busy the event loop is, for a server that decides whether this process needs help. */
export class LoopLoad {
  // The function may patch it.
  #measure = performance.eventLoopUtilization.bind(performance);
  #last = this.#measure();

  /** The share of time since the last call in which the event loop was not idle, 0 to 1. */
  utilization() {
    const now = this.#measure();
    const { utilization } = this.#measure(now, this.#last);
    this.#last = now;
    return utilization;
  }
}
