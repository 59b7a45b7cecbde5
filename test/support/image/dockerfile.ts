/** Reads the Dockerfile as far as ours goes. */

export interface Instruction {
  readonly word: string;
  /** What stands behind it, in one line. */
  readonly rest: string;
}

export function readDockerfile(text: string): readonly Instruction[] {
  return text
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, word = '', rest = ''] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
      return { word, rest: rest.trim() };
    });
}

export interface Copy {
  readonly from?: string;
  readonly owner?: string;
  readonly files: readonly string[];
  readonly to: string;
}

export function readCopy(rest: string): Copy {
  const words = rest.split(/\s+/);
  const flag = (name: string): string | undefined =>
    words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
  const paths = words.filter((word) => !word.startsWith('--'));
  const from = flag('from');
  const owner = flag('chown');
  return {
    files: paths.slice(0, -1),
    to: paths.at(-1) ?? '',
    ...(from !== undefined && { from }),
    ...(owner !== undefined && { owner }),
  };
}

/** `A=1 B=2` */
export const readEnv = (rest: string): Readonly<Record<string, string>> =>
  Object.fromEntries(rest.split(/\s+/).map((pair) => pair.split('=', 2) as [string, string]));
