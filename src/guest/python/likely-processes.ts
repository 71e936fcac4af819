import type { Program } from '../../protocol/program';

const STARTS_PROCESSES = /\b(?:multiprocessing|ProcessPoolExecutor|Forking(?:MixIn|TCPServer|UnixStreamServer)|os\.fork)\b/;

/** As many as programs of a course mostly have, where the text gives no number. */
const USUAL = 4;

/** `Pool(3)`, `max_workers=3`, `processes=3`. */
const NUMBER = /\b(?:Pool\(|ProcessPoolExecutor\(|processes\s*=\s*|max_workers\s*=\s*)(\d+)/g;

/**
 * How many processes a program is likely to have beside its first: workers are booted for so many before it begins. A guess from its
 * text, which costs memory or a wait where it is wrong.
 */
export function likelyProcesses({ files }: Program): number {
  const text = files.map((file) => file.text).join('\n');
  if (!STARTS_PROCESSES.test(text)) return 0;
  const numbers = [...text.matchAll(NUMBER)].map(([, digits]) => Number(digits));
  return Math.max(USUAL, ...numbers);
}
