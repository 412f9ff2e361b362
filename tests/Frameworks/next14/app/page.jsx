export default function Home() {
  return <h1>page:home</h1>;
}
