import { fromLinkBody, toLinkBody, type SharedProgram } from './shared-program';
import { LINK_VERSION, upgradeBody } from './upgraders';

const FORMAT = 'weft-program';

/** A file that holds what a link would: for programs too long for one. */
export interface ProgramFile {
  readonly name: string;
  readonly text: string;
}

/** One file of source where nothing else is to be said, else JSON with the body of a link. */
export function toProgramFile(shared: SharedProgram): ProgramFile {
  const body = toLinkBody(shared);
  const [only, ...others] = shared.program.files;
  if (only !== undefined && others.length === 0 && body.s === undefined && body.n === undefined) {
    return { name: only.name.split('/').at(-1) as string, text: only.text };
  }
  return {
    name: 'program.weft.json',
    text: `${JSON.stringify({ format: FORMAT, version: LINK_VERSION, ...body }, null, 1)}\n`,
  };
}

/** True where JSON read from a file says that it is a program of ours. */
export function isProgramFile(json: unknown): boolean {
  return typeof json === 'object' && json !== null && 'format' in json && json.format === FORMAT;
}

/** Reads what {@link toProgramFile} wrote as JSON; anybody may have changed it. */
export function fromProgramFile(json: unknown): SharedProgram | { readonly invalid: string } {
  if (!isProgramFile(json)) return { invalid: 'unknown format' };
  const { version } = json as { version?: unknown };
  if (!Number.isInteger(version) || (version as number) < 1) return { invalid: 'invalid version' };
  if ((version as number) > LINK_VERSION) {
    return { invalid: `unsupported version ${String(version)}: this page reads up to ${LINK_VERSION}` };
  }
  try {
    return fromLinkBody(upgradeBody(json, version as number));
  } catch {
    return { invalid: 'invalid body' };
  }
}

/** A program of the one file that a reader opened. */
export function programOfSource(name: string, text: string): SharedProgram['program'] | undefined {
  const language = /\.(js|mjs)$/i.test(name) ? 'javascript' : /\.py$/i.test(name) ? 'python' : undefined;
  return language && { language, files: [{ name, text }], entry: name };
}
