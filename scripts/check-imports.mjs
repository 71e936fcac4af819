// @ts-check
/**
 * Checks what import-rules.mjs says: the direction of imports between the folders of src/, the packages each may use, and
 * that one file only waits on shared memory. Type-only imports, dynamic ones and `new URL(…, import.meta.url)` count too.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import ts from 'typescript';
import { folderRules, reachableFolders, testPackages, waitingCalls, waitingFile } from './import-rules.mjs';
import { isMain, projectRoot } from './paths.mjs';

/**
 * @typedef {object} SourceFile
 * @property {string} path from the project's folder, with slashes: `src/kernel/task.ts`
 * @property {string} text
 */

const TEST_FILE = /\.test\.tsx?$|\/test-support\//;

/** @param {SourceFile} file */
function parse({ path, text }) {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

/** The address in `new URL('address', import.meta.url)`. @param {ts.Node} node @returns {ts.StringLiteralLike | undefined} */
function moduleUrlOf(node) {
  if (!ts.isNewExpression(node) || node.expression.getText() !== 'URL') return undefined;
  const [address, base] = node.arguments ?? [];
  return address && ts.isStringLiteralLike(address) && base?.getText() === 'import.meta.url' ? address : undefined;
}

/** The module that `node` names, however it names it. @param {ts.Node} node @returns {ts.StringLiteralLike | undefined} */
function specifierOf(node) {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
    return ts.isStringLiteralLike(node.moduleSpecifier) ? node.moduleSpecifier : undefined;
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return ts.isStringLiteralLike(node.argument.literal) ? node.argument.literal : undefined;
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [argument] = node.arguments;
    return argument && ts.isStringLiteralLike(argument) ? argument : undefined;
  }
  return moduleUrlOf(node);
}

/** What is taken from `Atomics` at `node`: `Atomics.wait`, `Atomics['wait']`, `const { wait } = Atomics`. @param {ts.Node} node */
function atomicsMembers(node) {
  if (ts.isPropertyAccessExpression(node) && node.expression.getText() === 'Atomics') return [node.name.text];
  if (ts.isElementAccessExpression(node) && node.expression.getText() === 'Atomics') {
    // A computed name could be any of them.
    return [ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : 'wait'];
  }
  if (ts.isVariableDeclaration(node) && node.initializer?.getText() === 'Atomics') {
    return ts.isObjectBindingPattern(node.name)
      ? node.name.elements.map((element) => (element.propertyName ?? element.name).getText())
      : ['wait'];
  }
  return [];
}

/** @param {string} name @param {(string | RegExp)[]} allowed */
function packageAllowed(name, allowed) {
  return allowed.some((rule) => (typeof rule === 'string' ? rule === name : rule.test(name)));
}

/**
 * What is wrong with importing `specifier` from the file at `path`, or undefined.
 *
 * @param {string} path
 * @param {string} specifier
 */
function importBreach(path, specifier) {
  const [, folder = '', ...rest] = path.split('/');
  const rule = rest.length > 0 ? folderRules[folder] : undefined;
  // Entries (src/main.tsx) put everything together; a folder without a rule is reported once, by checkSources.
  if (!rule) return undefined;
  const name = specifier.replace(/\?.*$/, '');
  if (!name.startsWith('.')) {
    if (packageAllowed(name, rule.packages) || (TEST_FILE.test(path) && packageAllowed(name, testPackages))) return undefined;
    return `${folder}/ may not use the package "${name}"; use it in a layer above and pass in what is needed, or allow it in scripts/import-rules.mjs`;
  }
  const [top, target = '', ...below] = posix.join(posix.dirname(path), name).split('/');
  if (top !== 'src') return `"${specifier}" is outside src/; move what is shared into src/base/`;
  if (below.length === 0 && !folderRules[target]) return `"${specifier}" is an entry of the page; move what is shared into a folder`;
  const reachable = reachableFolders(folder);
  if (reachable.has(target)) return undefined;
  reachable.delete(folder);
  const allowed = [...reachable].join(', ') || 'no other folder';
  return `${folder}/ may not import ${target}/ (only ${allowed}); move what is shared down, or pass it in from above`;
}

/**
 * Every breach in `files`, as `path:line: what is wrong and how to mend it`.
 *
 * @param {SourceFile[]} files
 * @returns {string[]}
 */
export function checkSources(files) {
  /** @type {string[]} */
  const breaches = [];
  /** @type {Set<string>} */
  const unruled = new Set();
  for (const file of files) {
    const source = parse(file);
    /** @param {ts.Node} node @param {string} sentence */
    const report = (node, sentence) => {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      breaches.push(`${file.path}:${line + 1}: ${sentence}`);
    };
    const [, folder = '', ...rest] = file.path.split('/');
    if (rest.length > 0 && !folderRules[folder] && !unruled.has(folder)) {
      unruled.add(folder);
      report(source, `src/${folder}/ has no rule; say in scripts/import-rules.mjs what it may import`);
    }
    /** @param {ts.Node} node */
    const visit = (node) => {
      const specifier = specifierOf(node);
      const breach = specifier && importBreach(file.path, specifier.text);
      if (specifier && breach) report(specifier, breach);
      if (file.path !== waitingFile) {
        for (const member of atomicsMembers(node).filter((name) => waitingCalls.includes(name))) {
          report(node, `Atomics.${member} belongs in ${waitingFile} alone; call its functions, or park on a wait queue`);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return breaches;
}

/**
 * The TypeScript files below `root`/src.
 *
 * @param {string} root
 * @returns {SourceFile[]}
 */
export function readSources(root) {
  return readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ path: path.slice(root.length + 1).split(sep).join('/'), text: readFileSync(path, 'utf8') }));
}

if (isMain(import.meta.url)) {
  const files = readSources(projectRoot);
  const breaches = checkSources(files);
  for (const breach of breaches) console.log(breach);
  console.log(breaches.length ? `${breaches.length} imports against the rules` : `${files.length} files import as they should`);
  process.exitCode = breaches.length ? 1 : 0;
}
