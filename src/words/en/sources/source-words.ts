/** Defines what every language says of one source, and of the things that are exported from it. */
import type { FailureReason } from '../../../domain/exports/export-job.ts';
import type { FileFormat } from '../../../domain/okrs/file/okr-file.ts';
import type { OkrLevel } from '../../../domain/okrs/reading/okr-row.ts';
import type { UsualDuration } from '../../../domain/exports/usual-duration.ts';

/** One and many. */
export type Nouns = Readonly<Record<OkrLevel | 'row', readonly [one: string, many: string]>>;

export interface FailureWords {
  readonly title: string;
  readonly lead: string;
  /** What to do now. */
  readonly next: string;
  /** In the list of exports. */
  readonly listed: string;
  /** In the message beside the card. */
  readonly noticed: string;
}

type RetiredWords = Omit<FailureWords, 'next'> & { readonly advice: readonly string[] };

/** Labels come plain. */
/** How the bot names what it exports where it speaks of itself. */
interface Offering {
  /** "Planner plans". */
  readonly things: string;
  /** "a Planner plan". */
  readonly thing: string;
  /** What people paste. */
  readonly link: string;
  readonly address: string;
  /** "how your plans stand". */
  readonly work: string;
  /** To somebody whose other source has ended. */
  readonly instead?: string;
}

export interface SourceWords {
  /** As people know it. */
  readonly product: string;
  readonly offering?: Offering;
  readonly target: {
    /** Names the row with the link to it. */
    readonly title: string;
    readonly open: (label: string) => string;
    readonly exportOf: (label: string) => string;
    /** At the beginning of a sentence, and after a name and a comma. */
    readonly yourExportOf: (label: string) => string;
    readonly yourExportOfNamed: (label: string) => string;
    readonly says: string;
  };
  /** Names the row that says where a target belongs. */
  readonly place: string;
  /** After a length of time. */
  readonly usual: Readonly<Record<UsualDuration['of'], string>>;
  readonly alreadyOpen: string;
  readonly pendingElsewhere: string;
  readonly consent: string;
  readonly adminConsent: string;
  readonly failures: Readonly<Record<Exclude<FailureReason, 'retired'>, FailureWords>> & {
    readonly retired: RetiredWords;
  };
  /** Of a source that is at its end. */
  readonly retirement?: {
    /** A sentence without its full stop. */
    readonly fact: string;
    /** Beside a failure that it may explain. */
    readonly hint: string;
    readonly news: string;
    /** To somebody whom it concerns for certain. */
    readonly newsForCertain: string;
  };
  /** Of a link that leads to the source, but to nothing that can be exported. */
  readonly notATarget: { readonly title: string; readonly summary: string };
  readonly linkProblems: Readonly<Record<string, string>>;
  /** Of a link that leads to a target, but to something else as well. */
  readonly linkNotes?: Readonly<Record<string, string>>;
  /** What a file lacks because its source did not give it: sentences for the answer and the workbook. */
  readonly gaps?: Readonly<Record<string, string>>;
  /** Of its downloads, where the file is not one that Microsoft made. */
  readonly offer?: {
    /** In place of "Original file". */
    readonly original: string;
    readonly limitsOfExport: string;
    readonly tells: Readonly<Record<FileFormat, string>>;
  };
  /** In the workbook, where it has other things than OKRs. */
  readonly sheets?: {
    /** Names the sheet that lists them all. */
    readonly tree: string;
    readonly title: string;
    /** Names one of them. */
    readonly okr: string;
    readonly levels: Readonly<Record<OkrLevel, string>>;
    readonly noEarlier: string;
    /** How to read it. */
    readonly about: readonly string[];
  };
  /** Where its rows are not objectives and key results. */
  readonly nouns?: Nouns;
  readonly howTo: {
    readonly title: string;
    readonly steps: readonly { readonly title: string; readonly text: string }[];
    /** Made up: it leads nowhere. */
    readonly exampleAddress?: string;
  };
}
