/** Lists every button in one table: what it is about, how it behaves; and draws it. */
import * as z from 'zod';
import type { ExportJob, ExportStatus } from '../../domain/exports/export-job.ts';
import { fileFormats, type FileFormat, type SubjectRef } from '../../domain/okrs/file/okr-file.ts';
import { present } from '../../domain/present.ts';
import type { Words } from '../../words/words.ts';
import type { Execute, Submit } from './adaptive-card.ts';

interface ButtonEntry {
  /** The kinds of subject that it acts on; without, it carries none. */
  readonly on?: readonly SubjectRef['kind'][];
  /** What it carries beside its subject. */
  readonly carries?: z.ZodRawShape;
  /** Graph is asked as the person: without their token they sign in first. An own file needs nobody's. */
  readonly needsToken?: true;
  /** In these states its requester's card of an export has it, always; elsewhere the card knows when. */
  readonly during?: readonly ExportStatus[];
  /** Everybody in a group may read its answer; the others answer their presser only. */
  readonly forAll?: true;
}

const onBoth = ['export', 'ownFile'] as const;
const onExports = ['export'] as const;
/** Graph's job ids are opaque; the alphabet is the widest that its samples show. */
const graphJobId = z.string().regex(/^[A-Za-z0-9!_-]{1,256}$/);
/** Cards of before carry none. */
const source = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,32}$/)
  .optional();

/** Of a list; the first one is 0. */
const page = z.int().min(0).max(1000).optional().catch(undefined);

const nameId = z.guid();
/** What a person wrote into the form; without it the form is what is asked for. */
const name = z.string().max(1000).optional();

const scheduleId = z.guid();
/** What is to be scheduled: the id of a name or of an export, beside what it is. */
const thing = z
  .string()
  .regex(/^(?:name|export):[0-9a-f-]{36}$/i)
  .optional();
/** What a person filled in, as it is: the form says what is wrong with it. */
const filled = z.string().max(100).optional().catch(undefined);
/** A form that was sent carries `sent`; without, it is what is asked for. */
const scheduleForm = {
  thing,
  days: filled,
  at: filled,
  condition: filled,
  until: filled,
  zone: filled,
  sent: z.literal(true).optional(),
};

const following = ['waiting', 'running'] as const;
const stoppable = ['requested', 'waitingForSignIn', 'starting', ...following, 'parked'] as const;

/** In the order in which a card has them. */
const table = {
  show: { on: onBoth },
  download: { on: onBoth, needsToken: true },
  save: { on: onBoth, carries: { format: z.enum(fileFormats) } },
  allChanges: { on: onBoth },
  readAgain: { on: onBoth },
  refresh: { on: onExports, during: ['starting', ...following] },
  resume: { on: onExports, during: ['stopped', 'parked'] },
  stop: { on: onExports, during: stoppable },
  retry: { on: onExports },
  exportAgain: { on: onExports },
  exportForMe: { on: onExports, forAll: true },
  nameIt: { on: onExports, carries: { name } },
  share: { on: onExports },
  shareNow: { on: onExports },
  followGraphJob: { carries: { graphJobId, source }, needsToken: true },
  views: {},
  showName: { carries: { nameId } },
  exportNamed: { carries: { nameId } },
  renameName: { carries: { nameId, name } },
  forgetName: { carries: { nameId } },
  acceptSubscription: { carries: { scheduleId }, forAll: true },
  declineSubscription: { carries: { scheduleId }, forAll: true },
  aboutSubscription: { carries: { scheduleId } },
  askPause: { carries: { scheduleId }, forAll: true },
  pauseSubscription: { carries: { scheduleId } },
  resumeSubscription: { carries: { scheduleId } },
  endSubscription: { carries: { scheduleId }, forAll: true },
  exportSubscribed: { carries: { scheduleId }, forAll: true },
  scheduleIt: { carries: scheduleForm },
  schedules: {},
  showSchedule: { carries: { scheduleId } },
  runScheduleNow: { carries: { scheduleId } },
  pauseSchedule: { carries: { scheduleId } },
  resumeSchedule: { carries: { scheduleId } },
  extendSchedule: { carries: { scheduleId } },
  endSchedule: { carries: { scheduleId } },
  giveName: { carries: { nameId } },
  keepName: { carries: { nameId } },
  exportSharedName: { carries: { nameId }, forAll: true },
  renameSharedName: { carries: { nameId, name } },
  forgetSharedName: { carries: { nameId } },
  help: { forAll: true },
  list: { needsToken: true, carries: { page } },
  signIn: {},
  debug: {},
  myData: {},
  deleteMyData: {},
  keepMyData: {},
} as const satisfies Readonly<Record<string, ButtonEntry>>;

