import vercel from '@astrojs/vercel';
import { defineConfig } from 'astro/config';

export default defineConfig({
  output: 'server',
  adapter: vercel({ edgeMiddleware: true }),
  security: { allowedDomains: [{ hostname: '127.0.0.1' }] },
  // The image service of the framework would need a native library that nothing here uses.
  image: { service: { entrypoint: 'astro/assets/services/noop' } },
});
