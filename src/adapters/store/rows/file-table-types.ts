/** Types the tables about files: what they say, those that people send, those saved to OneDrive. */
import type { ColumnType, Generated, JSONColumnType } from 'kysely';

type Moment = ColumnType<Date, Date, Date>;
type MaybeMoment = ColumnType<Date | null, Date | null | undefined, Date | null>;
type Maybe<T> = ColumnType<T | null, T | null | undefined, T | null>;

/** Sealed for the row's person and place; the same columns in each table, so that key rotation knows them all. */
interface SealedRow {
  id: string;
  tenant_id: string;
  user_id: string;
  key_id: string;
  sealed: Uint8Array;
}

interface MaybeSealedRow {
  id: string;
  tenant_id: string;
  user_id: string;
  key_id: Maybe<string>;
  sealed: Maybe<Uint8Array>;
}

interface InConversation {
  user_name: string;
  channel_user_id: string;
  locale: Maybe<string>;
  conversation_tenant_id: string;
  conversation_id: string;
  base_id: string;
}

/** Sealed: where to fetch it. */
interface OwnFilesTable extends MaybeSealedRow, InConversation {
  name: string;
  kind: Maybe<string>;
  size: Maybe<number>;
  received_at: Moment;
  state: JSONColumnType<object>;
  kept_until: MaybeMoment;
  version: number;
}

interface OwnFilePartsTable extends SealedRow {
  file_id: string;
  position: number;
}

/** `id` is the export's or the own file's; one of the two references is set. */
interface ReadingsTable extends SealedRow {
  export_id: Maybe<string>;
  own_file_id: Maybe<string>;
}

interface SnapshotsTable extends SealedRow {
  /** Hash of the target or the file's name. */
  series: string;
  source: string;
  as_of: Moment;
}

interface FileWorkClaimsTable {
  work: string;
  claimed_by: Maybe<string>;
  claimed_until: MaybeMoment;
  /** Claims in a row that were never given back. */
  claims_kept: number;
}

/** Sealed, once accepted: where to upload it. */
interface SaveOffersTable extends MaybeSealedRow, InConversation {
  source_kind: string;
  source_id: string;
  format: string;
  offered_at: Generated<Date>;
  settled: Generated<boolean>;
}

export interface FileTables {
  own_files: OwnFilesTable;
  own_file_parts: OwnFilePartsTable;
  readings: ReadingsTable;
  snapshots: SnapshotsTable;
  file_work_claims: FileWorkClaimsTable;
  save_offers: SaveOffersTable;
}
