/** Shows how far an export is: a line of steps, how long it usually takes, each phase in words that everybody may read. */
import type { ExportStatus } from '../../domain/exports/export-job.ts';
import type { UsualDuration } from '../../domain/exports/usual-duration.ts';
import type { CardElement, TextRun } from '../blocks/adaptive-card.ts';
import type { Banner } from '../blocks/card-blocks.ts';

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

const secondsInMinute = 60;
const secondsInHour = 3600;

const whose: Readonly<Record<UsualDuration['of'], string>> = {
  target: 'for this view',
  source: 'for views of this organisation',
};

/** "Usually 2–4 minutes for this view." */
export const usualWords = (usual: UsualDuration): string => `Usually ${span(usual)} ${whose[usual.of]}.`;

/** Rounded outwards: somebody plans with it. */
function span({ from, to }: UsualDuration): string {
  if (to < secondsInMinute) return 'less than a minute';
  const [size, unit] = to < 2 * secondsInHour ? [secondsInMinute, 'minute'] : [secondsInHour, 'hour'];
  const [least, most] = [Math.floor(from / size), Math.ceil(to / size)];
  if (least === 0) return `up to ${counted(most, unit)}`;
  return least === most ? `about ${counted(most, unit)}` : `${least}–${counted(most, unit)}`;
}

const counted = (amount: number, unit: string): string => `${amount} ${unit}${amount === 1 ? '' : 's'}`;

const starting: Banner = {
  tone: 'accent',
  icon: '◔',
  title: 'Starting…',
  lead: 'I’m asking Microsoft Graph for this export.',
};

/** No reason, size or date: these are the requester's. */
export const publicPhase: Readonly<Record<ExportStatus, Banner>> = {
  requested: starting,
  starting,
  waitingForSignIn: {
    tone: 'warning',
    icon: '➜',
    title: 'Waiting for a sign-in',
    lead: 'The person who asked is needed before I can go on.',
  },
  waiting: {
    tone: 'accent',
    icon: '◑',
    title: 'In line at Microsoft',
    lead: 'Microsoft Graph has accepted the export and starts it soon.',
  },
  running: { tone: 'accent', icon: '◕', title: 'Running', lead: 'Microsoft Graph is making the file.' },
  ready: { tone: 'good', icon: '✓', title: 'Ready', lead: 'The person who asked can download the file.' },
  failed: {
    tone: 'attention',
    icon: '✕',
    title: 'Ended without a file',
    lead: 'The person who asked sees why, and what to do.',
  },
  expired: {
    tone: 'emphasis',
    icon: '○',
    title: 'No longer available',
    lead: 'Microsoft Graph keeps a file for a limited time.',
  },
  stopped: {
    tone: 'emphasis',
    icon: '■',
    title: 'Stopped',
    lead: 'I no longer watch this export. The person who asked can resume it.',
  },
  parked: {
    tone: 'warning',
    icon: '‖',
    title: 'Paused',
    lead: 'The person who asked sees why, and can resume it.',
  },
};
