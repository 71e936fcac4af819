import { describe, expect, test } from 'vitest';
import { distanceToCurve, linkCurve, LinkTrack, pointOn } from './link-lines';
import { seededNumbers } from './test-support/seeded-numbers';

function randomLinks(count: number, longest: number): LinkTrack {
  const random = seededNumbers(12);
  const track = new LinkTrack();
  for (let index = 0; index < count; index++) {
    track.append(Math.max(0, index * 10 - random() ** 4 * longest), index * 10, index % 3);
  }
  return track;
}

describe('arrows in view', () => {
  test('are those that touch it, whichever end is in it or none', () => {
    const track = randomLinks(2000, 5000);
    for (const [start, end] of [[0, 100], [5000, 5600], [19_000, 30_000], [7000, 7001]]) {
      const expected: number[] = [];
      for (let index = 0; index < track.count; index++) {
        if (track.toTimes[index] >= start && track.fromTimes[index] <= end) expected.push(index);
      }
      expect(track.within({ start, end }, 10_000, () => true)).toEqual({ indices: expected, stride: 1 });
    }
  });

  test('are thinned where they are too many, by the same ones while one pans', () => {
    const track = randomLinks(20_000, 50);
    const first = track.within({ start: 10_000, end: 110_000 }, 300, () => true);
    const second = track.within({ start: 10_500, end: 110_500 }, 300, () => true);
    expect(first.stride).toBeGreaterThan(1);
    expect(first.indices.length).toBeLessThan(620);
    const both = first.indices.filter((index) => track.toTimes[index] >= 10_500);
    expect(second.indices.slice(0, both.length)).toEqual(both);
  });

  test('are of the kinds that are asked for', () => {
    const { indices } = randomLinks(300, 50).within({ start: 0, end: 3000 }, 1000, (kind) => kind === 2);
    expect(indices).toHaveLength(100);
  });
});

describe('the line of an arrow', () => {
  const curve = linkCurve({ x: 10, y: 20 }, { x: 200, y: 120 });

  test('begins and ends at its moments', () => {
    expect(pointOn(curve, 0)).toEqual({ x: 10, y: 20 });
    expect(pointOn(curve, 1)).toEqual({ x: 200, y: 120 });
  });

  test('leaves one lane and enters the other upright', () => {
    expect(curve[1].x).toBe(10);
    expect(curve[1].y).toBeGreaterThan(20);
    expect(curve[2].x).toBe(200);
    expect(curve[2].y).toBeLessThan(120);
  });

  test('is near to its own points and far from others', () => {
    for (const at of [0, 0.2, 0.5, 0.77, 1]) expect(distanceToCurve(curve, pointOn(curve, at))).toBeLessThan(1.5);
    expect(distanceToCurve(curve, { x: 10, y: 120 })).toBeGreaterThan(30);
  });
});
