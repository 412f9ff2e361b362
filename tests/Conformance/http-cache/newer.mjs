// What the suite's repository asks today beyond its npm version 0.4.5, or otherwise: our own wording of its cases, by its ids.
// `amend` turns the npm version's test sets into today's. Checks ("does a cache ...?") score neither way and are left as they are.

const cdn = (value) => ['CDN-Cache-Control', value, false];
const cacheControl = (value) => ['Cache-Control', value];
const date = ['Date', 0];
const age = (...values) => [date, cacheControl('max-age=3600'), ...values.map((value) => ['Age', value, false])];

// id, kind, the fields of the first response, whether the second request finds it stored.
const storing = [
  // Age: the first member counts, what is no number is ignored (RFC 9111 section 5.1).
  ['age-parse-nonnumeric', 'required', age('abc'), true],
  ['age-parse-negative', 'required', age('-7200'), true],
  ['age-parse-float', 'required', age('7200.0'), true],
  ['age-parse-large-minus-one', 'required', age('2147483647'), false],
  ['age-parse-large', 'required', age('2147483648'), false],
  ['age-parse-larger', 'required', age('2147483649'), false],
  ['age-parse-suffix', 'required', age('7200, 0'), false],
  ['age-parse-prefix', 'required', age('0, 7200'), true],
  ['age-parse-suffix-twoline', 'required', age('7200', '0'), false],
  ['age-parse-prefix-twoline', 'required', age('0', '7200'), true],
  ['age-parse-dup-0', 'required', age('0, 0'), true],
  ['age-parse-dup-0-twoline', 'required', age('0', '0'), true],
  ['age-parse-dup-old', 'required', [date, cacheControl('max-age=10000'), ['Age', '3600', false], ['Age', '3600', false]], true],

  // Targeted fields (RFC 9213).
  ['cdn-max-age', 'optimal', [cdn('max-age=3600')], true],
  ['cdn-max-age-max', 'optimal', [cdn('max-age=2147483648')], true],
  ['cdn-max-age-max-plus', 'optimal', [cdn('max-age=99999999999')], true],
  ['cdn-max-age-age', 'required', [date, cdn('max-age=3600'), ['Age', '7200']], false],
  ['cdn-max-age-0', 'required', [cdn('max-age=0')], false],
  ['cdn-max-age-extension', 'optimal', [cdn('foobar, max-age=3600')], true],
  ['cdn-max-age-expires', 'optimal', [cdn('max-age=3600'), ['Expires', -10000], date], true],
  ['cdn-max-age-cc-max-age-invalid-expires', 'optimal', [cdn('max-age=3600'), ['Expires', '0', false], date], true],
  ['cdn-max-age-0-expires', 'required', [cdn('max-age=0'), ['Expires', 10000], date], false],
  ['cdn-max-age-short-cc-max-age', 'optimal', [cacheControl('max-age=1'), cdn('max-age=3600')], true],
  ['cdn-max-age-long-cc-max-age', 'required', [cacheControl('max-age=3600'), cdn('max-age=1')], false],
  ['cdn-private', 'required', [cdn('private'), cacheControl('max-age=10000'), ['Expires', 10000], date], false],
  ['cdn-no-cache', 'required', [cdn('no-cache'), cacheControl('max-age=10000'), ['Expires', 10000], date], false],
  ['cdn-no-store-cc-fresh', 'required', [cacheControl('max-age=10000'), cdn('no-store'), ['Expires', 10000], date], false],
  ['cdn-fresh-cc-nostore', 'required', [cacheControl('no-store'), cdn('max-age=10000')], true],
  ['cdn-cc-invalid-sh-type-unknown', 'required', [cdn('max-age=10000, &&&&&'), cacheControl('no-store')], false],
  ['cdn-cc-invalid-sh-type-wrong', 'required', [cdn('max-age="10000"'), cacheControl('no-store')], false],

  ['freshness-max-age-stale', 'required', [cacheControl('max-age=2')], false],
  ['freshness-max-age-leading-zero', 'required', [['Cache-Control', 'max-age=003600', false]], true],
  ['stale-while-revalidate', 'optimal', [cacheControl('max-age=1, stale-while-revalidate=3600'), ['ETag', '"abc"']], true],
  ['status-200-must-understand', 'optimal', [cacheControl('max-age=3600, no-store, must-understand')], true],
];

// A stale response that may not stand in: whatever the client gets, the origin has not written it.
const closing = ['must-revalidate', 'proxy-revalidate', 'no-cache', 's-maxage=2'].map((directive) => ({
  id: `stale-close-${directive}`,
  requests: [
    first([cacheControl(`max-age=2, ${directive}`)]),
    {
      disconnect: true,
      // Today's suite takes any status; Selvedge's is this one.
      expected_status: 502,
      check_body: false,
      expected_response_headers_missing: ['server-request-count'],
    },
  ],
}));

const others = [
  {
    id: 'stale-while-revalidate-window',
    requests: [
      first([cacheControl('max-age=1, stale-while-revalidate=4'), ['ETag', '"abc"']]),
      { ...first([['Cache-Control', 'no-cache', false], ['ETag', '"def"', false]]), expected_type: 'cached' },
      { expected_response_headers: [['client-request-count', '3']] },
    ],
  },
  {
    id: 'other-date-update-expires',
    requests: [
      first([['Expires', 30 * 24 * 60 * 60], date]),
      { expected_type: 'cached', expected_response_headers: [date] },
    ],
  },
];

const checksNow = [
  /^age-parse-(numeric-)?parameter$/,
  /^freshness-max-age-quoted$/,
  /^freshness-max-age-(100a|a100)$/,
  /^invalidate-.*-(location|cl)$/,
  /^304-etag-update-response-(?!(X-)?Test-Header$|(X-)?Content-Foo$|Cache-Control$|Content-Length$)/,
];
const requiredNow = [/^partial-use-(stored-)?headers$/];
const gone = [/^freshness-max-age-ignore-quoted-all(-rev)?$/, /^freshness-max-age-multiple-(line|directive)$/];

/** The npm version's test sets as the repository has them today, but for interim responses (interim.mjs). */
export function amend(suites) {
  const written = [...storing.map(storingTest), ...closing, ...others].map((test) => ({ name: test.id, ...test }));
  const replaced = new Set(written.map((test) => test.id));
  const kept = suites.map((set) => ({
    ...set,
    tests: set.tests
      .filter(({ id }) => !replaced.has(id) && !gone.some((pattern) => pattern.test(id)))
      .map((test) => ({ ...test, kind: kindNow(test) })),
  }));
  return [...kept, { name: 'Of today', id: 'today', tests: written }];
}

function kindNow({ id, kind }) {
  if (checksNow.some((pattern) => pattern.test(id))) return 'check';
  return requiredNow.some((pattern) => pattern.test(id)) ? 'required' : kind;
}

function storingTest([id, kind, fields, reused]) {
  return { id, kind, requests: [first(fields), { expected_type: reused ? 'cached' : 'not_cached' }] };
}

function first(fields) {
  return { response_headers: fields, setup: true, pause_after: true };
}
