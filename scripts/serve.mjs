// @ts-check
/** A small static server for the built page, with the headers that shared memory needs. Only Node's own modules. */
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { appHeaders } from './headers.mjs';

/** @type {Record<string, string>} */
const CONTENT_TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.py': 'text/x-python; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml; charset=utf-8',
  '.zip': 'application/zip',
};

/** How many ports after the one asked for are tried where it is taken. */
const PORTS_TRIED = 50;

/**
 * @typedef {object} ServerOptions
 * @property {string} root folder to serve
 * @property {number} [port] the next free one is taken where it is in use; 0 takes any (default)
 * @property {string} [host] default `localhost`
 * @property {string} [base] path under which the folder appears: `/` (default) or one such as `/course/weft/`
 * @property {Record<string, string>} [headers] sent with every answer; default: all that the app needs
 */

/**
 * Serves `root` until closed.
 *
 * @param {ServerOptions} options
 * @returns {Promise<{ url: string, port: number, close: () => Promise<void> }>}
 */
export async function startServer({ root, port = 0, host = 'localhost', base = '/', headers = appHeaders }) {
  const realRoot = await realpath(root);
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    answer(realRoot, base, request, response).catch((error) => {
      if (response.headersSent) response.destroy();
      else refuse(response, 500, error instanceof Error ? error.message : String(error));
    });
  });
  const taken = await listenOnFreePort(server, port, host);
  return {
    url: `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${taken}${base}`,
    port: taken,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // A browser keeps its connections open, and close() waits for those.
        server.closeAllConnections();
      }),
  };
}

/** @param {import('node:http').Server} server @param {number} port @param {string} host @returns {Promise<number>} */
async function listenOnFreePort(server, port, host) {
  for (let candidate = port; ; candidate++) {
    try {
      await listen(server, candidate, host);
      const address = server.address();
      return typeof address === 'object' && address ? address.port : candidate;
    } catch (error) {
      const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!inUse || candidate >= Math.min(port + PORTS_TRIED, 65535)) throw error;
    }
  }
}

/** @param {import('node:http').Server} server @param {number} port @param {string} host @returns {Promise<void>} */
function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/**
 * @param {string} root
 * @param {string} base
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function answer(root, base, request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return refuse(response, 405, 'only GET and HEAD');
  }
  const path = pathOf(request.url ?? '/');
  if (path === undefined) return refuse(response, 400, 'invalid path');
  if (path === base.slice(0, -1)) return redirect(response, base);
  if (!path.startsWith(base)) return refuse(response, 404, `nothing at ${path}`);
  const found = await findFile(root, path.slice(base.length));
  if (!found) return refuse(response, 404, `nothing at ${path}`);
  if (found === 'folder') return redirect(response, `${encodeURI(path)}/`);

  const tag = `W/"${found.size.toString(36)}-${Math.floor(found.mtimeMs).toString(36)}"`;
  response.setHeader('Content-Type', CONTENT_TYPES[extname(found.path)] ?? 'application/octet-stream');
  // What lies in assets/ has a hash of its content in its name; all else is asked for again, and mostly answered 304.
  const hashed = path.slice(base.length).startsWith('assets/');
  response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
  response.setHeader('ETag', tag);
  if (request.headers['if-none-match'] === tag) return void response.writeHead(304).end();
  response.setHeader('Content-Length', found.size);
  if (request.method === 'HEAD') return void response.writeHead(200).end();
  await new Promise((resolve, reject) => {
    createReadStream(found.path).on('error', reject).pipe(response).on('finish', resolve).on('close', resolve);
  });
}

/**
 * The decoded path of a request, or undefined where it is not one that a browser sends for a file of ours: `..`, hidden
 * files, backslashes and NULs are refused before the disk is looked at.
 *
 * @param {string} url
 */
function pathOf(url) {
  try {
    const path = decodeURIComponent(url.replace(/[?#].*$/s, ''));
    return path.startsWith('/') && !/[\\\0]|\/\.|\/\//.test(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} root a real path
 * @param {string} relative
 * @returns {Promise<{ path: string, size: number, mtimeMs: number } | 'folder' | undefined>}
 */
async function findFile(root, relative) {
  try {
    const path = await realpath(join(root, relative.endsWith('/') || relative === '' ? `${relative}index.html` : relative));
    // A symbolic link may lead out of the folder.
    if (!path.startsWith(root + sep)) return undefined;
    const stats = await stat(path);
    if (stats.isDirectory()) return 'folder';
    return stats.isFile() ? { path, size: stats.size, mtimeMs: stats.mtimeMs } : undefined;
  } catch {
    return undefined;
  }
}

/** @param {import('node:http').ServerResponse} response @param {string} location */
function redirect(response, location) {
  response.writeHead(308, { Location: location }).end();
}

/** @param {import('node:http').ServerResponse} response @param {number} status @param {string} sentence */
function refuse(response, status, sentence) {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(`${status}: ${sentence}\n`);
}
