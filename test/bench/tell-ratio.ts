/** Prints how a figure of the bot stands to the raw reference of the same run, and tells it whoever runs all benchmarks. */

export interface Ratio {
  readonly name: string;
  readonly ratio: number;
}

export function tellRatio(name: string, own: number, raw: number): void {
  const ratio = own / raw;
  process.stdout.write(
    `${name.padEnd(44)}${own.toFixed(2).padStart(9)}, raw ${raw.toFixed(2).padStart(8)}, ratio ${ratio.toFixed(2)}\n`,
  );
  process.send?.({ name, ratio } satisfies Ratio);
}
