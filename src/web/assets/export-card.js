// Draws the export's card in the colours of the page.
const place = document.querySelector('[data-card]');
const themes = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) => matchMedia(query));

const colourOf = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const colour = (name, subtle = 'text-soft') => ({ default: colourOf(name), subtle: colourOf(subtle) });

function containerStyle(background) {
  return {
    backgroundColor: colourOf(background),
    foregroundColors: {
      default: colour('text'),
      dark: colour('text'),
      light: colour('text-soft'),
      accent: colour('accent', 'accent'),
      good: colour('good', 'good'),
      warning: colour('warning', 'warning'),
      attention: colour('attention', 'attention'),
    },
  };
}

const hostConfig = () => ({
  fontFamily: getComputedStyle(document.body).fontFamily,
  spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: colourOf('line') },
  fontSizes: { small: 12, default: 14, medium: 16, large: 20, extraLarge: 24 },
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
  containerStyles: {
    default: containerStyle('surface'),
    emphasis: containerStyle('emphasis'),
    good: containerStyle('good-back'),
    warning: containerStyle('warning-back'),
    attention: containerStyle('attention-back'),
    accent: containerStyle('ask-back'),
  },
  // Below the page's own heading.
  textBlock: { headingLevel: 2 },
  factSet: {
    title: { color: 'default', size: 'default', weight: 'bolder', wrap: true, maxWidth: 140 },
    value: { color: 'default', size: 'default', weight: 'default', wrap: true },
    spacing: 12,
  },
});

const payload = JSON.parse(place.dataset.card);

function openLink({ url }) {
  if (/^https?:/.test(url ?? '')) window.open(url, '_blank', 'noopener');
}

function draw() {
  const { AdaptiveCard, HostConfig } = globalThis.AdaptiveCards;
  const card = new AdaptiveCard();
  card.hostConfig = new HostConfig(hostConfig());
  card.parse(payload);
  card.onExecuteAction = openLink;
  const drawn = card.render();
  if (drawn) place.replaceChildren(drawn);
}

draw();
for (const theme of themes) theme.addEventListener('change', draw);
