/** Draws what takes the place of an export's card that moved down or was deleted. */
import type { ExportJob } from '../../domain/exports/export-job.ts';
import { createCard } from '../blocks/adaptive-card.ts';
import type { Card } from '../blocks/adaptive-card.ts';
import { paragraph, row } from '../blocks/card-blocks.ts';
import { exportName, viewLink } from './export-blocks.ts';

export const movedCard = (job: ExportJob): Card =>
  createCard({
    summary: `${exportName(job)}: its card moved down`,
    body: [
      paragraph('↓  This export’s card moved further down in this conversation.'),
      row('View', viewLink(job.view)),
    ],
  });

export const forgottenCard = (): Card =>
  createCard({
    summary: 'This export was deleted',
    body: [paragraph('○  This export was deleted together with the data of the person who asked for it.')],
  });
