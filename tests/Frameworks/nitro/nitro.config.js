import { defineNitroConfig } from 'nitropack/config';

export default defineNitroConfig({
  compatibilityDate: '2026-01-01',
  srcDir: '.',
  // Otherwise `swr` becomes an output that is kept for ever.
  future: { nativeSWR: true },
  routeRules: {
    '/isr/**': { isr: 60 },
    '/isr-query/**': { isr: { expiration: 60, allowQuery: ['color'], passQuery: true } },
    '/forever/**': { isr: true },
    '/swr/**': { swr: 60 },
    '/moved/**': { redirect: { to: '/api/items/**', statusCode: 308 } },
    '/moved-for-now': { redirect: '/api/echo' },
    '/api/items/**': { headers: { 'x-items': 'yes' }, cors: true },
  },
});
