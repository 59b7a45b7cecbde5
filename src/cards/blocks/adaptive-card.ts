/** Types the part of Adaptive Cards 1.5 that we use, and builds a card from its parts. Source: the schema at adaptivecards.io. */
import type { CardInput } from './card-inputs.ts';
import type { Placed } from './placed.ts';

export type Tone = 'default' | 'emphasis' | 'accent' | 'good' | 'warning' | 'attention';
export interface TextBlock extends Placed {
  readonly type: 'TextBlock';
  /** Our own words and card functions only: it reads Markdown. */
  readonly text: string;
  readonly wrap: true;
  readonly size?: 'Small' | 'Default' | 'Medium' | 'Large' | 'ExtraLarge';
  readonly weight?: 'Default' | 'Bolder';
  readonly fontType?: 'Default' | 'Monospace';
  readonly isSubtle?: boolean;
  readonly style?: 'default' | 'heading';
}

export interface TextRun {
  readonly type: 'TextRun';
  /** Never read as Markdown: the only place for untrusted text. */
  readonly text: string;
  readonly size?: 'Small' | 'Default';
  readonly weight?: 'Default' | 'Bolder';
  readonly fontType?: 'Default' | 'Monospace';
  readonly color?: 'Default' | 'Accent' | 'Good';
  readonly isSubtle?: boolean;
  readonly underline?: boolean;
  readonly selectAction?: OpenUrl;
}

export interface RichTextBlock extends Placed {
  readonly type: 'RichTextBlock';
  readonly inlines: readonly TextRun[];
}

export interface Container extends Placed {
  readonly type: 'Container';
  readonly items: readonly CardElement[];
  readonly style?: Tone;
  readonly bleed?: boolean;
  /** Reads from right to left, whatever the client's language. */
  readonly rtl?: true;
}

export interface Column {
  readonly type: 'Column';
  /** `auto`, `stretch`, or pixels such as `96px`. */
  readonly width: string;
  readonly verticalContentAlignment?: 'Center';
  readonly items: readonly CardElement[];
  readonly selectAction?: SelectAction;
}

export interface ColumnSet extends Placed {
  readonly type: 'ColumnSet';
  readonly selectAction?: SelectAction;
  readonly columns: readonly Column[];
}

/** A table of names and their values, in a sixth of what rows of columns take. Our own words only: both read Markdown. */
export interface FactSet extends Placed {
  readonly type: 'FactSet';
  readonly facts: readonly { readonly title: string; readonly value: string }[];
}

interface ActionSet extends Placed {
  readonly type: 'ActionSet';
  readonly actions: readonly CardButton[];
}

/** Newer than 1.5, so never without its fallback; without a value it is indeterminate. */
interface ProgressBar extends Placed {
  readonly type: 'ProgressBar';
  readonly color?: 'Accent';
  readonly fallback: 'drop' | CardElement;
}

/**
 * Newer than 1.5, so never without its fallback, and never the only place where its numbers stand. Source: Teams, "Charts in
 * Adaptive Cards".
 */
interface DonutChart extends Placed {
  readonly type: 'Chart.Donut';
  /** `legend` is our own words: nobody promises that a client reads no markup in it. */
  readonly data: readonly {
    readonly legend: string;
    readonly value: number;
    readonly color: ChartColor;
  }[];
  readonly fallback: 'drop' | CardElement;
}

export type ChartColor =
  | 'good'
  | 'warning'
  | 'attention'
  | 'neutral'
  | 'categoricalBlue'
  | 'categoricalLightBlue'
  | 'categoricalPurple'
  | 'categoricalTeal';

export type CardElement =
  | TextBlock
  | RichTextBlock
  | Container
  | ColumnSet
  | FactSet
  | ActionSet
  | CardInput
  | ProgressBar
  | DonutChart;

export interface OpenUrl {
  readonly type: 'Action.OpenUrl';
  readonly title?: string;
  readonly tooltip?: string;
  readonly url: string;
  readonly style?: 'default' | 'positive';
}

