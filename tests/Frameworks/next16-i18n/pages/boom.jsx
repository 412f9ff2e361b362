export async function getServerSideProps() {
  throw new Error('This page always fails.');
}

export default function Boom() {
  return null;
}
