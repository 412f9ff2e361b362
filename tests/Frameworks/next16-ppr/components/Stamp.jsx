import { cacheLife, cacheTag } from 'next/cache';

/** Belongs to the shell: it is the same for everyone until it is a minute old, or until its tag is revalidated. */
export async function Stamp({ name }) {
  'use cache';
  cacheLife({ stale: 30, revalidate: 60, expire: 3600 });
  cacheTag(`stamp-${name}`);
  return <p>{`stamp:${crypto.randomUUID()}`}</p>;
}
