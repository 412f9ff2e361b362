// @ts-check
import { currentInvocation } from '../request-context.mjs';

/** Where Next.js before 15.5 keeps the last page that it has made, to answer with it for a second. */
const FIELD = 'previousCacheItem';

/**
 * Makes Next.js 14 answer with the last page that it has made to requests of the same `x-invocation-id` only, as its successors do: those
 * that ask for the parts of one page. Others ask because that page is out of date, and a second is a long time.
 *
 * The object that keeps it cannot be reached from here; but it assigns a field that no class declares, and so meets this one.
 */
export function scopeLastResponse() {
  /** @type {WeakMap<object, { item: unknown, invocation: unknown }>} */
  const kept = new WeakMap();
  const invocation = () => currentInvocation()?.request.headers['x-invocation-id'];
  Object.defineProperty(Object.prototype, FIELD, {
    configurable: true,
    enumerable: false,
    get() {
      const last = kept.get(this);
      return last?.invocation !== undefined && last.invocation === invocation() ? last.item : undefined;
    },
    set(item) {
      kept.set(this, { item, invocation: invocation() });
    },
  });
}
