/** Starts the simulated Graph beside the simulated Entra ID, and calls it with a person's token. */
import { createEntraSimulator } from '../../../src/sandbox/entra/entra-simulator.ts';
import type { EntraSimulator } from '../../../src/sandbox/entra/entra-simulator.ts';
import { createGraphTokenCheck } from '../../../src/sandbox/graph/graph-calls.ts';
import type { GraphSimulator, GraphSimulatorOptions } from '../../../src/sandbox/graph/graph-simulator.ts';
import { createGraphSimulator } from '../../../src/sandbox/graph/graph-simulator.ts';
import type { Person } from '../../../src/sandbox/chat/people.ts';
import { entraOptions } from './entra-client.ts';

export type GraphClient = Readonly<{
  create: (view: { goalsOrganizationId: string; explorerViewId: string }) => Promise<Response>;
  /** `path` follows `/exportJobs`. */
  get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Response>;
}>;

export const startSimulators = async (
  options: Omit<GraphSimulatorOptions, 'verifyToken'> = {},
): Promise<{ entra: EntraSimulator; graph: GraphSimulator; stop: () => Promise<void> }> => {
  const clock = options.clock ?? Date.now;
  const entra = await createEntraSimulator({ ...entraOptions, clock });
  await entra.start();
  const verifyToken = createGraphTokenCheck({ jwksUrl: entra.jwksUrl(), clock });
  const graph = createGraphSimulator({ ...options, verifyToken });
  await graph.start();
  const stop = async () => {
    await Promise.all([graph.stop(), entra.stop()]);
  };
  return { entra, graph, stop };
};

export const graphToken = (
  entra: EntraSimulator,
  person: Person,
  scp = 'Goals-Export.ReadWrite.All Goals-Export.Read.All',
) => entra.sign({ aud: 'https://graph.microsoft.com', oid: person.oid, tid: person.tid, scp }, 3_600);

export const graphClient = (graph: GraphSimulator, token: string): GraphClient => {
  const jobs = () => `${graph.baseUrl()}/employeeExperience/goals/exportJobs`;
  const authorization = `Bearer ${token}`;
  return {
    create: (view) =>
      fetch(jobs(), {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(view),
      }),
    get: (path, headers) =>
      fetch(`${jobs()}${path}`, { headers: { authorization, ...headers }, redirect: 'manual' }),
  };
};
