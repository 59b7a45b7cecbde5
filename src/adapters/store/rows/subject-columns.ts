/** Refers a row to its subject, an export or an own file: each kind has a column, of which a constraint sets one. */
import type { SubjectRef } from '../../../domain/okrs/file/okr-file.ts';

type Kind = SubjectRef['kind'];

export const columnOf = { export: 'export_id', ownFile: 'own_file_id' } as const satisfies Record<
  Kind,
  string
>;

type Columns<Id> = { readonly [K in Kind as (typeof columnOf)[K]]: Id };

const kinds = Object.keys(columnOf) as readonly Kind[];

export const referenceTo = ({ kind, id }: SubjectRef): Partial<Columns<string>> => ({ [columnOf[kind]]: id });

export function subjectOf(row: Columns<string | null>): SubjectRef {
  for (const kind of kinds) {
    const id = row[columnOf[kind]];
    if (id !== null) return { kind, id };
  }
  throw new Error('A row refers to nothing');
}
