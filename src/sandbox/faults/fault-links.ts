/** Every row of the fault table that a link can call up, in the order of the table. */
import { channelFaults } from './channel-faults.ts';
import { connectorFaults } from './connector-faults.ts';
import { contentFaults } from './content-faults.ts';
import { entraFaults } from './entra-faults.ts';
import type { FaultId, FaultLink } from './fault-link.ts';
import { lookFaults } from './look-faults.ts';
import { startFaults } from './start-faults.ts';
import { wayFaults } from './way-faults.ts';

const letters = 'GTECS';

/** The order of the table. */
const byRow = (a: { readonly id: FaultId }, b: { readonly id: FaultId }): number =>
  letters.indexOf(a.id.charAt(0)) - letters.indexOf(b.id.charAt(0)) ||
  Number(a.id.slice(1)) - Number(b.id.slice(1));

export const faultLinks: readonly FaultLink[] = [
  ...startFaults,
  ...lookFaults,
  ...contentFaults,
  ...wayFaults,
  ...entraFaults,
  ...connectorFaults,
  ...channelFaults,
].toSorted(byRow);
