/** Writes a workbook file as its content comes, in bounded memory. */
import type { WriteStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { finished } from 'node:stream/promises';
import { WorkbookWriter, type WorkbookWriterOptions } from '@cj-tech-master/excelts';
import { addSheet, type Breathe, type Sheet, type SheetShape } from './sheet.ts';

export interface OpenWorkbook {
  /** The sheets stand in the order of these calls; end one before the next is added. */
  readonly addSheet: (shape: SheetShape) => Sheet;
  /** Resolves once all bytes are on disk. */
  readonly finish: () => Promise<void>;
}

interface WorkbookSetting {
  /** Goes into the properties of the file. */
  readonly madeAt: Date;
  /** Stands at the end of a text that no cell could hold. */
  readonly cutMark: string;
}

/** Nothing of the person's is told here; who asked is on the sheet Info. */
const author = 'Goals export bot';
const rowsBetweenBreaths = 64;

/**
 * @param file Open for writing, empty; it is closed, whatever happens.
 * @returns What `work` gives.
 */
export async function writeWorkbookFile<T>(
  file: FileHandle,
  given: WorkbookSetting,
  work: (workbook: OpenWorkbook) => Promise<T>,
): Promise<T> {
  const sink = file.createWriteStream();
  try {
    return await work(openOn(sink, given));
  } catch (error) {
    throw sink.errored ?? error;
  } finally {
    sink.destroy();
  }
}

/** The writer's type asks for its own subclass of Node's stream, its documentation for any. */
const asWriterSink = (sink: WriteStream) => sink as unknown as NonNullable<WorkbookWriterOptions['stream']>;

function openOn(sink: WriteStream, { madeAt, cutMark }: WorkbookSetting): OpenWorkbook {
  const workbook = new WorkbookWriter({
    stream: asWriterSink(sink),
    useStyles: true,
    // A table of them would have to stay in memory until the end.
    useSharedStrings: false,
    trueStreaming: true,
    creator: author,
    lastModifiedBy: author,
    created: madeAt,
    modified: madeAt,
  });
  const breathe = breatheFor(sink);
  return {
    addSheet: (shape) => addSheet(workbook, shape, { breathe, cutMark }),
    finish: async () => {
      await Promise.all([workbook.commit(), finished(sink)]);
    },
  };
}

function breatheFor(sink: WriteStream): Breathe {
  let rows = 0;
  return async function breathe() {
    rows += 1;
    if (rows % rowsBetweenBreaths !== 0) return;
    if (sink.errored) throw sink.errored;
    if (sink.writableNeedDrain) await once(sink, 'drain');
    else await setImmediate();
  };
}
