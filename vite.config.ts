import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { appHeaders, isolationHeaders } from './scripts/headers.mjs';
import { hostFilesPlugin } from './scripts/host-files.mjs';
import { pythonAssetsPlugin } from './scripts/python-assets.mjs';

export default defineConfig({
  // Relative addresses: the built folder works in any sub-path of any host.
  base: './',
  plugins: [react(), hostFilesPlugin(), pythonAssetsPlugin()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
    // The page, and the one without a face that the command line and the tests drive.
    rollupOptions: { input: ['index.html', 'run.html'] },
  },
  // No content security policy here: the dev server's own reloading needs inline scripts.
  server: { headers: isolationHeaders },
  preview: { headers: appHeaders },
});
