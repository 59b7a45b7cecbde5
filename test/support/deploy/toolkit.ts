/** Follows the actions of the Microsoft 365 Agents Toolkit: what each needs to know, and what is known after it. */
import path from 'node:path';
import { parseEnv } from 'node:util';
import { placeholdersIn, readYaml, textOf } from './project-files.ts';
import { infra, readBicep } from './read-bicep.ts';

export interface Action {
  readonly uses: string;
  readonly name?: string;
  readonly with: Readonly<Record<string, unknown>>;
  readonly writeToEnvironmentFile?: Readonly<Record<string, string>>;
}

export interface Project {
  readonly version: string;
  readonly environmentFolderPath: string;
  readonly provision?: readonly Action[];
  readonly deploy?: readonly Action[];
  readonly publish?: readonly Action[];
}

export const readProject = (file: string): Project => readYaml(file) as Project;

export const actionsOf = ({ provision = [], deploy = [], publish = [] }: Project): readonly Action[] => [
  ...provision,
  ...deploy,
  ...publish,
];

interface Template {
  readonly path: string;
  readonly parameters: string;
}

const templatesOf = ({ with: given }: Action): readonly Template[] =>
  (given['templates'] ?? []) as readonly Template[];

/** Files that an action reads. */
export const filesOf = (action: Action): readonly string[] => [
  ...(typeof action.with['manifestPath'] === 'string' ? [action.with['manifestPath']] : []),
  ...templatesOf(action).flatMap((template) => [template.path, template.parameters]),
];

const outputsOf = (action: Action): readonly string[] =>
  templatesOf(action).flatMap((template) => [
    ...readBicep(path.join(infra, '..', template.path)).outputs.keys(),
  ]);

/** Names that are in the environment once the action is done. */
function writtenBy(action: Action): readonly string[] {
  const announced = JSON.stringify(action.with).matchAll(/::set-teamsfx-env (\w+)=/g);
  return [
    ...Object.values(action.writeToEnvironmentFile ?? {}),
    ...outputsOf(action),
    ...Array.from(announced).map(([, name]) => name ?? ''),
  ];
}

const askedBy = (action: Action): readonly string[] =>
  placeholdersIn([JSON.stringify(action), ...filesOf(action).map(textOf)].join('\n'));

/** What is known before the first action: what the file says, what the toolkit asks for, what people put in. */
export function knownAtFirst(environment: string, people: readonly string[]): ReadonlySet<string> {
  const filled = Object.entries(parseEnv(textOf(`env/.env.${environment}`))).filter(
    ([, value]) => value !== '',
  );
  const ofToolkit = ['TEAMSFX_ENV', 'AZURE_SUBSCRIPTION_ID', 'AZURE_RESOURCE_GROUP_NAME'];
  return new Set([...filled.map(([name]) => name), ...ofToolkit, ...people]);
}

/** Made by the toolkit when a manifest asks for it. */
const madeOnDemand = 'AAD_APP_ACCESS_AS_USER_PERMISSION_ID';

/** Names that an action asks for before anybody knows them, and what is known at the end; `needs` are those that a command wants. */
export function follow(
  actions: readonly Action[],
  first: ReadonlySet<string>,
  needs: (action: Action) => readonly string[],
): { readonly unknown: readonly string[]; readonly known: ReadonlySet<string> } {
  const known = new Set(first);
  const unknown: string[] = [];
  for (const action of actions) {
    const asked = [...askedBy(action), ...needs(action)].filter((name) => name !== madeOnDemand);
    for (const name of asked) if (!known.has(name)) unknown.push(`${action.name ?? action.uses}: ${name}`);
    for (const name of writtenBy(action)) known.add(name);
  }
  return { unknown, known };
}
