/** Draws one picture of the listing: its caption on the colour of the app, and beside it what was said in the chat. */
import { html, type Html } from '../../src/web/html.ts';
import { listingSize, phoneSize } from './listing.ts';

/** What somebody wrote, and the bot's card as a picture of twice its size. */
export interface ShownTurn {
  readonly wrote: string | undefined;
  readonly card: { readonly png: Buffer; readonly width: number; readonly height: number };
}

type Columns = readonly (readonly ShownTurn[])[];

export interface Frame {
  readonly caption: string;
  readonly text: string;
  readonly columns: Columns;
  /** The app's icon, as a PNG. */
  readonly icon: Buffer;
  readonly narrow?: boolean;
}

/** Around the conversations, and above each card: what was written and the bot's name. */
const around = 92;
const aboveCard = 92;
const roomAcross = 890;
/** As sharp as it was taken. */
const largest = 1.35;

/** By how much the cards are drawn larger, so that all of them have room. */
export function scaleOf(columns: Columns): number {
  const across = columns.map((turns) => Math.max(...turns.map(({ card }) => card.width)));
  const down = columns.map((turns) => {
    const room = listingSize.height - around - turns.length * aboveCard;
    return room / turns.reduce((sum, { card }) => sum + card.height, 0);
  });
  return Math.min(largest, ...down, roomAcross / across.reduce((sum, width) => sum + width, 0));
}

const dataUrl = (png: Buffer): string => `data:image/png;base64,${png.toString('base64')}`;

const turnAt = (scale: number, icon: Buffer) =>
  function draw({ wrote, card }: ShownTurn): Html {
    return html`<p class="wrote">${wrote ?? ''}</p>
      <p class="bot"><img src="${dataUrl(icon)}" alt="" />OKR Export</p>
      <img class="card" src="${dataUrl(card.png)}" alt="" width="${Math.round(card.width * scale)}" />`;
  };

const style = html`<style>
  body {
    margin: 0;
    display: flex;
    background: #14594b;
    font:
      15px 'Segoe UI',
      'Liberation Sans',
      sans-serif;
  }
  header {
    flex: 1;
    align-self: center;
    padding: 0 24px 0 44px;
    color: #fff;
  }
  header img {
    width: 72px;
    border-radius: 16px;
    border: 2px solid #8fd3bd;
  }
  h1 {
    margin: 24px 0 16px;
    font-size: 36px;
    line-height: 44px;
  }
  header p {
    margin: 0;
    font-size: 19px;
    line-height: 28px;
    color: #d9efe8;
  }
  main {
    display: flex;
    gap: 20px;
    align-self: center;
    margin-right: 24px;
    border-radius: 16px;
    overflow: hidden;
  }
  section {
    padding: 22px 20px;
    border-radius: 16px;
  }
  main,
  .narrow section {
    background: #f5f5f5;
  }
  main.narrow {
    background: none;
  }
  .wrote {
    width: fit-content;
    margin: 0 0 12px auto;
    padding: 9px 12px;
    font-size: 14px;
    background: #e8ebfa;
    border-radius: 8px;
    overflow-wrap: anywhere;
  }
  .card + .wrote {
    margin-top: 22px;
  }
  .bot {
    display: flex;
    align-items: center;
    gap: 8px;
    margin: 0 0 8px;
    color: #616161;
  }
  .bot img {
    width: 28px;
    border-radius: 50%;
  }
  .card {
    display: block;
    border-radius: 8px;
    box-shadow: 0 1px 5px #0003;
  }
  .phone {
    background: #f5f5f5;
  }
  .phone section {
    padding: 16px;
  }
</style>`;

export const frame = ({ caption, text, columns, icon, narrow = false }: Frame): string => {
  const draw = turnAt(scaleOf(columns), icon);
  return html`<!doctype html>
    <meta charset="utf-8" />
    <title>${caption}</title>
    ${style}
    <body style="height: ${listingSize.height}px">
      <header>
        <img src="${dataUrl(icon)}" alt="" />
        <h1>${caption}</h1>
        <p>${text}</p>
      </header>
      <main class="${narrow ? 'narrow' : 'wide'}">
        ${columns.map((turns) => html`<section>${turns.map(draw)}</section>`)}
      </main>
    </body>`.markup;
};

/** One conversation alone, from edge to edge. */
export const phoneFrame = (turns: readonly ShownTurn[], icon: Buffer): string =>
  html`<!doctype html>
    <meta charset="utf-8" />
    <title>OKR Export</title>
    ${style}
    <body class="phone" style="height: ${phoneSize.height}px">
      <section>${turns.map(turnAt(1, icon))}</section>
    </body>`.markup;
