import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, type Locator } from '@playwright/test';
import { foldMachinery } from '../../src/trace/folding';
import { buildModel } from '../../src/trace/model';
import { readTrace } from '../../src/trace/trace-json';
import type { TraceModel } from '../../src/trace/trace';
import type { WeftPage } from './weft-page';

export function fixturePath(name: string): string {
  return fileURLToPath(new URL(`../fixtures/${name}.trace.json`, import.meta.url));
}

/** A recorded run as the page shows it. */
export function fixtureModel(name: string): TraceModel {
  return foldMachinery(buildModel(readTrace(readFileSync(fixturePath(name), 'utf8')).trace));
}

/** Opens a recorded run in the page. */
export async function openFixture(weft: WeftPage, name: string): Promise<TraceModel> {
  await weft.page.getByTestId('file').setInputFiles(fixturePath(name));
  await expect(weft.page.getByText(`Recorded run ${name}.trace.json`)).toBeVisible();
  return fixtureModel(name);
}

/** Shows one of the views below the timeline. */
export async function showView({ page }: WeftPage, name: string): Promise<Locator> {
  await page.getByRole('tablist', { name: 'Views of the run' }).getByRole('tab', { name }).click();
  return page.getByRole('tabpanel', { name });
}

/** Puts the playhead on a part (0 to 1) of what is in view; answers its moment in nanoseconds. */
export async function putPlayhead({ page }: WeftPage, part: number): Promise<number> {
  const axis = await page.locator('.wt-axis').boundingBox();
  if (axis === null) throw new Error('the axis is not shown');
  await page.mouse.click(axis.x + axis.width * part, axis.y + 10);
  return Number(await page.getByRole('slider', { name: 'Playhead' }).getAttribute('aria-valuenow'));
}
