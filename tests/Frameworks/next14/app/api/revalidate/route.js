import { revalidatePath, revalidateTag } from 'next/cache';

/** Revalidates each `tag` and each `path`; with `type=layout` or `type=page` the paths are routes. */
export async function POST(request) {
  const query = request.nextUrl.searchParams;
  for (const tag of query.getAll('tag')) revalidateTag(tag);
  for (const path of query.getAll('path')) revalidatePath(path, query.get('type') ?? undefined);
  return Response.json({ revalidated: true });
}
