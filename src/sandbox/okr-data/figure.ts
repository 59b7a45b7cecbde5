/** A number as the export writes it: commas for thousands, at most two decimals. */

const format = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

export const figure = (value: number): string => format.format(value);
