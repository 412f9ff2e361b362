import { revalidatePath, revalidateTag } from 'next/cache';

/** Revalidates each `tag`, under the profile in `profile` or at once, and each `path`; with `type=layout` or `type=page` those are routes. */
export async function POST(request) {
  const query = request.nextUrl.searchParams;
  for (const tag of query.getAll('tag')) revalidateTag(tag, query.get('profile') ?? { expire: 0 });
  for (const path of query.getAll('path')) revalidatePath(path, query.get('type') ?? undefined);
  return Response.json({ revalidated: true });
}
