export default function Greet({ params }) {
  return <h1>{`greet:${params.lang ?? 'none'}`}</h1>;
}
