/** Defines a schedule: what is exported again and again for a person, when, on which condition, and until when. */
export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
}

/** 1 is Monday, as in ISO 8601. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export type Days =
  | { readonly kind: 'everyDay' }
  | { readonly kind: 'weekdays' }
  | { readonly kind: 'weekly'; readonly on: readonly Weekday[] }
  /** In a month without that day: its last day. */
  | { readonly kind: 'monthly'; readonly day: number };

type Condition = 'always' | 'ifChanged' | 'ifAtRisk';

/** `YYYY-MM-DD`, in the schedule's time zone. */
export type CalendarDay = string;

/** What a person writes or fills in. */
export interface Timing {
  readonly days: Days;
  readonly at: TimeOfDay;
  readonly condition: Condition;
  /** The last day. */
  readonly until?: CalendarDay;
}
