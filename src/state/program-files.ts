import type { Language, Program } from '../protocol/program';

/** What changes in a program whose files come and go. */

const ENDINGS: Record<Language, string> = { javascript: 'js', python: 'py' };

/** Names of the files that are started, each as a program of its own. */
export function startedFiles({ entry, beside = [] }: Program): readonly string[] {
  return [entry, ...beside];
}

/** Programs of JavaScript have no sockets to speak to each other with, and run alone. */
export function runsSideBySide({ language }: Program): boolean {
  return language === 'python';
}

/** The first of the server's and the client's names that is free, and then numbers. */
export function nameOfNewFile({ files, language }: Program): string {
  const taken = new Set(files.map(({ name }) => name));
  const free = (name: string): boolean => !taken.has(`${name}.${ENDINGS[language]}`);
  let number = 2;
  while (!free(`program${number}`)) number++;
  return `${free('client') ? 'client' : `program${number}`}.${ENDINGS[language]}`;
}

/** A program of one file in another language: the file has that language's ending, and no other file of its name. */
export function inLanguage(program: Program, language: Language): Program {
  const [file] = program.files;
  if (program.files.length !== 1 || file === undefined) return program;
  const name = `${file.name.replace(/\.\w+$/, '')}.${ENDINGS[language]}`;
  return { ...program, language, files: [{ ...file, name }], entry: name };
}

/** The language that a file's name says, if it says one. */
export function languageOfName(name: string): Language | undefined {
  return (Object.keys(ENDINGS) as Language[]).find((language) => name.endsWith(`.${ENDINGS[language]}`));
}

export function withFile(program: Program, name: string): Program {
  const added = { ...program, files: [...program.files, { name, text: '' }] };
  return runsSideBySide(program) ? withStart(added, name, true) : added;
}

export function withoutFile(program: Program, name: string): Program {
  const files = program.files.filter((file) => file.name !== name);
  const started = startedFiles(program).filter((other) => other !== name);
  return starting({ ...program, files }, started.length > 0 ? started : files.slice(0, 1).map((file) => file.name));
}

/** The last one that is started stays so. */
export function withStart(program: Program, name: string, starts: boolean): Program {
  const others = startedFiles(program).filter((other) => other !== name);
  if (!starts && others.length === 0) return program;
  return starting(program, starts ? [...others, name] : others);
}

/** In the order of the files: a server's stands before its clients'. */
function starting({ language, files }: Program, names: readonly string[]): Program {
  const [entry = '', ...beside] = files.map(({ name }) => name).filter((name) => names.includes(name));
  return { language, files, entry, ...(beside.length > 0 && { beside }) };
}
