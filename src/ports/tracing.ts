/** Says how work is told as traces: what begins by itself, its steps, and which export it belongs to. */

/** Short words and numbers of ours: nothing that names a person, a tenant, a place or a target. */
export type SpanFacts = Readonly<Record<string, string | number>>;

interface TraceIds {
  readonly traceId: string;
  readonly spanId?: string;
}

export interface Tracing {
  /**
   * Work that begins by itself: a turn, or what the queue gives out.
   * @param exportId of the export that it belongs to, if it is known from the beginning
   */
  readonly unit: <T>(
    name: string,
    about: { readonly exportId?: string; readonly facts?: SpanFacts },
    work: () => Promise<T>,
  ) => Promise<T>;
  /**
   * One step of the work, such as a call.
   * @param about which export: by its id, or by its target where the unit has met an export of it
   * @param outcomeOf a word for how it ended
   */
  readonly step: <T>(
    name: string,
    about: { readonly exportId?: string; readonly target?: string; readonly facts?: SpanFacts },
    work: () => Promise<T>,
    outcomeOf?: (result: T) => { readonly outcome: string; readonly isFailure: boolean },
  ) => Promise<T>;
  /** The unit at work has met an export; one that it has begun has its root there. */
  readonly met: (exportId: string, target: string, how: 'begun' | 'found') => void;
  /** Of the export, or of the work that runs. */
  readonly idsOf: (exportId?: string) => TraceIds | undefined;
}
