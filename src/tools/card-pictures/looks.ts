/** Lists the looks in which cards are pictured: Teams' three themes, and a narrow phone. Colours after Fluent UI. */

/** Colours of one theme; `tints` are the backgrounds of containers by style. */
interface Palette {
  readonly page: string;
  readonly card: string;
  readonly border: string;
  readonly text: string;
  readonly subtle: string;
  readonly accent: string;
  readonly primaryText: string;
  readonly tints: Readonly<Record<'emphasis' | 'accent' | 'good' | 'warning' | 'attention', string>>;
  /** In high contrast, areas differ by a border instead of a tint. */
  readonly tintBorder?: string;
}

export interface Look {
  readonly name: string;
  /** Width of a card in pixels. */
  readonly width: number;
  readonly palette: Palette;
}

const light: Palette = {
  page: '#f0f0f0',
  card: '#ffffff',
  border: '#d1d1d1',
  text: '#242424',
  subtle: '#616161',
  accent: '#4f52b2',
  primaryText: '#ffffff',
  tints: {
    emphasis: '#f5f5f5',
    accent: '#e8ebfa',
    good: '#e7f2da',
    warning: '#fbf6d9',
    attention: '#fcf4f6',
  },
};

const dark: Palette = {
  page: '#141414',
  card: '#292929',
  border: '#525252',
  text: '#ffffff',
  subtle: '#adadad',
  accent: '#9ea2ff',
  primaryText: '#141414',
  tints: {
    emphasis: '#3d3d3d',
    accent: '#33344a',
    good: '#1f3a1c',
    warning: '#463a12',
    attention: '#4a2226',
  },
};

const contrast: Palette = {
  page: '#000000',
  card: '#000000',
  border: '#ffffff',
  text: '#ffffff',
  subtle: '#ffffff',
  accent: '#ffff01',
  primaryText: '#000000',
  tints: {
    emphasis: '#000000',
    accent: '#000000',
    good: '#000000',
    warning: '#000000',
    attention: '#000000',
  },
  tintBorder: '#ffffff',
};

const usual = 460;
export const looks: readonly Look[] = [
  { name: 'light', width: usual, palette: light },
  { name: 'dark', width: usual, palette: dark },
  { name: 'contrast', width: usual, palette: contrast },
  { name: 'narrow', width: 300, palette: light },
];

const colours = ({ text, subtle, accent }: Palette): object =>
  Object.fromEntries<object>(
    ['default', 'dark', 'light', 'accent', 'good', 'warning', 'attention'].map((name) => [
      name,
      { default: name === 'accent' ? accent : text, subtle: name === 'accent' ? accent : subtle },
    ]),
  );

/** The renderer's configuration for a look, close to what Teams uses. */
export function hostConfig({ palette }: Look): object {
  const foregroundColors = colours(palette);
  const border = palette.tintBorder ?? 'transparent';
  const tinted = Object.entries(palette.tints).map(([name, backgroundColor]): readonly [string, object] => [
    name,
    { backgroundColor, foregroundColors, borderColor: border },
  ]);
  return {
    fontFamily: "'Segoe UI', 'Liberation Sans', sans-serif",
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 200, default: 400, bolder: 600 },
    lineHeights: { small: 16, default: 20, medium: 24, large: 24, extraLarge: 32 },
    spacing: { small: 4, default: 8, medium: 12, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: palette.border },
    containerStyles: {
      default: { backgroundColor: palette.card, foregroundColors },
      ...Object.fromEntries(tinted),
    },
    actions: {
      maxActions: 6,
      spacing: 'default',
      buttonSpacing: 8,
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
    },
    supportsInteractivity: true,
  };
}

/** The page around the cards. */
export const styleSheet = ({ width, palette }: Look): string => `
  body { margin: 0; padding: 24px; background: ${palette.page}; display: flex; flex-wrap: wrap; gap: 24px; align-items: flex-start;
    font: 12px 'Liberation Sans', sans-serif; color: ${palette.subtle}; }
  figure { margin: 0; width: ${width}px; } figcaption { padding-bottom: 4px; }
  .card { border: 1px solid ${palette.border}; border-radius: 6px; overflow: hidden; background: ${palette.card}; }
  .ac-container, .ac-columnSet > div { box-sizing: border-box; }
  .ac-pushButton { font: 600 14px 'Liberation Sans', sans-serif; padding: 6px 12px; margin-bottom: 4px; border-radius: 4px;
    border: 1px solid ${palette.border}; background: ${palette.card}; color: ${palette.text}; }
  .ac-pushButton.style-positive { background: ${palette.accent}; border-color: ${palette.accent}; color: ${palette.primaryText}; }
  .ac-actionSet { flex-wrap: wrap; row-gap: 4px; }
  a { color: ${palette.accent}; }`;
