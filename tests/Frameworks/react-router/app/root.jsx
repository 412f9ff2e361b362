import { isRouteErrorResponse, Links, Meta, Outlet, Scripts } from 'react-router';

export function Layout({ children }) {
  return (
    <html lang="en">
      <head>
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <Scripts />
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary({ error }) {
  const known = isRouteErrorResponse(error);
  return <h1>{`error:${known ? error.status : 500}:${known ? error.data : 'unknown'}`}</h1>;
}
