import inter from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import mono from '@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2?url';
import type { SvgTools } from '../../render/svg-context';
import { timelineSvg } from './picture';
import type { Scene } from './scene';

export type PictureKind = 'svg' | 'png';

/** A picture for a slide is looked at from near. */
const PNG_SCALE = 2;

/** What is in view of the timeline as a file. */
export async function timelinePicture(scene: Scene, kind: PictureKind): Promise<Blob> {
  // The page may have drawn with another font until now.
  await Promise.all(FONTS.map(([family]) => document.fonts.load(`12px '${family}'`)));
  const svg = timelineSvg(scene, browserTools(), await fontFaces());
  if (kind === 'svg') return new Blob([svg], { type: 'image/svg+xml' });
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * PNG_SCALE;
  canvas.height = image.naturalHeight * PNG_SCALE;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('the picture is too large')) : resolve(blob)), 'image/png');
  });
}

const FONTS = [['Inter Variable', inter], ['JetBrains Mono Variable', mono]] as const;

/** For where no style sheet has them: the page without a face. */
export async function loadPictureFonts(): Promise<void> {
  await Promise.all(FONTS.map(async ([family, url]) => {
    document.fonts.add(await new FontFace(family, `url(${url}) format('woff2')`, { weight: '100 900' }).load());
  }));
}

function browserTools(): SvgTools {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('missing 2d context for a picture');
  return {
    measure: (text, font) => {
      context.font = font;
      return context.measureText(text);
    },
    imageData: (width, height) => new ImageData(width, height),
    address: (image) => {
      canvas.width = image.width;
      canvas.height = image.height;
      context.putImageData(image, 0, 0);
      return canvas.toDataURL('image/png');
    },
  };
}

/** The fonts as part of the picture: whoever opens it need not have them. */
async function fontFaces(): Promise<string> {
  const faces = await Promise.all(FONTS.map(async ([family, url]) => {
    const response = await fetch(url);
    return `@font-face{font-family:'${family}';font-weight:100 900;src:url(${await dataAddress(await response.blob())}) format('woff2')}`;
  }));
  return faces.join('');
}

function dataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '');
    reader.onerror = () => reject(reader.error ?? new Error('a font could not be read'));
    reader.readAsDataURL(blob);
  });
}
