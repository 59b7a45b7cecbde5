/** Answers for an older card of an export whose newer card stands further down; everybody may see it. */
import type { ExportJob } from '../../domain/exports/export-job.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { paragraph, row } from '../blocks/card-blocks.ts';
import { exportName, viewLink } from './export-identity.ts';

export const movedCard = (job: ExportJob): Card =>
  createCard({
    summary: `${exportName(job)}: its card moved down`,
    body: [
      paragraph('↓  This export’s card moved further down in this conversation.'),
      row('View', viewLink(job.view)),
    ],
  });
