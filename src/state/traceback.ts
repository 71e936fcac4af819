/** Tracebacks of Python as they are printed, and which of their frames are the program's. */

const HEAD = 'Traceback (most recent call last):';
const FRAME = /^( *)File "([^"]*)", line \d+/;
/** What is no file of the program: CPython's library, and what it has frozen into the interpreter. */
const LIBRARY = /^(?:\/lib\/|<frozen )/;

/** Whether more of the traceback is to come: its last line is the exception's. */
export function isUnfinished(text: string): boolean {
  if (!text.startsWith(HEAD)) return false;
  const last = text.slice(text.lastIndexOf('\n') + 1);
  return last === HEAD || last.startsWith(' ');
}

/** A text without the frames of the library, and how many those are. */
export function withoutLibrary(text: string): { readonly text: string; readonly frames: number } {
  if (!text.includes('File "')) return { text, frames: 0 };
  const kept: string[] = [];
  let frames = 0;
  /** The indentation of the frame that is left out, whose source is indented more. */
  let leftOut = -1;
  for (const line of text.split('\n')) {
    const [, indentation, file] = FRAME.exec(line) ?? [];
    if (indentation !== undefined && file !== undefined) {
      leftOut = LIBRARY.test(file) ? indentation.length : -1;
      if (leftOut >= 0) frames++;
    } else if (leftOut >= 0 && !isPartOfFrame(line, leftOut)) {
      leftOut = -1;
    }
    if (leftOut < 0) kept.push(line);
  }
  return { text: kept.join('\n'), frames };
}

/** A line of its source or the carets below it, or how often the frame is repeated. */
function isPartOfFrame(line: string, indentation: number): boolean {
  const own = line.length - line.trimStart().length;
  return own > indentation || (own === indentation && line.startsWith('[', own));
}
