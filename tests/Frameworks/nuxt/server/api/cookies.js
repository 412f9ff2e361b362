export default defineEventHandler((event) => {
  setCookie(event, 'one', '1');
  setCookie(event, 'two', getCookie(event, 'thread') ?? 'none');
  return sendNoContent(event);
});
