export const loader = ({ request }) => ({ url: request.url });

export const headers = () => ({ 'x-page': 'home' });

export default function Home({ loaderData }) {
  return (
    <>
      <h1>page:home</h1>
      <p>{`url:${loaderData.url}`}</p>
    </>
  );
}
