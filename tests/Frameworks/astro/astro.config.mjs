import vercel from '@astrojs/vercel';
import { defineConfig } from 'astro/config';

export default defineConfig({
  output: 'server',
  trailingSlash: 'never',
  adapter: vercel({
    // What is not excluded is rendered once and kept; the rest is rendered for every request.
    isr: { expiration: 60, exclude: [/^\/(?!kept).*/] },
    edgeMiddleware: false,
  }),
  // The framework calls every other host localhost, and asks the host it believes in for the page of an error.
  security: { allowedDomains: [{ hostname: '127.0.0.1' }, { hostname: 'shop.example.com' }] },
  // The image service of the framework would need a native library that nothing here uses.
  image: { service: { entrypoint: 'astro/assets/services/noop' } },
  redirects: {
    '/moved': '/about',
    '/moved-for-now': { status: 302, destination: '/about' },
    '/moved/[slug]': '/posts/[slug]',
  },
});
