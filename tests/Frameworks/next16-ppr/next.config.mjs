/** @type {import('next').NextConfig} */
export default {
  // The nearest lockfile above would otherwise be taken for a workspace.
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
  poweredByHeader: false,
  cacheComponents: true,
  partialPrefetching: true,
};
