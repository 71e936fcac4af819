// @ts-check
/** A Vite plugin that puts the header files of the usual static hosts into the build, all made from headers.mjs. */
import { appHeaders } from './headers.mjs';

const IMMUTABLE = 'public, max-age=31536000, immutable';

/** @param {Record<string, string>} headers */
const asList = (headers) => Object.entries(headers).map(([key, value]) => ({ key, value }));

/** @param {unknown} value */
const asJson = (value) => `${JSON.stringify(value, null, 2)}\n`;

/** Every file by its name in the built folder. */
export function hostFiles() {
  const lines = Object.entries(appHeaders);
  return {
    // Netlify, Cloudflare Pages
    _headers: [
      '/*',
      ...lines.map(([name, value]) => `  ${name}: ${value}`),
      '/assets/*',
      `  Cache-Control: ${IMMUTABLE}`,
      '',
    ].join('\n'),
    // Vercel
    'vercel.json': asJson({
      headers: [
        { source: '/(.*)', headers: asList(appHeaders) },
        { source: '/assets/(.*)', headers: asList({ 'Cache-Control': IMMUTABLE }) },
      ],
    }),
    // Azure Static Web Apps
    'staticwebapp.config.json': asJson({
      globalHeaders: appHeaders,
      mimeTypes: { '.wasm': 'application/wasm', '.mjs': 'text/javascript' },
    }),
    // Apache, with mod_headers
    '.htaccess': [
      'AddType application/wasm .wasm',
      'AddType text/javascript .js .mjs',
      '<IfModule mod_headers.c>',
      ...lines.map(([name, value]) => `  Header always set ${name} "${value}"`),
      '</IfModule>',
      '',
    ].join('\n'),
    // GitHub Pages: serve the folder as it is. It sends no headers of ours.
    '.nojekyll': '',
  };
}

/** @returns {import('vite').Plugin} */
export function hostFilesPlugin() {
  return {
    name: 'weft-host-files',
    apply: 'build',
    generateBundle() {
      if (this.environment?.name !== 'client') return;
      for (const [fileName, source] of Object.entries(hostFiles())) this.emitFile({ type: 'asset', fileName, source });
    },
  };
}
