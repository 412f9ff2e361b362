import { kept } from '../../lib/kept.js';

export default defineEventHandler(kept);
