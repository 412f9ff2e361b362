export default function Files({ params }) {
  return <h1>{`files:${params['*'].split('/').join('|')}`}</h1>;
}
