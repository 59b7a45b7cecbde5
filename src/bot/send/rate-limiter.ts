/**
 * Rate-limits messages per conversation and tenant: one instance's share of Teams' limits. Reads no clock and waits for nothing.
 * Ours because bottleneck has no sliding windows, and shares limits between instances through Redis only.
 */

/** Whom a message counts for. */
export interface Place {
  readonly tenantId: string;
  readonly conversationId: string;
}

/** Milliseconds to wait until the message's turn, or seconds to come back after when that is too far off. */
type Slot =
  { readonly kind: 'turn'; readonly wait: number } | { readonly kind: 'busy'; readonly retryAfter: number };

export interface RateLimiter {
  /** @param sharers instances that send within the same limits, this one included */
  readonly reserve: (place: Place, now: number, sharers?: number) => Slot;
  /** True when a message may leave at once; reserves nothing. */
  readonly isFree: (place: Place, now: number, sharers?: number) => boolean;
  /** Nothing goes to the conversation before `until`. */
  readonly holdOff: (place: Place, until: number) => void;
  /** Conversations and tenants that are remembered. */
  readonly size: () => number;
}

/**
 * A tenant's messages are counted in cells of time, in milliseconds. A second, with a tenth more for who is late, touches ten cells
 * at most: never more than 40 requests of a tenant (Teams takes 50).
 */
const tenantCell = 123;
const maxInCell = 4;
const cellsInASecond = 10;
const maxInSecond = 40;

/** Milliseconds between messages that are spread evenly. */
const sendAsFarApart = tenantCell / maxInCell;

/** Messages of a tenant in each cell of time. */
type Cells = Map<number, number>;

/** Source: "Rate limits for bots" of Microsoft Teams, the limits per conversation; milliseconds. */
const perConversation: readonly { readonly max: number; readonly span: number }[] = [
  { max: 7, span: 1_000 },
  { max: 8, span: 2_000 },
  { max: 60, span: 30_000 },
  { max: 1_800, span: 3_600_000 },
];
/** A message that leaves a little late must not meet the next ones within one window of Teams. */
const slack = 250;
const maxRemembered = 1_800;
const hour = 3_600_000;

const maxWait = 5_000;
/** Who is sent away comes back one by one, at about the pace that 60 in 30 s allows, or the tenant's, within a minute. */
const spread = 500;
const maxSpread = 60_000;
const sweepEvery = 60_000;

interface Track {
  /** Reserved times, ascending; the newest may lie ahead. */
  readonly times: number[];
  heldUntil: number;
  /** When the last one that was sent away is expected back. */
  expectedBack: number;
}

interface Tenant {
  readonly cells: Cells;
  expectedBack: number;
}

export function createRateLimiter(): RateLimiter {
  const conversations = new Map<string, Track>();
  const tenants = new Map<string, Tenant>();
  let swept = 0;
  const trackOf = ({ tenantId, conversationId }: Place): Track =>
    known(conversations, `${tenantId} ${channelOf(conversationId)}`, () => ({
      times: [],
      heldUntil: 0,
      expectedBack: 0,
    }));
  const tenantOf = ({ tenantId }: Place): Tenant =>
    known(tenants, tenantId, () => ({ cells: new Map(), expectedBack: 0 }));
  return {
    isFree: (place, now, sharers = 1) =>
      freeCell(tenantOf(place).cells, earliest(trackOf(place), now, sharers), sharers) <= now,
    reserve: (place, now, sharers = 1) => {
      if (Math.abs(now - swept) >= sweepEvery) {
        sweep(conversations, tenants, now);
        swept = now;
      }
      const track = trackOf(place);
      const tenant = tenantOf(place);
      const free = earliest(track, now, sharers);
      const at = freeCell(tenant.cells, free, sharers);
      if (at - now > maxWait) {
        const own = comeBackAt(track, spread * sharers, at, now);
        const shared = at - free > tenantCell ? comeBackAt(tenant, sendAsFarApart * sharers, at, now) : own;
        return { kind: 'busy', retryAfter: Math.ceil((Math.max(own, shared) - now) / 1000) };
      }
      take(track, tenant.cells, at);
      return { kind: 'turn', wait: at - now };
    },
    holdOff: (place, until) => {
      const track = trackOf(place);
      track.heldUntil = Math.max(track.heldUntil, until);
    },
    size: () => conversations.size + tenants.size,
  };
}

/** Teams counts a channel with all its threads as one conversation. */
const channelOf = (conversationId: string): string => conversationId.split(';', 1).join('');

function known<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const found = map.get(key) ?? create();
  map.set(key, found);
  return found;
}

function earliest(track: Track, now: number, sharers: number): number {
  const { times } = track;
  // Nothing is reserved so far ahead: the clock was set back.
  if ((times.at(-1) ?? now) > now + maxWait + tenantCell) times.length = 0;
  if (track.heldUntil > now + hour) track.heldUntil = 0;
  const free = perConversation.map(({ max, span }) => {
    const first = times.at(-Math.max(1, Math.floor(max / sharers)));
    return first === undefined ? now : first + span + slack;
  });
  return Math.max(now, track.heldUntil, times.at(-1) ?? now, ...free);
}

function take({ times }: Track, cells: Cells, at: number): void {
  times.push(at);
  if (times.length > maxRemembered) times.shift();
  takeCell(cells, at);
}

/** In turn, `pace` milliseconds after whoever was sent away before. */
function comeBackAt(whose: { expectedBack: number }, pace: number, at: number, now: number): number {
  const inTurn = Math.max(whose.expectedBack, at) + pace;
  whose.expectedBack = Math.max(at, Math.min(inTurn, now + maxSpread));
  return whose.expectedBack;
}

function sweep(conversations: Map<string, Track>, tenants: Map<string, Tenant>, now: number): void {
  for (const [key, { times, heldUntil }] of conversations)
    if ((times.at(-1) ?? 0) < now - hour && heldUntil < now) conversations.delete(key);
  const current = Math.floor(now / tenantCell);
  for (const [key, { cells, expectedBack }] of tenants) {
    for (const cell of cells.keys()) if (cell < current) cells.delete(cell);
    if (cells.size === 0 && expectedBack < now) tenants.delete(key);
  }
}

/** The earliest time from then on that has room. */
function freeCell(cells: Cells, from: number, sharers: number): number {
  const max = Math.max(1, Math.floor(maxInCell / sharers));
  const every = everyCell(sharers);
  let cell = Math.floor(from / tenantCell);
  while (cell % every !== 0 || (cells.get(cell) ?? 0) >= max) cell += 1;
  return Math.max(from, cell * tenantCell);
}

/** Where there are more instances than messages in a cell, each takes one of so many cells only. */
function everyCell(sharers: number): number {
  let every = 1;
  while (
    sharers > maxInCell &&
    Math.ceil(cellsInASecond / every) * sharers > maxInSecond &&
    every < cellsInASecond
  )
    every += 1;
  return every;
}

function takeCell(cells: Cells, at: number): void {
  const cell = Math.floor(at / tenantCell);
  cells.set(cell, (cells.get(cell) ?? 0) + 1);
}
