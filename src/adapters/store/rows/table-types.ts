/** Types every table, as both engines give the rows back. */
import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { AuditTables } from './audit-table-types.ts';
import type { FileTables } from './file-table-types.ts';

/** `jsonb`: written as JSON text, read back unchecked. */
type Json = JSONColumnType<object>;
/** Written as a Date, or set by the database's own clock. */
type Moment = ColumnType<Date, Date, Date>;
type MaybeMoment = ColumnType<Date | null, Date | null | undefined, Date | null>;
type Maybe<T> = ColumnType<T | null, T | null | undefined, T | null>;

export interface ExportsTable {
  id: string;
  tenant_id: string;
  user_id: string;
  user_name: string;
  channel_user_id: string;
  locale: Maybe<string>;
  source: string;
  target_key: string;
  target_label: string;
  target_address: Maybe<string>;
  target_place: Maybe<string>;
  requested_at: Moment;
  since: Moment;
  /** `state.status`, and whether it counts as open: for the indexes. */
  status: string;
  is_open: boolean;
  state: Json;
  due_at: MaybeMoment;
  due_step: Maybe<string>;
  contact: Json;
  joined: boolean;
  past_runs: Json;
  version: number;
  claimed_by: Maybe<string>;
  claimed_until: MaybeMoment;
  /** Claims in a row that were never given back; 0 beside a claim is a look whose row is settled already, which keeps nobody out. */
  claims_kept: Generated<number>;
  /** `contact.followedSince`, and the seconds between two looks where not the age decides: for setting the next look as one begins. */
  followed_since: MaybeMoment;
  look_every: Maybe<number>;
  wake_at: MaybeMoment;
  /** Begun by a schedule. */
  is_scheduled: Generated<boolean>;
  /** The worker that it was given to, until that is done or it is scheduled anew. */
  woken_by: Maybe<string>;
}

export interface ConversationsTable {
  tenant_id: string;
  /** Without `;messageid=`: all threads of a channel are one conversation here. */
  base_id: string;
  kind: string;
  service_url: string;
  bot_channel_id: string;
  blocked: Generated<boolean>;
  welcomed: Generated<boolean>;
}

interface CardsTable {
  id: string;
  /** Creation order: the newest card is where the export speaks. */
  position: Generated<number>;
  /** One of the two. */
  export_id: Maybe<string>;
  own_file_id: Maybe<string>;
  tenant_id: string;
  conversation_id: string;
  base_id: string;
  activity_id: Maybe<string>;
  shown_version: Generated<number>;
  mode: Generated<string>;
  unknown_posts: Generated<number>;
  fresh_posts: Generated<number>;
  placed_at: MaybeMoment;
  claimed_by: Maybe<string>;
  claimed_until: MaybeMoment;
}

/** What was asked for in the last day by people whose data is deleted. */
interface ErasedWishesTable {
  /** A keyed hash of the person. */
  person_mark: string;
  what: string;
  asked_at: Moment;
}

interface StandingNoticesTable {
  export_id: string;
  position: Generated<number>;
  tenant_id: string;
  conversation_id: string;
  base_id: string;
  activity_id: string;
  shown: string;
}

interface SignInRequestsTable {
  id: string;
  tenant_id: string;
  user_id: string;
  user_name: string;
  channel_user_id: string;
  locale: Maybe<string>;
  /** A guest's home may be another tenant than the conversation's. */
  conversation_tenant_id: string;
  conversation_id: string;
  base_id: string;
  cause: string;
  silent: boolean;
  claims: Maybe<string>;
  activity_id: Maybe<string>;
  is_behind: Generated<boolean>;
  on_card: boolean;
  asked_at: Moment;
}

interface SignInAttemptsTable {
  state_hash: string;
  request_id: string;
  /** Readable only with the state itself. */
  sealed_verifier: string;
  expires_at: Moment;
  used_at: MaybeMoment;
}

interface SignInNoncesTable {
  nonce_hash: string;
  tenant_id: string;
  user_id: string;
  expires_at: Moment;
}

interface SsoExchangesTable {
  tenant_id: string;
  user_id: string;
  exchange_id: string;
  holder: string;
  lease_until: Moment;
  outcome: Maybe<string>;
  expires_at: Moment;
}

interface DownloadLinksTable {
  token_hash: string;
  tenant_id: string;
  user_id: string;
  /** One of the two. */
  export_id: Maybe<string>;
  own_file_id: Maybe<string>;
  expires_at: Moment;
  taken_formats: Generated<string[]>;
}

/** One encrypted token cache for each person; the identity adapter's. */
interface TokenPartitionsTable {
  tenant_id: string;
  user_id: string;
  home_account_id: string;
  key_id: string;
  sealed: string;
  /** Grows with each write, for optimistic updates. */
  version: number;
  updated_at: Generated<Date>;
  /** Who renews, and until when at the latest. */
  turn_of: Maybe<string>;
  turn_until: MaybeMoment;
}

/** Sealed: who owns it, what it is of, its days. */
export interface SchedulesTable {
  id: string;
  tenant_id: string;
  user_id: string;
  conversation_tenant_id: string;
  conversation_id: string;
  base_id: string;
  conversation_kind: string;
  service_url: string;
  bot_channel_id: string;
  team_id: Maybe<string>;
  audience: string;
  source: string;
  target_key: string;
  state: string;
  why: Maybe<string>;
  since: MaybeMoment;
  next_at: MaybeMoment;
  until: Moment;
  run: ColumnType<object | null, string | null | undefined, string | null>;
  failures: number;
  made_at: Moment;
  /** Keys of messages that were claimed. */
  told: Generated<string[]>;
  key_id: string;
  sealed: Uint8Array;
}

/** Sealed: the name, and what the target is called and where it is found. */
interface TargetNamesTable {
  id: string;
  tenant_id: string;
  user_id: string;
  source: string;
  target_key: string;
  key_id: string;
  sealed: Uint8Array;
  given_at: Moment;
}

/** Sealed for the giver: the name, what the target is called and where it is found, and who gave it. */
interface SharedNamesTable extends TargetNamesTable {
  conversation_id: string;
  base_id: string;
  activity_id: Maybe<string>;
}

export interface Tables extends FileTables, AuditTables {
  exports: ExportsTable;
  conversations: ConversationsTable;
  cards: CardsTable;
  notices: { export_id: string; key: string };
  standing_notices: StandingNoticesTable;
  inbound_activities: {
    tenant_id: string;
    conversation_id: string;
    activity_id: string;
    seen_at: Generated<Date>;
    claimed_by: Generated<string | null>;
    claimed_until: Generated<Date | null>;
  };
  erased_wishes: ErasedWishesTable;
  sign_in_requests: SignInRequestsTable;
  sign_in_attempts: SignInAttemptsTable;
  sign_in_nonces: SignInNoncesTable;
  sso_exchanges: SsoExchangesTable;
  download_links: DownloadLinksTable;
  token_partitions: TokenPartitionsTable;
  target_names: TargetNamesTable;
  schedules: SchedulesTable;
  shared_names: SharedNamesTable;
  /** Processes that work on this database, or did until a moment ago. */
  instances: { id: string; seen_at: Moment };
}
