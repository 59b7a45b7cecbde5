/** Reads what a pressed button carries, and what the buttons of older cards carried. */
import * as z from 'zod';
import type { FileFormat } from '../../domain/okrs/file/okr-file.ts';
import { buttons, type CardAction, type Verb } from './buttons.ts';

const from = z.literal('list').optional().catch(undefined);

function schemaOf(verb: Verb) {
  const { on, carries } = buttons[verb];
  const subject = on && z.object({ kind: z.enum(on), id: z.guid() });
  return z.object({ verb: z.literal(verb), ...(subject && { subject, from }), ...carries });
}

const schemas = new Map(Object.keys(buttons).map((verb) => [verb, schemaOf(verb as Verb)]));

/**
 * Reads the data of an `Action.Execute` (`value.action.data`) or of its fallback `Action.Submit` (a message's `value`).
 * Clients echo it and any member may replay it: undefined for whatever is not one of ours; unknown properties are left out.
 */
export function readCardAction(data: unknown): CardAction | undefined {
  const given = asOfToday(data);
  const { data: named } = z.object({ verb: z.string() }).safeParse(given);
  const reading = schemas.get(named?.verb ?? '')?.safeParse(given);
  // The table gives the schema of a verb and its type.
  return reading?.data as CardAction | undefined;
}

/** Cards in people's chats keep their buttons: these named their kind in the verb, and the format too. */
const olderVerbs: Readonly<Record<string, { readonly verb: Verb; readonly format?: FileFormat }>> = {
  view: { verb: 'show' },
  showFile: { verb: 'show' },
  downloadFile: { verb: 'download' },
  fileChanges: { verb: 'allChanges' },
  readFileAgain: { verb: 'readAgain' },
  saveWorkbook: { verb: 'save', format: 'workbook' },
  saveSpreadsheetCsv: { verb: 'save', format: 'spreadsheetCsv' },
  saveOriginal: { verb: 'save', format: 'original' },
  saveFileWorkbook: { verb: 'save', format: 'workbook' },
  saveFileSpreadsheetCsv: { verb: 'save', format: 'spreadsheetCsv' },
  saveFileOriginal: { verb: 'save', format: 'original' },
};

const older = z.union([
  z.object({ verb: z.string(), exportId: z.string(), from: z.unknown().optional() }),
  z.object({ verb: z.string(), fileId: z.string() }),
]);

function asOfToday(data: unknown): unknown {
  const reading = older.safeParse(data);
  if (!reading.success) return data;
  const { verb, ...rest } = reading.data;
  const now = Object.hasOwn(olderVerbs, verb) ? olderVerbs[verb] : { verb };
  const subject =
    'exportId' in rest ? { kind: 'export', id: rest.exportId } : { kind: 'ownFile', id: rest.fileId };
  return { ...rest, ...now, subject };
}
