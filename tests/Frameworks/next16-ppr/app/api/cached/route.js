import { cacheLife, cacheTag } from 'next/cache';

async function data(key, tag) {
  'use cache';
  cacheLife({ stale: 30, revalidate: 60, expire: 3600 });
  if (tag) cacheTag(tag);
  return crypto.randomUUID();
}

async function remoteData(key, tag) {
  'use cache: remote';
  cacheLife({ stale: 30, revalidate: 60, expire: 3600 });
  if (tag) cacheTag(tag);
  return crypto.randomUUID();
}

/** Answers with data that is kept under `key`, with the tag in `tag` if there is one; with `remote` outside of the process. */
export async function GET(request) {
  const query = new URL(request.url).searchParams;
  const kept = query.has('remote') ? remoteData : data;
  return Response.json({ data: await kept(query.get('key'), query.get('tag')) });
}
