/** Answers for an export as a row, and a row as an export. */
import type { Insertable, Selectable } from 'kysely';
import type { Due, ExportJob } from '../../../domain/exports/export-job.ts';
import { isOpen } from '../../../domain/exports/export-job.ts';
import { storableJson, storableText } from '../rows/column-values.ts';
import { contactSchema, dueStepSchema, pastRunsSchema, stateSchema } from './stored-export-schema.ts';
import type { ExportsTable } from '../rows/table-types.ts';

type Row = Selectable<ExportsTable>;

/** What changes from version to version; whose export of which view it is never does. */
export const changingColumns = (job: ExportJob) => ({
  requested_at: job.requestedAt,
  since: job.since,
  status: job.state.status,
  is_open: isOpen(job),
  state: storableJson(job.state),
  contact: storableJson(job.contact),
  due_at: job.due?.at ?? null,
  due_step: job.due?.step ?? null,
  joined: job.joined,
  past_runs: storableJson(job.pastRuns),
  version: job.version,
});

export const rowOf = (job: ExportJob): Insertable<ExportsTable> => ({
  id: job.id,
  tenant_id: job.requester.tenantId,
  user_id: job.requester.userId,
  user_name: storableText(job.requester.name),
  channel_user_id: job.requester.channelUserId,
  organization_id: job.view.organizationId,
  view_id: job.view.viewId,
  ...changingColumns(job),
});

/** @throws Error that names the export when the row is not one that this version wrote */
export function exportOf(row: Row): ExportJob {
  try {
    return parse(row);
  } catch (cause) {
    throw new Error(`Export ${row.id} cannot be read from the database`, { cause });
  }
}

function parse(row: Row): ExportJob {
  const due = dueOf(row);
  return {
    id: row.id,
    requester: {
      tenantId: row.tenant_id,
      userId: row.user_id,
      name: row.user_name,
      channelUserId: row.channel_user_id,
    },
    view: { organizationId: row.organization_id, viewId: row.view_id },
    requestedAt: row.requested_at,
    since: row.since,
    state: stateSchema.parse(row.state),
    ...(due === undefined ? {} : { due }),
    contact: contactSchema.parse(row.contact),
    joined: row.joined,
    pastRuns: pastRunsSchema.parse(row.past_runs),
    version: row.version,
  };
}

function dueOf({ due_at: at, due_step: step }: Row): Due | undefined {
  return at === null || step === null ? undefined : { at, step: dueStepSchema.parse(step) };
}
