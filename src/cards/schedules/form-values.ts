/** Writes a timing as the form carries it, and reads what a person filled in. */
import type { Days, TimeOfDay, Timing, Weekday } from '../../domain/schedules/schedule.ts';

/** Each as the form has it; what is missing is not filled in. */
export interface FormValues {
  readonly days?: string | undefined;
  readonly at?: string | undefined;
  readonly condition?: string | undefined;
  readonly until?: string | undefined;
  readonly zone?: string | undefined;
}

/** `weekly:1,4`. */
export function daysValue(days: Days): string {
  switch (days.kind) {
    case 'everyDay':
    case 'weekdays':
      return days.kind;
    case 'weekly':
      return `weekly:${days.on.join(',')}`;
    case 'monthly':
      return `monthly:${days.day}`;
  }
}

export function readDays(value = ''): Days | undefined {
  if (value === 'everyDay' || value === 'weekdays') return { kind: value };
  const on = /^weekly:([1-7](?:,[1-7])*)$/.exec(value)?.[1];
  if (on !== undefined)
    return { kind: 'weekly', on: [...new Set(on.split(','))].sort().map((day) => Number(day) as Weekday) };
  const day = Number(/^monthly:(\d{1,2})$/.exec(value)?.[1] ?? 0);
  return day >= 1 && day <= 31 ? { kind: 'monthly', day } : undefined;
}

/** `HH:mm`. */
export const timeValue = ({ hour, minute }: TimeOfDay): string =>
  [hour, minute].map((part) => String(part).padStart(2, '0')).join(':');

export function readTime(value = ''): TimeOfDay | undefined {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})/.exec(value) ?? [];
  const time = { hour: Number(hour), minute: Number(minute) };
  return hour !== undefined && time.hour < 24 && time.minute < 60 ? time : undefined;
}

const conditions = ['always', 'ifChanged', 'ifAtRisk'] as const;

export const readCondition = (value?: string): Timing['condition'] =>
  conditions.find((one) => one === value) ?? 'always';
