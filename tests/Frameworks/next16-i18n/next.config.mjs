/** @type {import('next').NextConfig} */
export default {
  // The nearest lockfile above would otherwise be taken for a workspace.
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
  poweredByHeader: false,

  basePath: '/docs',
  trailingSlash: true,
  i18n: {
    locales: ['en', 'fr', 'nl-NL'],
    defaultLocale: 'en',
    domains: [{ domain: 'example.fr', defaultLocale: 'fr' }],
  },

  async redirects() {
    return [
      { source: '/old', destination: '/about', permanent: false },
      { source: '/old/:slug', destination: '/blog/:slug', permanent: true },
      { source: '/nl-NL/enkel', destination: '/nl-NL/about', locale: false, permanent: false },
      { source: '/outside', destination: '/docs/about', basePath: false, locale: false, permanent: false },
    ];
  },

  async rewrites() {
    return {
      beforeFiles: [{ source: '/about', has: [{ type: 'query', key: 'overlay' }], destination: '/ssr?overlaid=1' }],
      afterFiles: [
        { source: '/alias/:slug', destination: '/blog/:slug' },
        { source: '/term/:term', destination: '/ssr?term=:term' },
        { source: '/files-of/:path*', destination: '/files/:path*' },
      ],
      fallback: [{ source: '/any/:path*', destination: '/files/any/:path*' }],
    };
  },

  async headers() {
    return [
      { source: '/:path*', headers: [{ key: 'x-everywhere', value: 'yes' }] },
      { source: '/blog/:slug', headers: [{ key: 'x-post', value: ':slug' }] },
      { source: '/fr/about', locale: false, headers: [{ key: 'x-french', value: 'oui' }] },
    ];
  },
};
