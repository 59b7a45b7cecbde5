/** One record as a line of CSV: quoted where it must be, ended by a line feed. */

export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\n`;

const cell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
