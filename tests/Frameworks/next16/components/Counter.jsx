'use client';

import { useState } from 'react';

/** Counts only once React has taken over the page, which is how a browser test sees that it has. */
export default function Counter() {
  const [count, setCount] = useState(0);
  return (
    <button id="counter" onClick={() => setCount(count + 1)}>
      {`count:${count}`}
    </button>
  );
}
