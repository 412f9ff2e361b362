import { draftMode } from 'next/headers';

export const revalidate = 60;

export default function Draft() {
  return (
    <>
      <h1>{`draft:${draftMode().isEnabled}`}</h1>
      <p>{`render:${crypto.randomUUID()}`}</p>
    </>
  );
}
