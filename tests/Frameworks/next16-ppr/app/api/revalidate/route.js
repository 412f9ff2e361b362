import { revalidatePath, revalidateTag } from 'next/cache';

/** Revalidates each `tag`, under the profile in `profile` or at once, and each `path`. */
export async function POST(request) {
  const query = new URL(request.url).searchParams;
  for (const tag of query.getAll('tag')) revalidateTag(tag, query.get('profile') ?? { expire: 0 });
  for (const path of query.getAll('path')) revalidatePath(path, query.get('type') ?? undefined);
  return Response.json({ revalidated: true });
}
