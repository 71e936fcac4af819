import type { TaskLine } from '../../analysis/task-lines';
import type { SourceFile } from '../../protocol/program';
import { element } from './element';
import { paintedLine } from './painted-line';

/** The text of a program with numbered lines, and a dot for each task on the line where it is. It cannot be edited. */
export class CodeView {
  readonly element: HTMLElement;
  private readonly lines: HTMLElement[];
  private marked: HTMLElement[] = [];

  constructor(private readonly file: SourceFile, label: string) {
    this.lines = file.text.replace(/\n$/, '').split('\n').map((text) => {
      const line = element('div', 'wp-line');
      line.append(element('span', 'wp-dots'), paintedLine(text));
      return line;
    });
    this.element = element('div', 'wp-code', { 'role': 'region', 'aria-label': label, 'tabindex': '0' });
    this.element.append(...this.lines);
  }

  /** Shows where the tasks are; `colorOf` is a colour of CSS. */
  show(tasks: readonly TaskLine[], colorOf: (task: TaskLine) => string): void {
    for (const line of this.marked) {
      line.removeAttribute('style');
      line.firstElementChild?.replaceChildren();
    }
    this.marked = [];
    for (const task of tasks) {
      const line = this.lines[task.line - 1];
      if (task.file !== this.file.name || line === undefined) continue;
      const dot = element('i', task.state === 'blocked' ? 'wp-waiting' : '', { title: task.name });
      dot.style.setProperty('--mark', colorOf(task));
      line.firstElementChild?.append(dot);
      if (line.style.length === 0) line.style.setProperty('--mark', colorOf(task));
      this.marked.push(line);
    }
  }
}
