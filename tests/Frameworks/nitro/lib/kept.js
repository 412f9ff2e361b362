import { getRequestURL, setHeader } from 'h3';

/** Says which page it is, and when it was rendered: never twice the same. */
export function kept(event) {
  const { pathname, searchParams } = getRequestURL(event);
  setHeader(event, 'content-type', 'text/plain');
  return `path:${pathname}\ncolor:${searchParams.get('color') ?? 'none'}\nrender:${crypto.randomUUID()}\n`;
}
