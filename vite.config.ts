import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { appHeaders, isolationHeaders } from './scripts/headers.mjs';
import { hostFilesPlugin } from './scripts/host-files.mjs';
import { pythonAssetsPlugin } from './scripts/python-assets.mjs';
import { recorderPlugin } from './scripts/recorder.mjs';
import { workerPartsPlugin } from './scripts/worker-parts.mjs';

export default defineConfig({
  // Relative addresses: the built folder works in any sub-path of any host.
  base: './',
  plugins: [react(), hostFilesPlugin(), pythonAssetsPlugin(), workerPartsPlugin(), recorderPlugin()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 1500,
    rollupOptions: {
      // The page; the one inside somebody else's; the one that says what a browser can do; the one without a face that the
      // command line and the tests drive; and two scripts with names that stay: the element for pages of others, and the service
      // worker.
      input: { 'index': 'index.html', 'embed': 'embed.html', 'run': 'run.html', 'weft-run': 'src/embed/weft-run.ts',
        'service-worker': 'src/offline/service-worker.ts', 'browser': 'browser.html' },
      output: {
        entryFileNames: ({ name }) => (/^(weft-run|service-worker)$/.test(name) ? '[name].js' : 'assets/[name]-[hash].js'),
        // A script of somebody else's page: its names stay its own.
        banner: ({ name }) => (name === 'weft-run' ? '(() => {' : ''),
        footer: ({ name }) => (name === 'weft-run' ? '})();' : ''),
      },
    },
  },
  // No content security policy here: the dev server's own reloading needs inline scripts.
  server: { headers: isolationHeaders },
  preview: { headers: appHeaders },
});
