// @ts-check
import { buffer } from 'node:stream/consumers';

/**
 * Calls an AWS Lambda handler with an API Gateway proxy event (payload version 1.0), as Vercel does for `awsLambdaHandler`. Such a
 * function takes its request whole and gives its response whole.
 * @param {any} module
 * @param {string} exportName
 * @returns {import('./server.mjs').Handle}
 */
export function createAwsHandler(module, exportName) {
  const handler = module[exportName];
  if (typeof handler !== 'function') throw new Error(`awsLambdaHandler names the export ${exportName}, which is no function.`);

  return async (req, res, invocation) => {
    const event = toEvent(req, await buffer(req));
    const result = await call(handler, event, { awsRequestId: invocation.id, callbackWaitsForEmptyEventLoop: true });
    send(/** @type {any} */ (result ?? {}), res);
  };
}

/**
 * @param {Function} handler It may answer by a promise or by the callback.
 * @param {object} event
 * @param {object} context
 */
function call(handler, event, context) {
  return new Promise((resolve, reject) => {
    const returned = handler(event, context, (/** @type {unknown} */ error, /** @type {unknown} */ result) =>
      error ? reject(error) : resolve(result),
    );
    if (typeof returned?.then === 'function') returned.then(resolve, reject);
  });
}

/**
 * @param {import('node:http').IncomingMessage} req
 * @param {Buffer} body
 */
function toEvent(req, body) {
  const { pathname, searchParams } = new URL(req.url ?? '/', 'http://localhost');
  const query = [...new Set(searchParams.keys())].map((name) => /** @type {const} */ ([name, searchParams.getAll(name)]));
  const headers = Object.entries(req.headers).map(
    ([name, value]) => /** @type {const} */ ([name, Array.isArray(value) ? value : [String(value)]]),
  );
  return {
    resource: '/{proxy+}',
    path: pathname,
    httpMethod: req.method,
    headers: Object.fromEntries(headers.map(([name, values]) => [name, values.join(', ')])),
    multiValueHeaders: Object.fromEntries(headers),
    queryStringParameters: Object.fromEntries(query.map(([name, values]) => [name, values.at(-1)])),
    multiValueQueryStringParameters: Object.fromEntries(query),
    pathParameters: { proxy: pathname.slice(1) },
    requestContext: { httpMethod: req.method, path: pathname },
    body: body.toString('base64'),
    isBase64Encoded: true,
  };
}

/**
 * @param {{ statusCode?: number, headers?: object, multiValueHeaders?: object, cookies?: string[], body?: string, isBase64Encoded?: boolean }} result
 * @param {import('node:http').ServerResponse} res
 */
function send(result, res) {
  const { statusCode = 200, headers = {}, multiValueHeaders = {}, cookies = [], body = '', isBase64Encoded = false } = result;
  for (const [name, value] of Object.entries({ ...headers, ...multiValueHeaders })) res.setHeader(name, value);
  if (cookies.length > 0) res.setHeader('set-cookie', cookies);
  res.removeHeader('transfer-encoding');
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  res.statusCode = statusCode;
  res.setHeader('content-length', bytes.length).end(bytes);
}
