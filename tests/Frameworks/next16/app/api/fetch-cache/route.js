/** Fetches the URL in `url` through the data cache, with the tag in `tag` and for the seconds in `revalidate` if they are given. */
export async function GET(request) {
  const query = request.nextUrl.searchParams;
  const response = await fetch(query.get('url'), {
    cache: query.has('revalidate') ? undefined : 'force-cache',
    next: {
      tags: query.getAll('tag'),
      revalidate: query.has('revalidate') ? Number(query.get('revalidate')) : undefined,
    },
  });
  return Response.json({ status: response.status, data: await response.text() });
}
