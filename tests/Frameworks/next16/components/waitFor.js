/** Fetches a URL that the test names. The test's origin answers when the test allows it, so this is a barrier and no timer. */
export async function waitFor(url) {
  const response = await fetch(url, { cache: 'no-store' });
  return await response.text();
}
