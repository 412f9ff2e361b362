import { draftMode } from 'next/headers';

export const revalidate = 60;

export default async function Draft() {
  const { isEnabled } = await draftMode();
  return (
    <>
      <h1>{`draft:${isEnabled}`}</h1>
      <p>{`render:${crypto.randomUUID()}`}</p>
    </>
  );
}
