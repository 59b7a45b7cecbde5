/** Turns sentences with emphasis or links in them into HTML. */
import type { RichText } from '../words/en/phrasing/rich-text.ts';
import { html, type Html } from './html.ts';

const part = (given: RichText[number]): Html => {
  if (typeof given === 'string') return html`${given}`;
  if ('data' in given) return html`${given.data}`;
  return 'strong' in given
    ? html`<strong>${given.strong}</strong>`
    : html`<a href="${given.href}">${given.link}</a>`;
};

export const rich = (text: RichText): Html => html`${text.map(part)}`;

export const paragraphs = (texts: readonly RichText[]): Html =>
  html`${texts.map((text) => html`<p>${rich(text)}</p>`)}`;
