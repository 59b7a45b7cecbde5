/** Builds HTML in which data can never become markup. */
import { escape } from 'html-escaper';

/** Markup that is safe to send: made by `html` only. */
export interface Html {
  readonly markup: string;
}

type Value = Html | string | number | readonly Html[];

function asMarkup(value: Value): string {
  if (typeof value === 'string' || typeof value === 'number') return escape(String(value));
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
}

/** Tagged template: every string or number put in is escaped for text and for quoted attributes. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { markup: String.raw({ raw: parts }, ...values.map(asMarkup)) };
}
