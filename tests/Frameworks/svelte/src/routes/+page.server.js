export function load({ locals, url, getClientAddress }) {
  return { probe: locals.seen, url: url.href, address: getClientAddress() };
}
