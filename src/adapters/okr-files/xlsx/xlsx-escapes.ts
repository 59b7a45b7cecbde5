/** Answers for `_x000D_` and its like: how workbooks write characters that XML cannot hold (ECMA-376, ST_Xstring). */

export const unescapeXlsx = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text;
