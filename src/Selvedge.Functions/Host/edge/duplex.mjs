// @ts-check

/**
 * Adds `duplex: 'half'` to what a `Request` is made of, which Node.js wants said beside a streamed body and the edge runtime does not.
 * @template {object | undefined} T
 * @param {T} init
 * @returns {T}
 */
export function withDuplex(init) {
  if (typeof init !== 'object' || init === null) return init;

  // Not a copy: `init` may be a Request, whose properties are its prototype's and want it as `this`.
  return new Proxy(init, {
    get: (target, name) => Reflect.get(target, name) ?? (name === 'duplex' ? 'half' : undefined),
    has: (target, name) => name === 'duplex' || Reflect.has(target, name),
  });
}
