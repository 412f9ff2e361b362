import { useRouter } from 'next/router';

/** What is not listed is a shell at first, which the browser fills. */
export async function getStaticPaths() {
  return { paths: ['/legacy/shell/built'], fallback: true };
}

export async function getStaticProps({ params }) {
  return { props: { slug: params.slug, render: crypto.randomUUID() }, revalidate: 60 };
}

export default function Shell({ slug, render }) {
  if (useRouter().isFallback) return <h1>legacy:shell:empty</h1>;
  return (
    <>
      <h1>{`legacy:shell:${slug}`}</h1>
      <p>{`render:${render}`}</p>
    </>
  );
}
