import { readFileSync } from 'node:fs';

/** PDF document that pdfkit writes. */
type Document = PDFKit.PDFDocument;

export interface Column {
  title: string;
  /** In points; the page has 511 between its margins. */
  width: number;
  isNumber?: boolean;
}

interface TableRow {
  cells: readonly string[];
  isBold?: boolean;
}

interface TextStyle {
  size: number;
  isBold?: boolean;
  isMuted?: boolean;
  align?: 'center';
}

const INK = '#1A2130';
const MUTED = '#59626F';
const LINE = '#D9DFE7';
const HEAD = '#F4F6F9';
const PAD = 3;
const SIZE = 8.5;

/** Noto Sans SC holds every character of both languages; pdfkit embeds those that are used. */
const fonts = {
  regular: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
} as const;
const loaded = new Map<string, Buffer>();

function font(name: keyof typeof fonts): Buffer {
  const known = loaded.get(name);
  if (known) return known;
  const bytes = readFileSync(require.resolve(fonts[name]));
  loaded.set(name, bytes);
  return bytes;
}

/** Text, tables and rules from top to bottom over as many pages as they need; a table says its headings again on each. */
export class PdfPages {
  private readonly document: Document;
  private readonly left: number;
  private readonly width: number;

  constructor(document: Document) {
    this.document = document;
    document.registerFont('regular', font('regular')).registerFont('bold', font('bold'));
    this.left = document.page.margins.left;
    this.width = document.page.width - this.left - document.page.margins.right;
    document.font('regular').fillColor(INK);
  }

  text(text: string, { size, isBold = false, isMuted = false, align }: TextStyle): void {
    this.document
      .font(isBold ? 'bold' : 'regular')
      .fontSize(size)
      .fillColor(isMuted ? MUTED : INK)
      .text(text, this.left, this.document.y, { width: this.width, ...(align && { align }) });
  }

  heading(text: string): void {
    this.room(48);
    this.gap(8);
    this.text(text, { size: 11, isBold: true });
    this.gap(3);
  }

  facts(rows: readonly (readonly [string, string])[]): void {
    for (const [name, value] of rows) {
      const { y } = this.document;
      this.document.font('regular').fontSize(9).fillColor(MUTED).text(name, this.left, y, { width: 110 });
      this.document.fillColor(INK).text(value, this.left + 112, y, { width: this.width - 112 });
      this.gap(1);
    }
  }

  table(columns: readonly Column[], rows: readonly TableRow[]): void {
    const head: TableRow = { cells: columns.map(({ title }) => title), isBold: true };
    this.row(columns, head, HEAD);
    for (const row of rows) {
      if (!this.fits(this.heightOf(columns, row))) {
        this.document.addPage();
        this.row(columns, head, HEAD);
      }
      this.row(columns, row);
    }
  }

  twoColumns(one: readonly string[], other: readonly string[]): void {
    const half = this.width / 2;
    for (const [place, text] of one.entries()) {
      const { y } = this.document;
      this.document.font('regular').fontSize(9).fillColor(INK);
      this.document.text(text, this.left, y, { width: half - 8 });
      const under = this.document.y;
      this.document.text(other[place] ?? '', this.left + half, y, { width: half - 8 });
      this.document.y = Math.max(under, this.document.y) + 8;
    }
  }

  rule(): void {
    const { y } = this.document;
    this.document
      .moveTo(this.left, y)
      .lineTo(this.left + this.width, y)
      .dash(3, { space: 3 })
      .strokeColor(MUTED)
      .stroke()
      .undash();
  }

  gap(points: number): void {
    this.document.y += points;
  }

  /** A new page, unless this much is left on this one. */
  room(points: number): void {
    if (!this.fits(points)) this.document.addPage();
  }

  /** Numbers every page, when all are there. */
  number(words: (page: number, pages: number) => string, note: string): void {
    const { count } = this.document.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.document.switchToPage(page);
      const { margins, height } = this.document.page;
      const { bottom } = margins;
      margins.bottom = 0; // the foot stands in the margin, where text would begin a new page
      const y = height - bottom + 14;
      this.document.font('regular').fontSize(7.5).fillColor(MUTED);
      this.document.text(note, this.left, y, { width: this.width - 90, lineBreak: false });
      this.document.text(words(page + 1, count), this.left, y, {
        width: this.width,
        align: 'right',
        lineBreak: false,
      });
      margins.bottom = bottom;
    }
  }

  private fits(points: number): boolean {
    const { height, margins } = this.document.page;
    return this.document.y + points <= height - margins.bottom;
  }

  private heightOf(columns: readonly Column[], { cells, isBold = false }: TableRow): number {
    this.document.font(isBold ? 'bold' : 'regular').fontSize(SIZE);
    const heights = cells.map((cell, place) =>
      this.document.heightOfString(cell || ' ', { width: (columns[place]?.width ?? 0) - 2 * PAD }),
    );
    return Math.max(...heights) + 2 * PAD;
  }

  private row(columns: readonly Column[], row: TableRow, background?: string): void {
    const height = this.heightOf(columns, row);
    const { y } = this.document;
    const width = columns.reduce((sum, column) => sum + column.width, 0);
    if (background) this.document.rect(this.left, y, width, height).fill(background);
    this.document
      .font(row.isBold ? 'bold' : 'regular')
      .fontSize(SIZE)
      .fillColor(INK);
    let x = this.left;
    for (const [place, column] of columns.entries()) {
      const text = row.cells[place] ?? '';
      if (text)
        this.document.text(text, x + PAD, y + PAD, {
          width: column.width - 2 * PAD,
          align: column.isNumber ? 'right' : 'left',
        });
      x += column.width;
    }
    this.document
      .moveTo(this.left, y + height)
      .lineTo(this.left + width, y + height)
      .lineWidth(0.5)
      .strokeColor(LINE)
      .stroke();
    this.document.y = y + height;
  }
}
