import { revalidateTag, unstable_cache } from 'next/cache';

export const runtime = 'edge';
export const dynamic = 'force-dynamic';

/** Answers with data that is kept under the tag in `tag`. */
export async function GET(request) {
  const tag = new URL(request.url).searchParams.get('tag');
  return Response.json({ data: await unstable_cache(async () => crypto.randomUUID(), [tag], { tags: [tag] })() });
}

/** Revalidates the tag in `tag`. */
export async function POST(request) {
  revalidateTag(new URL(request.url).searchParams.get('tag'), { expire: 0 });
  return Response.json({ revalidated: true });
}
