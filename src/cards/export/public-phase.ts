/** Answers for how far an export is in words that everybody in a group or channel may read. */
import type { ExportStatus } from '../../domain/exports/export-job.ts';
import type { Banner } from '../blocks/card-blocks.ts';

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
