import { Hono } from 'hono';
import { app, notFound } from '../lib/app.js';

// What the framework's preset takes for the whole site, on Node.
const site = new Hono();
site.get('/', (context) => context.html('<h1>page:home</h1>'));
site.route('/', app('/node'));
site.notFound(notFound);

export default site;
