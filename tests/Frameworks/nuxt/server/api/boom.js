export default defineEventHandler((event) => {
  throw createError({ statusCode: 418, statusMessage: 'Tangled', data: { thread: getQuery(event).thread } });
});
