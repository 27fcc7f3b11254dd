import { getInstanceByDom } from 'echarts/core';
import { font, tokens, type Mode } from '../theme';

const SCALE = 2;

/** A chart as PNG, title above, filters and as-of below, so that a pasted picture still explains itself. */
export async function picture(
  chart: HTMLElement,
  title: string,
  foot: string,
  mode: Mode,
): Promise<Blob | null> {
  const image = new Image();
  image.src = getInstanceByDom(chart)?.getDataURL({ type: 'svg' }) ?? '';
  await image.decode();
  const [width, height] = [chart.clientWidth, chart.clientHeight];
  const canvas = document.createElement('canvas');
  canvas.width = (width + 32) * SCALE;
  canvas.height = (height + 76) * SCALE;
  const pen = canvas.getContext('2d');
  if (!pen) return null;
  const { surface, text, muted } = tokens[mode];
  pen.scale(SCALE, SCALE);
  pen.fillStyle = surface;
  pen.fillRect(0, 0, width + 32, height + 76);
  pen.fillStyle = text;
  pen.font = `600 16px ${font}`;
  pen.fillText(title, 16, 28);
  pen.drawImage(image, 16, 40, width, height);
  pen.fillStyle = muted;
  pen.font = `12px ${font}`;
  pen.fillText(foot, 16, height + 62);
  return new Promise((done) => canvas.toBlob(done, 'image/png'));
}

export function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
