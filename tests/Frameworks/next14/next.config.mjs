/** @type {import('next').NextConfig} */
export default {
  // Otherwise the time of the build.
  generateBuildId: () => 'woven',
  poweredByHeader: false,
  experimental: { outputFileTracingRoot: import.meta.dirname },

  async redirects() {
    return [{ source: '/moved/:slug', destination: '/posts/:slug', permanent: true }];
  },

  async rewrites() {
    return [{ source: '/alias/:slug', destination: '/posts/:slug' }];
  },

  async headers() {
    return [{ source: '/posts/:slug', headers: [{ key: 'x-post', value: ':slug' }] }];
  },
};
