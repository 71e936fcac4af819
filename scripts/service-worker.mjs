// @ts-check
/** Puts the list of the built files before the text of the service worker: what it keeps, and what this version is called. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const WORKER = 'service-worker.js';
/** For hosts, the command line and the build itself. */
const NOT_KEPT = /^(\.|_headers$|vercel\.json$|staticwebapp\.config\.json$|run\.html$|service-worker\.js$)/;
/** Larger than all the rest: asked for once the page has nothing else to do. */
const LATER = /^(python|lessons)/;

/** @param {string} folder @returns {string[]} */
function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** @param {string} folder the built one */
export function finishServiceWorker(folder) {
  const files = filesUnder(folder).filter((name) => !NOT_KEPT.test(name));
  const hash = createHash('sha256');
  for (const name of files) hash.update(name).update(readFileSync(join(folder, name)));
  const list = {
    version: hash.digest('hex').slice(0, 16),
    first: files.filter((name) => !LATER.test(name)),
    later: files.filter((name) => LATER.test(name)),
  };
  const path = join(folder, WORKER);
  writeFileSync(path, `const weftBuild = ${JSON.stringify(list)};\n${readFileSync(path, 'utf8')}`);
}
