import { index, route } from '@react-router/dev/routes';

export default [
  index('./routes/home.jsx'),
  route('items/:id', './routes/item.jsx'),
  route('lang/:lang?/greet', './routes/greet.jsx'),
  route('files/*', './routes/files.jsx'),
  route('form', './routes/form.jsx'),
  route('deferred', './routes/deferred.jsx'),
  route('moved', './routes/moved.js'),
  route('forbidden', './routes/forbidden.jsx'),
  route('boom', './routes/boom.jsx'),
  route('api/echo', './routes/api/echo.js'),
  route('api/items/:id', './routes/api/item.js'),
  route('api/cookies', './routes/api/cookies.js'),
  route('api/stream', './routes/api/stream.js'),
];
