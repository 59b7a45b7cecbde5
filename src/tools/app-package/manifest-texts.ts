/**
 * Puts what the words say into the Teams manifest, and what each further language says into a file beside it. Source: Teams,
 * "Localize your app", and the localization schema of the manifest's version.
 */
import { en } from '../../words/en/en.ts';
import type { Languages, Words } from '../../words/words.ts';

interface Manifest {
  readonly $schema: string;
  readonly name: { readonly short: string };
  readonly bots: readonly {
    readonly commandLists: readonly {
      readonly scopes: readonly string[];
      /** The title is the English word of a command. */
      readonly commands: readonly { readonly title: string }[];
    }[];
  }[];
}

interface LocalizedManifest {
  readonly manifest: object;
  /** What the other languages say, by the names of their files. */
  readonly languageFiles: Readonly<Record<string, object>>;
}

/** @param template the manifest in English; its placeholders stay */
export function localizeManifest(template: string, languages: Languages): LocalizedManifest {
  const { en: english = en, ...others } = languages;
  const manifest = JSON.parse(template) as Manifest;
  const $schema = manifest.$schema.replace('MicrosoftTeams.schema', 'MicrosoftTeams.Localization.schema');
  const languageFiles = Object.fromEntries(
    Object.entries(others).map(([tag, words]) => [`${tag}.json`, { $schema, ...textsOf(manifest, words) }]),
  );
  for (const [path, text] of Object.entries(textsOf(manifest, english))) put(manifest, path, text);
  const additionalLanguages = Object.keys(others).map((languageTag) => ({
    languageTag,
    file: `${languageTag}.json`,
  }));
  const localizationInfo = { defaultLanguageTag: english.tag, additionalLanguages };
  return {
    manifest: { ...manifest, ...(additionalLanguages.length > 0 && { localizationInfo }) },
    languageFiles,
  };
}

/** Each text by the place where it stands in the manifest, as the file of a language names it. */
function textsOf({ name, bots }: Manifest, words: Words): Readonly<Record<string, string>> {
  const { fullName, shortDescription, fullDescription, features } = words.manifest;
  const lists = bots[0]?.commandLists ?? [];
  const ofCommands = lists.flatMap(({ scopes, commands }, list) =>
    commands.flatMap(({ title }, nth) => {
      const said = wordsOfCommand(words, title);
      const place = `bots[0].commandLists[${list}].commands[${nth}]`;
      const scope = scopes.includes('personal') ? 'personal' : 'shared';
      return said === undefined
        ? []
        : [
            [`${place}.title`, said.word],
            [`${place}.description`, said.listed[scope]],
            ...('prompt' in said ? [[`${place}.prompt`, said.prompt]] : []),
          ];
    }),
  );
  return {
    'name.short': name.short,
    'name.full': fullName(name.short),
    'description.short': shortDescription,
    'description.full': fullDescription('${{PUBLIC_URL}}/support'),
    ...Object.fromEntries(
      features.flatMap(({ title, text }, nth) => [
        [`description.features[${nth}].title`, title],
        [`description.features[${nth}].description`, text],
      ]),
    ),
    ...(Object.fromEntries(ofCommands) as Record<string, string>),
  };
}

type CommandName = keyof Words['commands'];

/** Undefined for a command that somebody else has put into the manifest. */
function wordsOfCommand({ commands }: Words, title: string): Words['commands'][CommandName] | undefined {
  const names = Object.keys(commands) as readonly CommandName[];
  const name = names.find((one) => en.commands[one].word === title);
  return name && commands[name];
}

function put(manifest: Manifest, place: string, text: string): void {
  const keys = place.match(/\w+/g) ?? [];
  const last = keys.pop() ?? '';
  let inside = manifest as unknown as Record<string, unknown>;
  for (const key of keys) inside = inside[key] as Record<string, unknown>;
  inside[last] = text;
}
