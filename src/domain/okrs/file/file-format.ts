/** Lists the formats in which a file is handed over. */
/** `original`: the bytes as they came. */
export const fileFormats = ['workbook', 'spreadsheetCsv', 'original'] as const;

export type FileFormat = (typeof fileFormats)[number];
