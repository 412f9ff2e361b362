import Link from 'next/link';

export const metadata = { title: 'Selvedge and Next 16' };

export default function RootLayout({ children }) {
  return (
    <html lang="en">
      <body>
        <nav>
          <Link id="to-home" href="/">
            Home
          </Link>{' '}
          <Link id="to-static" href="/static">
            Static
          </Link>{' '}
          <Link id="to-post" href="/posts/linked">
            Post
          </Link>
        </nav>
        <main>{children}</main>
      </body>
    </html>
  );
}
