import { describe, expect, it } from 'vitest';
import { escaped, SvgContext, svgImage, type SvgTools } from './svg-context';

const tools: SvgTools = {
  measure: (text) => ({ width: text.length * 6 }) as TextMetrics,
  imageData: (width, height) => ({ width, height, data: new Uint8ClampedArray(width * height * 4) }) as unknown as ImageData,
  address: ({ width }) => `data:${width}`,
};

describe('drawing into an SVG', () => {
  it('writes rectangles, paths and texts where a canvas would draw them', () => {
    const context = new SvgContext(tools, 'p');
    context.setTransform(1, 0, 0, 1, 10, 20);
    context.fillStyle = '#12806a80';
    context.fillRect(1, 2, 3.456, 4);
    context.beginPath();
    context.moveTo(0, 0);
    context.lineTo(5, 5);
    context.strokeStyle = '#ff0000';
    context.setLineDash([4, 3]);
    context.stroke();
    context.textBaseline = 'middle';
    context.fillText('a < b', 0, 0);
    expect(context.content()).toBe(
      '<defs></defs><rect x="11" y="22" width="3.46" height="4" fill="#12806a" fill-opacity="0.5"/>'
      + '<path d="M10 20L15 25" fill="none" stroke="#ff0000" stroke-width="1" stroke-linejoin="miter" stroke-dasharray="4 3"/>'
      + '<text x="10" y="20" style="font:10px sans-serif" dominant-baseline="central" text-anchor="start" fill="#12806a" fill-opacity="0.5">a &lt; b</text>',
    );
  });

  it('keeps one pattern for the same pixels', () => {
    const context = new SvgContext(tools, 'p');
    for (let turn = 0; turn < 2; turn++) {
      context.fillStyle = context.createPattern(svgImage(tools.imageData(8, 8), tools));
      context.fillRect(0, 0, 1, 1);
    }
    expect(context.content().match(/<pattern /g)).toHaveLength(1);
    expect(context.content().match(/fill="url\(#p0\)"/g)).toHaveLength(2);
  });

  it('lets no text out of its element', () => {
    expect(escaped('</text><script>"&\u0001')).toBe('&lt;/text&gt;&lt;script&gt;&quot;&amp;�');
  });
});
