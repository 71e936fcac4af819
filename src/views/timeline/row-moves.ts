import type { PlacedBlock, RowLayout } from './rows';

/** What the reader has arranged: see Arrangement in rows.ts. */
export interface Moves {
  readonly pinned: readonly string[];
  readonly moved: readonly string[];
}

/** The arrangement with the row `key` one place up (-1) or down (1) among those of its section; the same at an end. */
export function movedBy(layout: RowLayout, moves: Moves, key: string, by: 1 | -1): Moves {
  const block = layout.blocks.find((each) => each.key === key);
  const keys = keysBeside(layout, block);
  const from = keys.indexOf(key);
  const to = from + by;
  return block === undefined || to < 0 || to >= keys.length ? moves : withOrder(moves, block, inserted(keys, from, to));
}

/** The arrangement with the row `key` where it was let go: at the height `y` of the content. */
export function movedTo(layout: RowLayout, moves: Moves, key: string, y: number): Moves {
  const block = layout.blocks.find((each) => each.key === key);
  const beside = layout.blocks.filter(({ section }) => section === block?.section);
  const keys = beside.map((each) => each.key);
  const from = keys.indexOf(key);
  const below = beside.findIndex(({ top, height }) => y < top + height / 2);
  const to = below < 0 ? keys.length - 1 : below > from ? below - 1 : below;
  return block === undefined || to === from ? moves : withOrder(moves, block, inserted(keys, from, to));
}

function keysBeside(layout: RowLayout, block: PlacedBlock | undefined): readonly string[] {
  return layout.blocks.filter(({ section }) => section === block?.section).map(({ key }) => key);
}

function inserted(keys: readonly string[], from: number, to: number): readonly string[] {
  return keys.toSpliced(from, 1).toSpliced(to, 0, keys[from]);
}

function withOrder({ pinned, moved }: Moves, { section }: PlacedBlock, keys: readonly string[]): Moves {
  if (section === 'pinned') return { pinned: keys, moved };
  return { pinned, moved: [...moved.filter((key) => !keys.includes(key)), ...keys] };
}
