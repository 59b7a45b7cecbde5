import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'node-html-parser';
import { html } from '../../src/web/html.ts';

describe('html', () => {
  it('escapes text and attributes, and nests markup of its own', () => {
    const inner = html`<b>${'<i>&"\''}</b>`;
    assert.equal(
      html`<p title="${'"'}">${inner}${[inner]}${7}</p>`.markup,
      '<p title="&quot;"><b>&lt;i&gt;&amp;&quot;&#39;</b><b>&lt;i&gt;&amp;&quot;&#39;</b>7</p>',
    );
  });

  it('never lets data become an element or another attribute', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '=', '&', '/', ' ', 'a') }),
        ),
        (data) => {
          const root = parse(html`<p title="${data}">${data}</p>`.markup);
          const element = root.querySelector('p');
          assert.equal(root.querySelectorAll('*').length, 1);
          assert.deepEqual(Object.keys(element?.attributes ?? {}), ['title']);
          assert.equal(element?.getAttribute('title'), data);
          assert.equal(element.text, data);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
