import { linkCurve } from '../../render/link-lines';
import { xOf } from '../../render/viewport';
import { fade, type Scene, type SceneContext } from './scene';

interface Stop {
  readonly x: number;
  readonly top: number;
  readonly height: number;
}

/** The way of one item from lane to lane, over all arrows: a band from stop to stop, and a bead at each. */
export function paintJourney(context: SceneContext, scene: Scene): void {
  const { journey, palette } = scene;
  if (journey === undefined) return;
  const stops = journey.steps.flatMap(({ task, time }): Stop[] => {
    const strip = scene.layout.strips.get(task);
    return strip === undefined ? [] : [{ x: xOf(scene.viewport, time), top: strip.top, height: strip.height }];
  });
  for (const [width, ink] of [[7, fade(palette.panel, 0.9)], [3.5, palette.accent]] as const) {
    context.lineWidth = width;
    context.strokeStyle = ink;
    stops.slice(1).forEach((to, index) => paintLeg(context, stops[index], to));
  }
  for (const stop of stops) {
    context.beginPath();
    context.arc(stop.x, middleOf(stop), 4.5, 0, Math.PI * 2);
    context.fillStyle = palette.accent;
    context.strokeStyle = palette.panel;
    context.lineWidth = 2;
    context.fill();
    context.stroke();
  }
}

function paintLeg(context: SceneContext, from: Stop, to: Stop): void {
  context.beginPath();
  if (from.top === to.top) {
    context.moveTo(from.x, middleOf(from));
    context.lineTo(to.x, middleOf(to));
  } else {
    const [start, one, two, end] = linkCurve({ x: from.x, y: middleOf(from) }, { x: to.x, y: middleOf(to) });
    context.moveTo(start.x, start.y);
    context.bezierCurveTo(one.x, one.y, two.x, two.y, end.x, end.y);
  }
  context.stroke();
}

function middleOf({ top, height }: Stop): number {
  return top + height / 2;
}
