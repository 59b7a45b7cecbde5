/** Answers for the line of steps that shows how far an open export is, without a percentage that nobody knows. */
import type { ExportStatus } from '../../domain/exports/export-job.ts';
import type { CardElement, TextRun } from '../blocks/adaptive-card.ts';

type Step = 'done' | 'now' | 'ahead';

const steps = ['Asked', 'Accepted', 'Making', 'Ready'] as const;

const progress: Partial<Record<ExportStatus, readonly Step[]>> = {
  requested: ['now', 'ahead', 'ahead', 'ahead'],
  starting: ['done', 'now', 'ahead', 'ahead'],
  waiting: ['done', 'done', 'ahead', 'ahead'],
  running: ['done', 'done', 'now', 'ahead'],
};

/** The mark and the weight say it; the colour only repeats it. */
const looks: Readonly<Record<Step, Omit<TextRun, 'type'>>> = {
  done: { text: '✓\u00A0', color: 'Good' },
  now: { text: '●\u00A0', color: 'Accent', weight: 'Bolder' },
  ahead: { text: '○\u00A0', isSubtle: true },
};

/** Four steps on one line; nothing for a state that is not on the way. */
export function exportSteps(status: ExportStatus): readonly CardElement[] {
  const reached = progress[status];
  if (reached === undefined) return [];
  const inlines = reached.flatMap((step, index) => stepRuns(steps[index] ?? '', step, index > 0));
  return [{ type: 'RichTextBlock', spacing: 'Medium', inlines }];
}

function stepRuns(name: string, step: Step, separated: boolean): readonly TextRun[] {
  const look = looks[step];
  const run: TextRun = { type: 'TextRun', size: 'Small', ...look, text: `${look.text}${name}` };
  return separated ? [{ type: 'TextRun', text: ' › ', size: 'Small', isSubtle: true }, run] : [run];
}
