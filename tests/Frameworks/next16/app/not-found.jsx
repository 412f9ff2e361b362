export default function NotFound() {
  return <h1>custom:not-found</h1>;
}
