import { unstable_cache } from 'next/cache';

export const dynamic = 'force-dynamic';

/** Answers with data that is kept under `key`, with the tag in `tag` and for the seconds in `revalidate` if they are given. */
export async function GET(request) {
  const query = request.nextUrl.searchParams;
  const data = await unstable_cache(async () => crypto.randomUUID(), ['api', query.get('key')], {
    tags: query.getAll('tag'),
    revalidate: query.has('revalidate') ? Number(query.get('revalidate')) : false,
  })();
  return Response.json({ data });
}
