import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fillPlaceholders, iconProblems } from '../../../src/tools/app-package/build-app-package.ts';
import { describeWithBrowser } from '../../support/mocha/browser.ts';

describe('fillPlaceholders', () => {
  it('fills every occurrence, with or without spaces', () => {
    const filled = fillPlaceholders('["${{A}}/x", "${{ A }}", "${{B}}"]', { A: '1', B: '2' });
    assert.deepEqual(filled, { text: '["1/x", "1", "2"]', unknown: [] });
  });

  it('keeps the JSON whole whatever a value holds', () => {
    const value = 'a "quoted" \\ line\nand $& ${{A}}';
    const { text } = fillPlaceholders('["${{A}}"]', { A: value });
    assert.deepEqual(JSON.parse(text), [value]);
  });

  it('reports what has no value, inherited names included', () => {
    const { unknown } = fillPlaceholders('${{A}} ${{B}} ${{toString}}', { B: '2' });
    assert.deepEqual(unknown, ['A', 'toString']);
  });
});

const appPackage = path.join(import.meta.dirname, '..', '..', '..', 'appPackage');

describe('iconProblems', () => {
  it('accepts a PNG of the right size and names a wrong one', async () => {
    const outline = await readFile(path.join(appPackage, 'outline.png'));
    assert.deepEqual(iconProblems('outline.png', outline, 32), []);
    assert.deepEqual(iconProblems('outline.png', outline, 192), [
      'outline.png is 32×32 pixels and must be 192×192',
    ]);
  });

  it('refuses what is no PNG', () => {
    assert.deepEqual(iconProblems('a.png', Buffer.alloc(0), 32), ['a.png is not a PNG']);
    assert.deepEqual(iconProblems('a.png', Buffer.from('<svg width="32" height="32"></svg>'), 32), [
      'a.png is not a PNG',
    ]);
  });
});

/** Runs inside the page: how many pixels have which colour and opacity. */
const COUNT_PIXELS = `async (url) => {
  const image = new Image();
  image.src = url;
  await image.decode();
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const count = { white: 0, transparent: 0, other: 0, opaque: 0 };
  const rows = new Set();
  for (let at = 0; at < data.length; at += 4) {
    const [red, green, blue, alpha] = data.slice(at, at + 4);
    if (alpha === 255) count.opaque += 1;
    if (alpha > 0) rows.add(Math.floor(at / 4 / image.width));
    if (alpha === 0) count.transparent += 1;
    else if (Math.min(red, green, blue) >= 250) count.white += 1;
    else count.other += 1;
  }
  return { ...count, rows: rows.size };
}`;

describeWithBrowser('the icons', (browser) => {
  const countPixels = async (name: string): Promise<unknown> => {
    const bytes = await readFile(path.join(appPackage, name));
    const page = await browser().newPage();
    const url = `data:image/png;base64,${bytes.toString('base64')}`;
    return page.evaluate(`(${COUNT_PIXELS})(${JSON.stringify(url)})`);
  };

  it('are white on transparent (outline)', async () => {
    const count = (await countPixels('outline.png')) as {
      readonly [of in 'white' | 'transparent' | 'other' | 'rows']: number;
    };
    assert.equal(count.other, 0);
    assert.ok(count.white > 100 && count.transparent > 400, JSON.stringify(count));
    assert.ok(count.rows >= 31, 'nothing is left empty around the symbol');
  });

  it('are opaque to the edge (color)', async () => {
    const count = (await countPixels('color.png')) as { opaque: number };
    assert.equal(count.opaque, 192 * 192);
  });
});
