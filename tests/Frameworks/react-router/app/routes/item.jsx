import { data } from 'react-router';

export function loader({ params, request }) {
  if (params.id === 'missing') throw data('No such item', { status: 404 });
  return { id: params.id, color: new URL(request.url).searchParams.get('color') ?? 'none' };
}

export default function Item({ loaderData }) {
  return (
    <>
      <h1>{`item:${loaderData.id}`}</h1>
      <p>{`color:${loaderData.color}`}</p>
    </>
  );
}