export interface Submit {
  readonly type: 'Action.Submit';
  readonly title: string;
  readonly data: object;
}

export interface Execute {
  readonly type: 'Action.Execute';
  readonly title: string;
  readonly verb: string;
  readonly data: object;
  readonly style?: 'default' | 'positive' | 'destructive';
  /** For clients without Universal Actions: arrives as a message with `value`. */
  readonly fallback: Submit;
}

/** What a press on a part of the card does; its title is that part's name for a screen reader. */
export type SelectAction = Execute | Submit | ToggleVisibility;

/** Shows what is hidden and hides what is shown, in the client, without asking anybody. */
interface ToggleVisibility {
  readonly type: 'Action.ToggleVisibility';
  readonly title: string;
  /** An id alone is shown or hidden in turn. */
  readonly targetElements: readonly (string | HiddenElement)[];
}

interface HiddenElement {
  readonly elementId: string;
  readonly isVisible: false;
}

export type CardButton = OpenUrl | Execute | Submit | ToggleVisibility;

/** A button, and the part of the card that it shows and hides. */
export interface Fold {
  readonly toggle: ToggleVisibility;
  readonly hidden: Container & { readonly id: string };
}

export interface Card {
  readonly type: 'AdaptiveCard';
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  readonly version: '1.5';
  readonly body: readonly CardElement[];
  readonly actions?: readonly CardButton[];
  /** Plain words for a screen reader; no markup, no untrusted text. */
  readonly speak: string;
  /** One line for clients without cards, and the activity's `summary`. */
  readonly fallbackText: string;
  readonly refresh?: { readonly action: Execute; readonly userIds: readonly string[] };
  /** Whom its text mentions. Source: Teams, "Mention support within Adaptive Cards". */
  readonly msteams?: { readonly entities: readonly Mention[] };
}

export interface Mention {
  readonly type: 'mention';
  /** Exactly as it stands in a TextBlock: `<at>name</at>`. */
  readonly text: string;
  /** The channel's id of the person. */
  readonly mentioned: { readonly id: string; readonly name: string };
}

/** One line that says what the card says: the activity's `summary`, which notifications show. */
export const summaryOf = (card: Card): string => card.fallbackText;

/** Builds a card from what it says; leaves out empty parts. What a button unfolds stands below the buttons: they stay in place. */
export function createCard(given: {
  readonly summary: string;
  readonly speak?: string;
  readonly body: readonly CardElement[];
  readonly actions?: readonly (CardButton | Fold)[];
  readonly refresh?: NonNullable<Card['refresh']>;
  readonly mention?: Mention;
}): Card {
  const { summary, speak = summary, refresh, mention } = given;
  const { body, actions } = withFolds(given.body, given.actions ?? []);
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    speak,
    fallbackText: summary,
    body,
    ...(actions.length > 0 && { actions }),
    ...(refresh !== undefined && { refresh }),
    ...(mention !== undefined && { msteams: { entities: [mention] } }),
  };
}

/** Teams draws a card's own actions at its very end, so buttons with something below them are a part of the body. */
function withFolds(
  body: readonly CardElement[],
  buttons: readonly (CardButton | Fold)[],
): Pick<Card, 'body'> & { readonly actions: readonly CardButton[] } {
  const hidden = buttons.flatMap((one) => ('toggle' in one ? [one.hidden] : []));
  const actions = buttons.map((one) => ('toggle' in one ? toggleAlone(one, hidden) : one));
  return hidden.length === 0
    ? { body, actions }
    : { body: [...body, { type: 'ActionSet', spacing: 'Medium', actions }, ...hidden], actions: [] };
}

/** Below a part that stands open another one would open out of sight. */
function toggleAlone({ toggle, hidden }: Fold, all: readonly Fold['hidden'][]): ToggleVisibility {
  const others = all
    .filter(({ id }) => id !== hidden.id)
    .map(({ id }): HiddenElement => ({ elementId: id, isVisible: false }));
  return { ...toggle, targetElements: toggle.targetElements.concat(others) };
}
