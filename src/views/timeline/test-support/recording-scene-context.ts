import { RecordingContext } from '../../../render/test-support/recording-context';
import type { SceneContext } from '../scene';

export interface TextCall {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** A canvas that remembers texts, paths that were filled or stroked, and rectangles; a letter is six pixels wide. */
class SceneRecorder extends RecordingContext {
  readonly texts: TextCall[] = [];
  readonly curves: number[][] = [];
  font = '';
  textBaseline = 'alphabetic';
  textAlign = 'left';
  strokeStyle = '';
  lineWidth = 1;
  lineJoin = 'miter';
  arcs = 0;
  outlines: number[][] = [];

  fillText(text: string, x: number, y: number): void {
    this.texts.push({ text, x, y });
  }
  measureText(text: string): { width: number } {
    return { width: text.length * 6 };
  }
  bezierCurveTo(...points: number[]): void {
    this.curves.push(points);
  }
  strokeRect(...box: number[]): void {
    this.outlines.push(box);
  }
  arc(): void {
    this.arcs++;
  }
  getTransform(): object {
    return {};
  }
  clearRect(): void {}
  setTransform(): void {}
  setLineDash(): void {}
  beginPath(): void {}
  closePath(): void {}
  moveTo(): void {}
  lineTo(): void {}
  rect(): void {}
  fill(): void {}
  stroke(): void {}
}

/** The recorder, and the same as what painters take. */
export function recordingSceneContext(): { readonly recorder: SceneRecorder; readonly context: SceneContext } {
  const recorder = new SceneRecorder();
  // It has every member that the painters use; the rest of a canvas context is not needed.
  return { recorder, context: recorder as unknown as SceneContext };
}
