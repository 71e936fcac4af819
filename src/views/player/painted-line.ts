import { element } from './element';

const KEYWORDS = new Set((
  'and as assert async await break case catch class const continue def del do elif else except finally for from function global if '
  + 'import in is lambda let match new nonlocal not of or pass raise return switch throw try var while with yield '
  + 'None True False null true false undefined'
).split(' '));

/** Comments, texts, numbers, names: enough of both languages to colour a short program. Texts of many lines stay plain. */
const TOKEN = /(#.*|\/\/.*)|([bfru]{0,2}'(?:[^'\\]|\\.)*'|[bfru]{0,2}"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`)|(\b\d[\w.]*)|([\p{L}_$][\p{L}\d_$]*)/gu;

/**
 * A line of code in colours. An editor's own parser would be ten times the size of all else that an embed loads before it is
 * asked for more; where the program can be edited it has one.
 */
export function paintedLine(text: string): HTMLElement {
  const line = element('code', '');
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [token, comment, quoted, number, name] = match;
    const kind = comment !== undefined ? 'comment'
      : quoted !== undefined ? 'string'
        : number !== undefined ? 'number'
          : name !== undefined && KEYWORDS.has(name) ? 'keyword' : undefined;
    if (kind === undefined) continue;
    line.append(text.slice(at, match.index), element('span', `wp-${kind}`, {}, token));
    at = match.index + token.length;
  }
  // An empty line is as high as the others.
  line.append(text.slice(at) || (at === 0 ? '\u200b' : ''));
  return line;
}
