import { vercelPreset } from '@vercel/react-router/vite';

export default { presets: [vercelPreset()] };
