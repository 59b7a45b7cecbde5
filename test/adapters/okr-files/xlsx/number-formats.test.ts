import assert from 'node:assert/strict';
import { readNumberFormat } from '../../../../src/adapters/okr-files/xlsx/number-formats.ts';

describe('the section of a number format that applies', () => {
  const cases: readonly (readonly [code: string, kinds: Readonly<Record<string, string>>])[] = [
    ['0%', { 1: 'percent', '-1': 'percent', 0: 'percent' }],
    ['[=0]"-";0%', { 0: 'percent', 0.27: 'percent', '-0.1': 'percent' }],
    ['[=0]0;0%', { 0: 'plain', 0.27: 'percent', '-0.1': 'percent' }],
    ['0%;0', { 0: 'percent', 0.27: 'percent', '-3': 'plain' }],
    ['0;-0%', { 0: 'plain', 27: 'plain', '-0.1': 'percent' }],
    ['0.0%;-0.0%;0', { 0: 'plain', 0.27: 'percent', '-0.1': 'percent' }],
    ['0;-0;0%', { 0: 'percent', 27: 'plain', '-1': 'plain' }],
    ['[<=1]0%;0', { 1: 'percent', 0.27: 'percent', 27: 'plain' }],
    ['[>1]0"%";0%', { 27: 'plain', 0.27: 'percent', 1: 'percent' }],
    ['[<0.5]0;[>=.5]0%', { 0.4: 'plain', 0.5: 'percent' }],
    ['[>100]0;[>=1]0.0;0%', { 101: 'plain', 7: 'plain', 0.27: 'percent' }],
    ['0;[<0]0%', { 7: 'plain', '-1': 'percent' }],
    ['[<>0]0%;0', { 7: 'percent', 0: 'plain' }],
    ['0%;;', { 0.27: 'percent', '-0.1': 'percent', 0: 'percent' }],
    ['"none";"none";0%', { 0.27: 'percent' }],
    ['0%;@', { 0.27: 'percent', '-0.1': 'percent' }],
    ['General;General;0%;@', { 27: 'plain', 0: 'percent' }],
    ['[Red][<0.5]0%;[Green]0.0%', { 0.27: 'percent', 0.7: 'percent' }],
    ['0"%"', { 27: 'plain' }],
    ['0\\%', { 27: 'plain' }],
    ['0" of; the %"', { 27: 'plain' }],
    ['0_%', { 27: 'plain' }],
    ['0*%', { 27: 'plain' }],
    ['[$%-409]0', { 27: 'plain' }],
    ['[$-407]dd.mm.yyyy;@', { 46023: 'date' }],
    ['[h]:mm;@', { 0.5: 'plain' }],
    ['[Blue]#,##0.00', { 27: 'plain' }],
    ['"days" 0', { 27: 'plain' }],
    ['', { 27: 'plain' }],
  ];
  for (const [code, kinds] of cases)
    it(`of ${code === '' ? 'nothing' : code} says what a number is`, () => {
      const kindOf = readNumberFormat(code);
      const found = Object.fromEntries(Object.keys(kinds).map((value) => [value, kindOf(Number(value))]));
      assert.deepEqual(found, kinds);
    });
});
