/** Answers for the shape of our cards: the part of Adaptive Cards 1.5 that we use. Source: the schema at adaptivecards.io. */

export type Tone = 'default' | 'emphasis' | 'accent' | 'good' | 'warning' | 'attention';
export type Spacing = 'None' | 'Small' | 'Default' | 'Medium' | 'Large';

interface Placed {
  readonly spacing?: Spacing;
  readonly separator?: boolean;
}

export interface TextBlock extends Placed {
  readonly type: 'TextBlock';
  /** Our own words and card functions only: it reads Markdown. */
  readonly text: string;
  readonly wrap: true;
  readonly size?: 'Small' | 'Default' | 'Medium' | 'Large';
  readonly weight?: 'Default' | 'Bolder';
  readonly fontType?: 'Default' | 'Monospace';
  readonly isSubtle?: boolean;
  readonly style?: 'default' | 'heading';
}

export interface TextRun {
  readonly type: 'TextRun';
  /** Never read as Markdown: the place for a stranger's text. */
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
}

interface Column {
  readonly type: 'Column';
  /** `auto`, `stretch`, or pixels such as `96px`. */
  readonly width: string;
  readonly items: readonly CardElement[];
}

export interface ColumnSet extends Placed {
  readonly type: 'ColumnSet';
  readonly columns: readonly Column[];
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

export type CardElement = TextBlock | RichTextBlock | Container | ColumnSet | ActionSet | ProgressBar;

export interface OpenUrl {
  readonly type: 'Action.OpenUrl';
  readonly title?: string;
  readonly tooltip?: string;
  readonly url: string;
  readonly style?: 'default' | 'positive';
}

interface Submit {
  readonly type: 'Action.Submit';
  readonly title: string;
  readonly data: Readonly<Record<string, string>>;
}

export interface Execute {
  readonly type: 'Action.Execute';
  readonly title: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, string>>;
  readonly style?: 'default' | 'positive' | 'destructive';
  /** For clients without Universal Actions: arrives as a message with `value`. */
  readonly fallback: Submit;
}

export type CardButton = OpenUrl | Execute;

export interface Card {
  readonly type: 'AdaptiveCard';
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  readonly version: '1.5';
  readonly body: readonly CardElement[];
  readonly actions?: readonly CardButton[];
  /** Plain words for a screen reader; no markup, no stranger's text. */
  readonly speak: string;
  /** One line for clients without cards, and the activity's `summary`. */
  readonly fallbackText: string;
  readonly refresh?: { readonly action: Execute; readonly userIds: readonly string[] };
}

/** One line that says what the card says: the activity's `summary`, which notifications show. */
export const summaryOf = (card: Card): string => card.fallbackText;

/** Builds a card from what it says; leaves out empty parts. */
export function createCard(given: {
  readonly summary: string;
  readonly speak?: string;
  readonly body: readonly CardElement[];
  readonly actions?: readonly CardButton[];
  readonly refresh?: NonNullable<Card['refresh']>;
}): Card {
  const { summary, speak = summary, body, actions = [], refresh } = given;
  return {
    ...{
      type: 'AdaptiveCard',
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      version: '1.5',
    },
    ...{ speak, fallbackText: summary, body },
    ...(actions.length > 0 && { actions }),
    ...(refresh !== undefined && { refresh }),
  };
}
