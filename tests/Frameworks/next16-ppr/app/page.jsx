import { Hole } from '../components/Hole.jsx';
import { Stamp } from '../components/Stamp.jsx';

export default function Home({ searchParams }) {
  return (
    <>
      <h1>page:home</h1>
      <Stamp name="home" />
      <Hole searchParams={searchParams} />
    </>
  );
}
