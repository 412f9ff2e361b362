import { data } from 'react-router';

export function loader() {
  throw data('Not yours', { status: 403 });
}

export default function Forbidden() {
  return null;
}
