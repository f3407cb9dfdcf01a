import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html } from './html.ts';

describe('html', () => {
  it('keeps what is put in inert, and what it made itself as it is', () => {
    const hostile = `<script>alert(1)</script>"'&`;
    expect(html`<p title="${hostile}">${[html`<b>${hostile}</b>`, null, undefined, false, 0]}</p>`.text).toBe(
      '<p title="&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"><b>&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;</b>0</p>',
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(html`${text}`.text).not.toMatch(/[<>"']/);
      }),
    );
  });
});
