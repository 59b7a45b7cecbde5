/** Answers for how large files may be: those that people send, and those of exports. */
import type { Config } from '../config.ts';

const bytesPerMegabyte = 1_000_000;
const mostUnpackedBytes = 200 * bytesPerMegabyte;
/** An export is bounded by its bytes: it holds what the organisation has. */
const mostExportRows = 10_000_000;

export interface FileSettings {
  readonly graph: Pick<Config['graph'], 'maxDownloadMegabytes'>;
  readonly files: Pick<Config['files'], 'maxUploadMegabytes' | 'maxRows'>;
}

export const fileLimits = ({ graph, files }: FileSettings) => ({
  exportFileLimits: {
    mostBytes: graph.maxDownloadMegabytes * bytesPerMegabyte,
    mostRows: mostExportRows,
    mostUnpackedBytes,
  },
  ownFileLimits: {
    mostBytes: files.maxUploadMegabytes * bytesPerMegabyte,
    mostRows: files.maxRows,
    mostUnpackedBytes,
  },
});
