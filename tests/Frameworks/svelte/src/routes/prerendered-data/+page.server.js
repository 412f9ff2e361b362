export const prerender = true;

export function load() {
  return { woven: 'at build time' };
}
