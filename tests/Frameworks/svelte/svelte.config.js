import adapter from '@sveltejs/adapter-vercel';

/** @type {import('@sveltejs/kit').Config} */
export default {
  kit: {
    // Without a runtime named, the adapter builds only with a version of Node that the platform has.
    adapter: adapter({ runtime: 'nodejs22.x' }),
    // Otherwise the time of the build.
    version: { name: 'woven' },
  },
};
