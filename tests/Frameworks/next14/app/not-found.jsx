export default function NotFound() {
  return <h1>custom:404</h1>;
}
