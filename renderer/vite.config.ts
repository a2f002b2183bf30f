/** How the page is built: `dist/renderer`, files with hashed names, nothing inlined (the content policy allows no inline script). */
import { join } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

export default defineConfig({
  root,
  base: './',
  plugins: [react(), tailwindcss()],
  resolve: { alias: { '#core': join(root, '..', 'core'), '#renderer': root } },
  build: { outDir: join(root, '..', 'dist', 'renderer'), emptyOutDir: true, target: 'chrome140', assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 900 },
  worker: { format: 'es' },
});
