/** Answers for what the columns of an own file may hold; the domain's types. */
import { z } from 'zod';
import type { OwnFile, OwnFileState } from '../../../domain/own-files/own-file.ts';

const otherKinds = ['archive', 'numbers', 'otherSpreadsheet', 'notATable'] as const;

const unreadCause = z.enum([
  ...otherKinds,
  'noTitleColumn',
  'noRows',
  'empty',
  'tooLarge',
  'tooManyRows',
  'unpacksTooLarge',
  'encrypted',
  'damaged',
  'tookTooLong',
  'crashed',
  'later',
  'signInNeeded',
] as const);

export const ownFileStateSchema: z.ZodType<OwnFileState> = z.discriminatedUnion('status', [
  z.object({ status: z.enum(['received', 'reading', 'read']) }),
  z.object({ status: z.literal('unread'), why: unreadCause }),
  z.object({
    status: z.literal('notTaken'),
    why: z.enum([
      ...otherKinds,
      'linkTooOld',
      'hostNotAllowed',
      'redirected',
      'tooLarge',
      'empty',
      'unreachable',
    ] as const),
  }),
]);

export const ownFileKindSchema: z.ZodType<NonNullable<OwnFile['kind']>> = z.enum(['csv', 'xlsx']);

export const readingProgressSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('underWay'), attempts: z.number(), wished: z.literal(true).exactOptional() }),
  z.object({ kind: z.literal('done') }),
  z.object({ kind: z.literal('unread'), why: unreadCause }),
]);
