/** Shows how far an export is: a line of steps, how long it usually takes, each phase in words that everybody may read. */
import type { ExportStatus } from '../../domain/exports/export-job.ts';
import type { Target } from '../../domain/exports/target.ts';
import type { UsualDuration } from '../../domain/exports/usual-duration.ts';
import { wordsOfSource, type Words } from '../../words/words.ts';
import type { CardElement, TextRun } from '../blocks/adaptive-card.ts';
import type { Banner } from '../blocks/card-blocks.ts';

type Step = 'done' | 'now' | 'ahead';

const steps = ['asked', 'accepted', 'making', 'ready'] as const;

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
export function exportSteps({ exports }: Words, status: ExportStatus): readonly CardElement[] {
  const reached = progress[status];
  if (reached === undefined) return [];
  const names = exports.progress.steps;
  const inlines = steps.flatMap((step, nth) => stepRuns(names[step], reached[nth] ?? 'ahead', nth > 0));
  return [{ type: 'RichTextBlock', spacing: 'Medium', inlines }];
}

function stepRuns(name: string, step: Step, separated: boolean): readonly TextRun[] {
  const look = looks[step];
  const run: TextRun = { type: 'TextRun', size: 'Small', ...look, text: `${look.text}${name}` };
  return separated ? [{ type: 'TextRun', text: ' › ', size: 'Small', isSubtle: true }, run] : [run];
}

/** "Usually 2–4 minutes for this view." */
export const usualWords = (words: Words, target: Target, usual: UsualDuration): string =>
  words.exports.progress.usually(words.amounts.span(usual), wordsOfSource(words, target).usual[usual.of]);

const phaseLooks: Readonly<Record<ExportStatus, Pick<Banner, 'tone' | 'icon'>>> = {
  requested: { tone: 'accent', icon: '◔' },
  starting: { tone: 'accent', icon: '◔' },
  waitingForSignIn: { tone: 'warning', icon: '➜' },
  waiting: { tone: 'accent', icon: '◑' },
  running: { tone: 'accent', icon: '◕' },
  ready: { tone: 'good', icon: '✓' },
  failed: { tone: 'attention', icon: '✕' },
  expired: { tone: 'emphasis', icon: '○' },
  stopped: { tone: 'emphasis', icon: '■' },
  parked: { tone: 'warning', icon: '‖' },
};

/** No reason, size or date: these are the requester's. */
export const publicPhase = (words: Words, status: ExportStatus): Banner => ({
  ...phaseLooks[status],
  ...words.exports.progress.phases[status],
});
