import { unstable_cache } from 'next/cache';

export const revalidate = 60;

export function generateStaticParams() {
  return [{ tag: 'built' }];
}

/** Is kept under a tag, and shows data that is kept under the same one. */
export default async function Tagged({ params: { tag } }) {
  const data = await unstable_cache(async () => crypto.randomUUID(), ['tagged', tag], { tags: [tag] })();
  return (
    <>
      <h1>{`tagged:${tag}`}</h1>
      <p>{`data:${data}`}</p>
      <p>{`render:${crypto.randomUUID()}`}</p>
    </>
  );
}
