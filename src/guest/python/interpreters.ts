import { closeDoors, openDoors } from './interpreter/doors';
import type { InterpreterFiles } from './interpreter/boot';
import type { BaseImage } from './messages';
import { PythonProcess, type ProcessHost } from './python-process';

/** Each holds some 40 MB. */
const MOST_KEPT = 4;

/** The interpreters of a worker that has several: those that wait for a process. */
export class Interpreters {
  private readonly spare: PythonProcess[] = [];

  constructor(
    private readonly files: InterpreterFiles,
    private readonly image: BaseImage,
    private readonly host: (of: () => PythonProcess) => ProcessHost,
  ) {}

  /** One that has booted, if there is one. */
  take(): PythonProcess | undefined {
    return this.spare.pop();
  }

  /** Boots another. Not two at a time: the loader takes what it needs from the worker's globals. */
  async boot(): Promise<PythonProcess> {
    openDoors();
    try {
      const made: PythonProcess = new PythonProcess(this.host(() => made));
      await made.boot(this.files, Promise.resolve(this.image));
      return made;
    } finally {
      closeDoors();
    }
  }

  /** It is as it was when it had booted. */
  giveBack(interpreter: PythonProcess): void {
    if (this.spare.length < MOST_KEPT) this.spare.push(interpreter);
  }
}
