/** Finds a source by its name: port ExportSources. */
import type { ExportSource, ExportSources } from '../ports/export-source.ts';

export function createSources(all: readonly ExportSource[]): ExportSources {
  const byName = new Map(all.map((source) => [source.name, source]));
  return {
    all,
    of: function sourceOf({ source }) {
      const found = byName.get(source);
      if (found === undefined)
        throw new Error(`An export names a source that this bot does not know: ${source}`);
      return found;
    },
  };
}
