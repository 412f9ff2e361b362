import { notFound, redirect } from 'next/navigation';
import { ask } from '../../../lib/ask.js';

export const revalidate = 60;

export function generateStaticParams() {
  return [];
}

/** Renders what the test's origin says, so that a test decides how each regeneration ends, and when. */
export default async function Told({ params }) {
  const { status, text, location } = await ask(params.by);
  if (status === 404) notFound();
  if (location) redirect(location);
  if (status !== 200) throw new Error(`The origin said ${status}.`);
  return (
    <>
      <h1>{`told:${text}`}</h1>
      <p>{`render:${crypto.randomUUID()}`}</p>
    </>
  );
}
