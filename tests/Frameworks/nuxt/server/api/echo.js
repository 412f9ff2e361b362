/** Tells the caller what reached it. */
export default defineEventHandler(async (event) => {
  setHeader(event, 'x-echo', 'nuxt');
  return {
    method: event.method,
    path: getRequestURL(event).pathname,
    color: getQuery(event).color,
    probe: getHeader(event, 'x-probe'),
    body: event.method === 'POST' ? ((await readRawBody(event)) ?? '') : '',
  };
});
