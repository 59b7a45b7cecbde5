/** Answers for how many messages of a tenant leave in a second: time in cells, of which each instance fills its share. Milliseconds. */

/** A second, with a tenth more for who is late, touches ten cells at most: never more than 40 requests of a tenant (Teams takes 50). */
export const tenantCell = 123;
const mostInCell = 4;
const cellsInASecond = 10;
const mostInSecond = 40;

/** What is spread evenly. */
export const sendAsFarApart = tenantCell / mostInCell;

/** Messages of a tenant in each cell of time. */
export type Cells = Map<number, number>;

/** The earliest time from then on that has room. */
export function freeCell(cells: Cells, from: number, sharers: number): number {
  const most = Math.max(1, Math.floor(mostInCell / sharers));
  const every = everyCell(sharers);
  let cell = Math.floor(from / tenantCell);
  while (cell % every !== 0 || (cells.get(cell) ?? 0) >= most) cell += 1;
  return Math.max(from, cell * tenantCell);
}

/** Where there are more instances than messages in a cell, each takes one of so many cells only. */
function everyCell(sharers: number): number {
  let every = 1;
  while (
    sharers > mostInCell &&
    Math.ceil(cellsInASecond / every) * sharers > mostInSecond &&
    every < cellsInASecond
  )
    every += 1;
  return every;
}

export function takeCell(cells: Cells, at: number): void {
  const cell = Math.floor(at / tenantCell);
  cells.set(cell, (cells.get(cell) ?? 0) + 1);
}
