'use client';

export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <h1>custom:global-error</h1>
      </body>
    </html>
  );
}
