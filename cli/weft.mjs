#!/usr/bin/env node
// @ts-check
/** The command line. Loads nothing from a package before the packages are known to be there. */
import { readFileSync } from 'node:fs';
import { ensureInstalled } from '../scripts/ensure-installed.mjs';
import { EXIT_MACHINE, EXIT_USAGE } from './exit-status.mjs';
import { HELP } from './help.mjs';
import { parseCommandLine } from './options.mjs';
import { UsageError } from './usage-error.mjs';

/** npm runs scripts in the project's folder and says where it was called from. */
const folder = process.env.npm_lifecycle_event === 'weft' && process.env.INIT_CWD ? process.env.INIT_CWD : process.cwd();

try {
  const line = parseCommandLine(process.argv.slice(2));
  if (line.command === 'help') {
    process.stdout.write(HELP);
  } else if (line.command === 'version') {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    process.stdout.write(`${version}\n`);
  } else if (line.command === 'explore') {
    ensureInstalled();
    const { exploreCommand } = await import('./explore-command.mjs');
    process.exitCode = await exploreCommand(line.options, folder);
  } else if (line.command === 'picture') {
    ensureInstalled();
    const { pictureCommand } = await import('./picture-command.mjs');
    process.exitCode = await pictureCommand(line.options, folder);
  } else if (line.command === 'grade') {
    ensureInstalled();
    const { gradeCommand } = await import('./grade-command.mjs');
    process.exitCode = await gradeCommand(line.options, folder);
  } else {
    ensureInstalled();
    const { runCommand } = await import('./run-command.mjs');
    process.exitCode = await runCommand(line.options, folder);
    // Typed input, if there was some, would keep the process waiting for more.
    process.stdin.unref?.();
  }
} catch (error) {
  process.exitCode = error instanceof UsageError ? EXIT_USAGE : EXIT_MACHINE;
  console.error(`weft: ${error instanceof Error ? error.message : String(error)}`);
}
