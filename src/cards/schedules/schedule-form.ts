/** Asks when something is to be exported again: days, time, condition, last day, and what and where where that is not known. */
import { present } from '../../domain/present.ts';
import type { Weekday } from '../../domain/schedules/schedule.ts';
import type { RichText } from '../../words/en/phrasing/rich-text.ts';
import type { Words } from '../../words/words.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card, CardButton, CardElement } from '../blocks/adaptive-card.ts';
import { button, type ActionOf } from '../blocks/buttons.ts';
import type { Choice } from '../blocks/card-inputs.ts';
import { banner, footnote } from '../blocks/card-blocks.ts';
import { plainText, runs, untrustedLine } from '../blocks/untrusted-text.ts';
import { daysValue, readDays, type FormValues } from './form-values.ts';

export interface ScheduleFormContent {
  readonly filled: FormValues;
  /** What is to be scheduled, where that is known. */
  readonly thing?: { readonly value: string; readonly label?: string };
  /** What may be scheduled, where it is not. */
  readonly things?: readonly Choice[];
  /** What is wrong with what was filled in. */
  readonly problem?: RichText;
  /** In a dialog, which sends its form by itself and has a cross to be closed with. */
  readonly inDialog: boolean;
}

export function scheduleFormCard(words: Words, content: ScheduleFormContent): Card {
  const { filled, thing, things = [], problem, inDialog } = content;
  const { form } = words.schedules;
  const condition = filled.condition ?? 'always';
  return createCard({
    summary: form.summary,
    speak: `${form.summary} ${form.lead}`,
    body: [
      banner({ tone: 'emphasis', icon: '↻', title: form.summary, lead: form.lead }),
      ...(problem === undefined ? [] : [warning(problem)]),
      ...(thing?.label === undefined ? [] : [untrustedLine(thing.label, { weight: 'Bolder' })]),
      ...(thing === undefined ? [choiceSet(words, 'thing', form.what, things)] : []),
      choiceSet(words, 'days', form.days, daysChoices(words, filled.days), filled.days),
      {
        type: 'Input.Time',
        id: 'at',
        label: form.at,
        isRequired: true,
        errorMessage: form.missing,
        ...(filled.at !== undefined && { value: filled.at }),
      },
      choiceSet(words, 'condition', form.condition, conditionChoices(words), condition),
      {
        type: 'Input.Date',
        id: 'until',
        label: form.until,
        ...(filled.until !== undefined && { value: filled.until }),
      },
      footnote(form.untilHint, 'None'),
    ],
    actions: buttonsOf(
      words,
      { verb: 'scheduleIt', sent: true, ...(thing !== undefined && { thing: thing.value }) },
      inDialog,
    ),
  });
}

const warning = (problem: RichText): CardElement => ({
  type: 'Container',
  style: 'warning',
  items: [{ type: 'RichTextBlock', inlines: runs(problem) }],
});

function buttonsOf(words: Words, sent: ActionOf<'scheduleIt'>, inDialog: boolean): readonly CardButton[] {
  const { save, cancel } = words.schedules.form;
  if (inDialog) return [{ type: 'Action.Submit', title: save, data: present(sent) }];
  return [
    button(words, sent, { title: save, style: 'positive' }),
    button(words, { verb: 'schedules' }, { title: cancel }),
  ];
}

function choiceSet(
  { schedules: { form } }: Words,
  id: string,
  label: string,
  choices: readonly Choice[],
  value?: string,
): CardElement {
  const isThere = choices.some((one) => one.value === value);
  return {
    type: 'Input.ChoiceSet',
    id,
    label,
    style: 'compact',
    choices,
    placeholder: form.choose,
    isRequired: true,
    errorMessage: form.missing,
    ...(value !== undefined && isThere && { value }),
  };
}

const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const monthDays = Array.from({ length: 31 }, (_, nth) => nth + 1);

/** With several days of the week where they were written. */
function daysChoices({ schedules: { form }, timing, amounts }: Words, filled?: string): readonly Choice[] {
  const usual = [
    { title: form.everyDay, value: daysValue({ kind: 'everyDay' }) },
    { title: form.weekdays, value: daysValue({ kind: 'weekdays' }) },
    ...weekdays.map((day) => ({
      title: form.weekly(timing.weekdayName(day)),
      value: daysValue({ kind: 'weekly', on: [day] }),
    })),
    ...monthDays.map((day) => ({ title: form.monthly(day), value: daysValue({ kind: 'monthly', day }) })),
  ];
  const days = readDays(filled);
  if (days?.kind !== 'weekly' || days.on.length === 1) return usual;
  const several = form.weekly(amounts.list(days.on.map(timing.weekdayName)));
  return [{ title: several, value: daysValue(days) }, ...usual];
}

const conditionChoices = ({ schedules: { form } }: Words): readonly Choice[] =>
  (['always', 'ifChanged', 'ifAtRisk'] as const).map((value) => ({ title: form.conditions[value], value }));

/** Asks where they live, once: whatever else they said is carried along. */
export function zoneFormCard(words: Words, { zones, sent, inDialog }: ZoneFormContent): Card {
  const { zone, zoneLead, missing, choose } = words.schedules.form;
  return createCard({
    summary: zone,
    speak: `${zone} ${zoneLead}`,
    body: [
      banner({ tone: 'emphasis', icon: '↻', title: zone, lead: zoneLead }),
      {
        type: 'Input.ChoiceSet',
        id: 'zone',
        label: words.schedules.rows.zone,
        style: 'filtered',
        choices: zones.map((one) => ({ title: one, value: one })),
        placeholder: choose,
        isRequired: true,
        errorMessage: missing,
      },
    ],
    actions: buttonsOf(words, sent, inDialog),
  });
}

interface ZoneFormContent {
  /** IANA. */
  readonly zones: readonly string[];
  readonly sent: ActionOf<'scheduleIt'>;
  readonly inDialog: boolean;
}

/** A choice that a person's own words make. */
export const thingChoice = (kind: 'name' | 'export', id: string, label: string): Choice => ({
  title: plainText(label),
  value: `${kind}:${id}`,
});
