import { useRouter } from 'next/router';

/** What is not listed is a shell at first, which the browser fills. */
export async function getStaticPaths() {
  return { paths: ['/p/shell/built'], fallback: true };
}

export async function getStaticProps({ params }) {
  return { props: { slug: params.slug, render: crypto.randomUUID() }, revalidate: 60 };
}

export default function Shell({ slug, render }) {
  if (useRouter().isFallback) return <h1>shell:empty</h1>;
  return (
    <>
      <h1>{`shell:${slug}`}</h1>
      <p>{`render:${render}`}</p>
    </>
  );
}
