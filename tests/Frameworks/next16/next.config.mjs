// Where the external rewrites lead: to the origin that the tests start.
const externalOrigin = process.env.EXTERNAL_ORIGIN ?? 'http://127.0.0.1:27416';

/** @type {import('next').NextConfig} */
export default {
  // The nearest lockfile above would otherwise be taken for a workspace.
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
  poweredByHeader: false,

  async redirects() {
    return [
      { source: '/moved', destination: '/static', permanent: true },
      { source: '/moved-for-now', destination: '/static', permanent: false },
      { source: '/moved/:slug', destination: '/posts/:slug', permanent: true },
      { source: '/moved/all/:rest*', destination: '/files/:rest*', permanent: false },
      { source: '/numbered/:id(\\d+)', destination: '/posts/number-:id', permanent: false },
      { source: '/moved-with-query', destination: '/dynamic?from=redirect', permanent: false },
      { source: '/moved-away', destination: 'https://example.com/elsewhere', permanent: false },
      {
        source: '/members',
        missing: [{ type: 'cookie', key: 'session' }],
        destination: '/static?sign-in=1',
        permanent: false,
      },
      {
        source: '/by-header',
        has: [{ type: 'header', key: 'x-team', value: '(?<team>[a-z]+)-team' }],
        destination: '/posts/:team',
        permanent: false,
      },
      {
        source: '/by-host',
        has: [{ type: 'host', value: 'old.example.com' }],
        destination: '/static',
        permanent: false,
      },
    ];
  },

  async rewrites() {
    return {
      beforeFiles: [
        // Wins over app/static/page.jsx, but only when asked to.
        { source: '/static', has: [{ type: 'query', key: 'overlay' }], destination: '/api/legacy?overlaid=1' },
        { source: '/robots.txt', has: [{ type: 'header', key: 'x-crawler' }], destination: '/api/legacy?crawler=1' },
      ],
      afterFiles: [
        { source: '/alias/:slug', destination: '/posts/:slug' },
        { source: '/search/:term', destination: '/api/legacy?term=:term&fixed=1' },
        { source: '/legacy-alias/:id', destination: '/legacy/:id' },
        // Never reached for the path itself: app/dynamic/page.jsx is found first.
        { source: '/dynamic', destination: '/api/legacy?shadowed=1' },
        {
          source: '/by-cookie',
          has: [{ type: 'cookie', key: 'variant', value: '(?<variant>.+)' }],
          destination: '/posts/variant-:variant',
        },
        {
          source: '/by-absence',
          missing: [{ type: 'header', key: 'x-signed-in' }],
          destination: '/posts/guest',
        },
        { source: '/proxy/:path*', destination: `${externalOrigin}/proxied/:path*` },
      ],
      fallback: [{ source: '/fallback/:path*', destination: `${externalOrigin}/fallback/:path*` }],
    };
  },

  async headers() {
    return [
      { source: '/:path*', headers: [{ key: 'x-everywhere', value: 'yes' }] },
      {
        source: '/posts/:slug',
        headers: [
          { key: 'x-post', value: ':slug' },
          { key: 'x-twice', value: 'first' },
          { key: 'x-twice', value: 'second' },
        ],
      },
      {
        source: '/dynamic',
        has: [{ type: 'query', key: 'flag', value: '(?<flag>.*)' }],
        headers: [{ key: 'x-flag', value: ':flag' }],
      },
      {
        source: '/dynamic',
        missing: [{ type: 'query', key: 'flag' }],
        headers: [{ key: 'x-no-flag', value: 'true' }],
      },
      { source: '/robots.txt', headers: [{ key: 'cache-control', value: 'public, max-age=3600' }] },
    ];
  },
};
