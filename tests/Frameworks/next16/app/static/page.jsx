export default function Static() {
  return <h1>page:static</h1>;
}
