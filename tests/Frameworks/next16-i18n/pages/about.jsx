import { useRouter } from 'next/router';

/** Has no props: Next makes a file of it for each language. */
export default function About() {
  return <h1>{`page:about:${useRouter().locale}`}</h1>;
}
