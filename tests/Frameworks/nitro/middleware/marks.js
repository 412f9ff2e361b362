/** Runs before every route, inside of the function. */
export default defineEventHandler((event) => {
  if (!getRequestURL(event).pathname.startsWith('/isr')) setHeader(event, 'x-marked', getMethod(event));
});
