/** The colours of a workbook can be read: contrast of text on its ground, by the formula of WCAG 2. */
import assert from 'node:assert/strict';
import {
  barFill,
  headerFill,
  headerInk,
  statusColours,
  statusStyle,
  styles,
  type CellStyle,
} from '../../../../src/adapters/okr-files/workbook/cell-styles.ts';
import { knownStatuses } from '../../../../src/domain/okrs/reading/okr-row.ts';

function contrast(first: string, second: string): number {
  const [dark = 0, light = 0] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(argb: string): number {
  const [red = 0, green = 0, blue = 0] = [2, 4, 6].map((at) => {
    const part = Number.parseInt(argb.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('the colours of a workbook', () => {
  it('give every known status its own, with a contrast of 4.5:1 or more', () => {
    for (const status of knownStatuses) {
      const { fill, ink } = statusColours[status] ?? { fill: 'none', ink: 'none' };
      assert.ok(contrast(fill, ink) >= 4.5, status);
      assert.notEqual(statusStyle(status), statusStyle('Thriving'));
    }
    assert.equal(new Set(Object.values(statusColours).map(({ fill }) => fill)).size, knownStatuses.length);
  });

  it('can be read on headers and on white', () => {
    assert.ok(contrast(headerFill, headerInk) >= 4.5);
    for (const { fill, font } of Object.values<CellStyle>(styles)) {
      if (fill === undefined) assert.ok(contrast(font?.color?.argb ?? '', 'FFFFFFFF') >= 4.5);
    }
    assert.ok(contrast(styles.percent.font?.color?.argb ?? '', barFill) >= 4.5, 'on the bars of progress');
  });
});
