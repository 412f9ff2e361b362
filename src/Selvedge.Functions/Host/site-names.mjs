// @ts-check

/** The ports that a name without one stands for. */
const DEFAULT_PORTS = new Map([
  ['http:', '80'],
  ['https:', '443'],
  ['ws:', '80'],
  ['wss:', '443'],
]);

/**
 * The names under which a site is known: `example.com`, at its scheme's own port; `example.com:8080`, at that port by whichever scheme;
 * `*.example.com`, any one below it. A name that a client made up is none of them, so no client decides where a function's requests go.
 */
export class SiteNames {
  #names;

  /** @param {string[]} names Lower case. */
  constructor(names) {
    this.#names = new Set(names);
  }

  /**
   * Whether an address is the site's.
   * @param {string} protocol `https:` and the like.
   * @param {string} hostname As in a URL; an IPv6 address with brackets or without.
   * @param {string | number | undefined} port Empty for the protocol's own.
   */
  has(protocol, hostname, port) {
    const ofProtocol = DEFAULT_PORTS.get(protocol);
    if (ofProtocol === undefined || typeof hostname !== 'string') return false;
    const host = hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname.toLowerCase();
    const suffix = !port || String(port) === ofProtocol ? '' : `:${port}`;
    const wildcard = `*${host.slice(host.indexOf('.'))}`;
    return (
      this.#knows(host, wildcard, suffix) || (suffix === '' && this.#knows(host, wildcard, `:${ofProtocol}`))
    );
  }

  /**
   * @param {string} host
   * @param {string} wildcard
   * @param {string} suffix
   */
  #knows(host, wildcard, suffix) {
    return this.#names.has(host + suffix) || (host.includes('.') && this.#names.has(wildcard + suffix));
  }
}
