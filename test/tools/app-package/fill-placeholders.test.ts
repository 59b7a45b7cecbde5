import assert from 'node:assert/strict';
import { fillPlaceholders } from '../../../src/tools/app-package/fill-placeholders.ts';

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