export const buttons: Readonly<Record<Verb, ButtonEntry>> = table;

export type Verb = keyof typeof table;
type Entry<V extends Verb> = (typeof table)[V];
type SubjectOf<Kind> = Omit<SubjectRef, 'kind'> & { readonly kind: Kind };

/** What one button carries: its verb and at most one opaque id, with where that belongs. `from`: where the answer leads back to. */
export type ActionOf<V extends Verb> = { readonly verb: V } & (Entry<V> extends {
  readonly on: readonly (infer Kind)[];
}
  ? { readonly subject: SubjectOf<Kind>; readonly from?: 'list' | undefined }
  : unknown) &
  (Entry<V> extends { readonly carries: infer Shape extends z.ZodRawShape }
    ? Readonly<z.infer<z.ZodObject<Shape>>>
    : unknown);

/** What a button carries. Who pressed it comes from the activity only. */
export type CardAction = { [V in Verb]: ActionOf<V> }[Verb];

/** Verbs that act on an export and need nothing else. */
export type ExportVerb = {
  [V in Verb]: Entry<V> extends { readonly carries: unknown }
    ? never
    : Entry<V> extends { readonly on: unknown }
      ? V
      : never;
}[Verb];

const exportVerbs = Object.keys(table).filter((verb): verb is ExportVerb => {
  const { on, carries } = buttons[verb as Verb];
  return on !== undefined && carries === undefined;
});

/** True when `followGraphJob` can carry the id. */
export const canCarry = (jobId: string): boolean => graphJobId.safeParse(jobId).success;

interface Look {
  /** Where the words of the verb do not fit. */
  readonly title?: string | undefined;
  readonly style?: Execute['style'] | undefined;
}

/** A button for clients with and without Universal Actions. */
export function button(words: Words, action: CardAction, { title, style }: Look = {}): Execute {
  const said = title ?? words.buttons[action.verb];
  const data = present(action);
  return {
    type: 'Action.Execute',
    title: said,
    verb: action.verb,
    data,
    ...(style !== undefined && { style }),
    fallback: { type: 'Action.Submit', title: said, data },
  };
}

export const exportButton = (
  words: Words,
  verb: ExportVerb,
  id: string,
  { from, ...look }: Look & { readonly from?: 'list' | undefined } = {},
): Execute => button(words, { verb, subject: { kind: 'export', id }, from }, look);

/** What the requester's card of an export has in its state, whatever else it has. @param style of the first one */
export const stateButtons = (
  words: Words,
  { id, state }: Pick<ExportJob, 'id' | 'state'>,
  style?: Execute['style'],
): readonly Execute[] =>
  exportVerbs
    .filter((verb) => buttons[verb].during?.includes(state.status))
    .map((verb, nth) => exportButton(words, verb, id, nth === 0 ? { style } : {}));

export const saveButton = (
  words: Words,
  subject: SubjectRef,
  format: FileFormat,
  title = words.formats[format],
): Execute => button(words, { verb: 'save', subject, format }, { title });

/** Opens the button's answer as a dialog of Teams; a client without them sends it as a message. Source: Teams, "Invoke dialogs". */
export function dialogButton(words: Words, action: CardAction, { title }: Pick<Look, 'title'> = {}): Submit {
  const data = { ...present(action), msteams: { type: 'task/fetch' } };
  return { type: 'Action.Submit', title: title ?? words.buttons[action.verb], data };
}
