/** Reads the variables that fill the manifest from env files and the environment; every mistake is told at once. */
import * as z from 'zod';

/** Placeholder name → value, `APP_NAME` and the rest of the manifest's placeholders. */
export type PackageVariables = Readonly<Record<string, string>>;

export type ReadVariables =
  | { readonly kind: 'variables'; readonly variables: PackageVariables }
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

/** The store refuses names with Microsoft's products in them, or with what Teams itself is made of. */
const MICROSOFT_NAMES =
  /\b(microsoft|teams|viva|planner|office|outlook|copilot|sharepoint|onedrive|onenote|excel|powerpoint|word|azure|entra|surface|xbox)\b/i;
const PARTS_OF_TEAMS = /\b(chat|contacts|calendar|calls|files|activity|apps|help)\b/i;

function text(what: string, maxLength: number): z.ZodString {
  return z
    .string(`is missing: ${what}`)
    .max(maxLength, `is longer than the ${maxLength} characters Teams allows`);
}

/** As the manifest's schema has it: any version, any variant. */
const GUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

function guid(what: string): z.ZodString {
  return z.string(`is missing: ${what}`).regex(GUID, `must be a GUID: ${what}`);
}

function isOrigin(value: string): boolean {
  const url = URL.parse(value);
  return url?.protocol === 'https:' && url.origin === value;
}

const schema = z.object({
  TEAMS_APP_ID: guid('an id of your own making for the Teams app, for example from `uuidgen`'),
  APP_NAME: text('the name people see', 30)
    .refine((name) => !MICROSOFT_NAMES.test(name), 'must not carry the name of a Microsoft product')
    .refine((name) => !PARTS_OF_TEAMS.test(name), 'must not carry the name of a part of Teams')
    .default('OKR Export'),
  DEVELOPER_NAME: text('who runs this bot, for example your organisation', 32),
  DEVELOPER_URL: z
    .string()
    .refine((value) => URL.parse(value)?.protocol === 'https:', 'must be the https address of a support page')
    .optional(),
  PUBLIC_URL: z
    .string('is missing: where users reach the bot, for example https://bot.example.com')
    .refine(isOrigin, 'must be https and a host, without a path or a slash at the end'),
  BOT_ID: guid("the Application (client) id of the bot's registration"),
  AAD_APP_CLIENT_ID: guid('the Application (client) id of the SSO/Graph registration'),
  AAD_APP_ID_URI: z.string(
    'is missing: the Application ID URI of the SSO/Graph registration (Expose an API)',
  ),
});

type Variables = z.infer<typeof schema>;

/** Teams takes these two forms; the second is for pages that use SSO too. */
function idUriProblems({ AAD_APP_ID_URI, BOT_ID, PUBLIC_URL }: Variables): readonly string[] {
  const forms = [`api://botid-${BOT_ID}`, `api://${new URL(PUBLIC_URL).host}/botid-${BOT_ID}`];
  return forms.includes(AAD_APP_ID_URI) ? [] : [`AAD_APP_ID_URI must be ${forms.join(' or ')}`];
}

/**
 * Reads what the manifest needs; an empty value counts as missing.
 * @param env later sources already laid over earlier ones
 */
export function readPackageVariables(env: Readonly<Record<string, string | undefined>>): ReadVariables {
  const filled = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = schema.safeParse(filled);
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    return { kind: 'problems', problems };
  }
  const problems = idUriProblems(result.data);
  if (problems.length > 0) return { kind: 'problems', problems };
  const { DEVELOPER_URL = result.data.PUBLIC_URL, ...rest } = result.data;
  const variables = { ...rest, DEVELOPER_URL, BOT_DOMAIN: new URL(rest.PUBLIC_URL).hostname };
  return { kind: 'variables', variables };
}
