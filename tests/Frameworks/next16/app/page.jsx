import Counter from '../components/Counter.jsx';

export default function Home() {
  return (
    <>
      <h1>page:home</h1>
      <Counter />
    </>
  );
}
