/** So often a long run is drawn ahead: by then the browser has compiled what draws it, and does not while a reader zooms. */
const ROUNDS = 60;

/**
 * Calls `draw` some times while the page is idle, a time in each pause. What runs for the first time runs slowly: without this the
 * first frames of zooming would take five times as long as the later ones. Answers how to stop it.
 */
export function drawAhead(draw: (round: number) => void): () => void {
  if (!('requestIdleCallback' in globalThis)) return () => undefined;
  let round = 0;
  let request = 0;
  const next = (): void => {
    request = requestIdleCallback(() => {
      draw(round++);
      if (round < ROUNDS) next();
    });
  };
  next();
  return () => cancelIdleCallback(request);
}
