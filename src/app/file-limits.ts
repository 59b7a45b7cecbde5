/** Answers for how large files may be: those that people send, and those of exports. */
import type { Config } from '../config.ts';

const bytesPerMegabyte = 1_000_000;
const maxUnpackedBytes = 200 * bytesPerMegabyte;
/** An export is bounded by its bytes: it holds what the organisation has. */
const maxExportRows = 10_000_000;

export interface FileSettings {
  readonly graph: Pick<Config['graph'], 'maxDownloadMegabytes'>;
  readonly files: Pick<Config['files'], 'maxUploadMegabytes' | 'maxRows'>;
}

export const fileLimits = ({ graph, files }: FileSettings) => ({
  exportFileLimits: {
    maxBytes: graph.maxDownloadMegabytes * bytesPerMegabyte,
    maxRows: maxExportRows,
    maxUnpackedBytes,
  },
  ownFileLimits: {
    maxBytes: files.maxUploadMegabytes * bytesPerMegabyte,
    maxRows: files.maxRows,
    maxUnpackedBytes,
  },
});
