import { ask } from '../../../lib/ask.js';

/** Whoever comes first waits until the page is rendered. */
export async function getStaticPaths() {
  return { paths: [], fallback: 'blocking' };
}

/** Takes what the test's origin says, so that a test decides how each regeneration ends, and when. */
export async function getStaticProps({ params }) {
  const { status, text, location } = await ask(params.by);
  if (status === 404) return { notFound: true, revalidate: 60 };
  if (location) return { redirect: { destination: location, permanent: false }, revalidate: 60 };
  if (status !== 200) throw new Error(`The origin said ${status}.`);
  return { props: { text, render: crypto.randomUUID() }, revalidate: 60 };
}

export default function Told({ text, render }) {
  return (
    <>
      <h1>{`told:${text}`}</h1>
      <p>{`render:${render}`}</p>
    </>
  );
}
