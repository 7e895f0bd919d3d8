import { defineConfig } from 'vite';

/** Builds the console into web/dist, which the API serves; `npx vite web` serves it while it is worked on. */
export default defineConfig({
  root: import.meta.dirname,
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', sourcemap: false, chunkSizeWarningLimit: 700 },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:8080' } } },
});
