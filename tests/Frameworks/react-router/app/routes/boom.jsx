export function loader() {
  throw new Error('This page always fails.');
}

export default function Boom() {
  return null;
}
