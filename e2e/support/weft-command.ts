import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const weft = fileURLToPath(new URL('../../cli/weft.mjs', import.meta.url));

/** A command of the command line that runs. */
export class WeftCommand {
  stdout = '';
  stderr = '';
  /** The exit status. */
  readonly ended: Promise<number | null>;
  private readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  private wake: () => void = () => undefined;

  constructor(folder: string, args: readonly string[], environment: Record<string, string> = {}) {
    this.child = spawn(process.execPath, [weft, ...args], {
      cwd: folder, stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...environment },
    });
    this.child.stdin.on('error', () => undefined);
    for (const name of ['stdout', 'stderr'] as const) {
      this.child[name].setEncoding('utf8').on('data', (text: string) => {
        this[name] += text;
        this.wake();
      });
    }
    this.ended = new Promise((resolve) => this.child.on('close', resolve));
  }

  /** Gives all of its standard input. */
  type(text: string): void {
    this.child.stdin.end(text);
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** As `| head`: nobody reads its output any more. */
  closeOutput(): void {
    this.child.stdout.destroy();
  }

  /** Resolves when its standard output holds `text`. */
  printed(text: string): Promise<void> {
    return new Promise((resolve) => {
      this.wake = () => {
        if (this.stdout.includes(text)) resolve();
      };
      this.wake();
    });
  }
}
