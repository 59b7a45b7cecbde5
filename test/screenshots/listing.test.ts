import assert from 'node:assert/strict';
import { frame, phoneFrame, scaleOf } from './frame.ts';
import { listingPictures, listingSize, phonePicture, phoneSize, pictureProblems } from './listing.ts';

/** As far as its size is told. */
function pngOf({ width, height }: typeof listingSize, bytes = 24): Buffer {
  const png = Buffer.alloc(bytes);
  png.write('IHDR', 12, 'latin1');
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  return png;
}

describe('the pictures of the listing', () => {
  const pictures = listingPictures('https://example.com/plan');

  it('are as many and as large as the store wants, with one on a phone and a caption each', () => {
    assert.ok(pictures.length >= 3 && pictures.length <= 5);
    assert.deepEqual(listingSize, { width: 1366, height: 768 });
    assert.equal(pictures.filter(({ narrow }) => narrow === true).length, 1);
    assert.equal(new Set(pictures.map(({ file }) => file)).size, pictures.length);
    for (const { file, caption, text } of pictures) {
      assert.match(file, /^\d-[a-z-]+\.png$/);
      assert.ok(caption.length > 10 && caption.length <= 40 && text.length > 10, file);
      assert.doesNotMatch(`${caption} ${text}`, /\bMS\b|MSFT|best|guaranteed/i);
    }
    assert.ok(phoneSize.width < 450 && phoneSize.height > phoneSize.width && phonePicture.endsWith('.png'));
  });

  it('are not kept in another size, above a megabyte, or as something else', () => {
    assert.deepEqual(pictureProblems(pngOf(listingSize), listingSize), []);
    assert.deepEqual(pictureProblems(pngOf(phoneSize), listingSize), ['is 390 × 844 pixels']);
    assert.deepEqual(pictureProblems(pngOf(listingSize, 1_048_577), listingSize), ['has 1048577 bytes']);
    assert.deepEqual(pictureProblems(Buffer.from('GIF89a'), listingSize), ['is no PNG']);
  });

  const turn = (width: number, height: number) => ({
    wrote: '<b>list</b>',
    card: { png: Buffer.from('x'), width, height },
  });

  it('have room for every card, whole', () => {
    for (const columns of [
      [[turn(420, 440)]],
      [[turn(420, 130), turn(420, 300)], [turn(420, 640)]],
      [[turn(358, 740)], [turn(358, 190), turn(358, 240)]],
      [[turn(420, 100)], [turn(420, 100)]],
    ]) {
      const scale = scaleOf(columns);
      assert.ok(scale > 0.7 && scale <= 1.35, String(scale));
      for (const turns of columns) {
        const cards = turns.reduce((sum, { card }) => sum + card.height * scale, 0);
        assert.ok(cards + turns.length * 92 <= listingSize.height - 92);
      }
      const across = columns.reduce((sum, [first]) => sum + (first?.card.width ?? 0) * scale, 0);
      assert.ok(across <= 890.5, String(across));
    }
  });

  it('say their caption, and what was written as it was', () => {
    const [picture] = pictures;
    assert.ok(picture);
    const drawn = frame({ ...picture, columns: [[turn(420, 440)]], icon: Buffer.from('i') });
    assert.ok(drawn.includes(`<h1>${picture.caption}</h1>`));
    for (const page of [drawn, phoneFrame([turn(358, 740)], Buffer.from('i'))]) {
      assert.ok(page.includes('&lt;b&gt;list&lt;/b&gt;') && !page.includes('<b>list'));
      assert.equal(page.match(/data:image\/png;base64,eA==/g)?.length, 1, 'its card');
    }
  });
});
