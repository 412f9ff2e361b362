export default defineNuxtConfig({
  compatibilityDate: '2026-01-01',
  telemetry: false,
  routeRules: {
    '/static': { prerender: true },
    '/isr/**': { isr: 60 },
    '/swr/**': { swr: 60 },
    '/moved/**': { redirect: { to: '/items/**', statusCode: 308 } },
    '/items/**': { headers: { 'x-items': 'yes' } },
    '/client/**': { ssr: false },
  },
  // Otherwise `swr` becomes an output that is kept for ever.
  nitro: { future: { nativeSWR: true } },
});
