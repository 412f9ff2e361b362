import { Stamp } from '../../components/Stamp.jsx';

/** All shell and no hole. */
export default function Still() {
  return (
    <>
      <h1>page:still</h1>
      <Stamp name="still" />
    </>
  );
}
