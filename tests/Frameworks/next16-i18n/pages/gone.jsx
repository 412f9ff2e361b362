export async function getServerSideProps() {
  return { notFound: true };
}

export default function Gone() {
  return null;
}
