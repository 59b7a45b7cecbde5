/** Finds the mistakes that show only when several variables are read together; the others need not be valid for it. */
import { guid, originUrl } from './values.ts';

export interface Mistake {
  readonly variable: string;
  /** Continues "VARIABLE …". */
  readonly problem: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

export const mistakesAcross = (given: Environment): readonly Mistake[] => [
  ...botProof(given),
  ...appProof(given),
  ...appIdUri(given),
  ...database(given),
];

const has = (given: Environment, name: string): boolean => (given[name] ?? '').trim() !== '';

function botProof(given: Environment): readonly Mistake[] {
  const { halves, isWhole } = certificate(given, 'BOT_CERTIFICATE');
  if (halves.length > 0 || isWhole || has(given, 'BOT_PASSWORD') || given['BOT_TYPE'] === 'UserAssignedMSI')
    return halves;
  const problem =
    "is missing: the bot registration's client secret, or set BOT_CERTIFICATE_FILE and BOT_CERTIFICATE_KEY_FILE";
  return [{ variable: 'BOT_PASSWORD', problem }];
}

function appProof(given: Environment): readonly Mistake[] {
  const { halves, isWhole } = certificate(given, 'AAD_APP_CERTIFICATE');
  const others = ['AAD_APP_CLIENT_SECRET', 'AAD_APP_MANAGED_IDENTITY_CLIENT_ID'];
  if (halves.length > 0 || isWhole || others.some((name) => has(given, name))) return halves;
  const problem =
    "is missing: the SSO/Graph registration's client secret, or set AAD_APP_CERTIFICATE_FILE and AAD_APP_CERTIFICATE_KEY_FILE, or AAD_APP_MANAGED_IDENTITY_CLIENT_ID";
  return [{ variable: 'AAD_APP_CLIENT_SECRET', problem }];
}

/** A certificate is of use only together with its key; set alone, each names the other. */
function certificate(given: Environment, prefix: 'BOT_CERTIFICATE' | 'AAD_APP_CERTIFICATE') {
  const [file, keyFile] = [`${prefix}_FILE`, `${prefix}_KEY_FILE`] as const;
  const isAlone = (one: string, partner: string): readonly Mistake[] =>
    has(given, one) && !has(given, partner)
      ? [{ variable: partner, problem: `is missing: ${one} is set, and works only together with it` }]
      : [];
  const halves = [...isAlone(file, keyFile), ...isAlone(keyFile, file)];
  return { halves, isWhole: has(given, file) && has(given, keyFile) };
}

/** Teams takes the Application ID URI in two forms only. What is not valid itself stands for anything. */
function appIdUri(given: Environment): readonly Mistake[] {
  if (!has(given, 'AAD_APP_ID_URI')) return [];
  const uri = (given['AAD_APP_ID_URI'] ?? '').toLowerCase();
  const botId = guid.safeParse(given['BOT_ID']).data;
  const publicUrl = originUrl.safeParse(given['PUBLIC_URL']).data;
  const host = publicUrl === undefined ? undefined : new URL(publicUrl).host;
  const [, hostThere, botIdThere] = /^api:\/\/(?:([^/]+)\/)?botid-([^/]+)$/.exec(uri) ?? [];
  const isRight =
    guid.safeParse(botIdThere).success &&
    (botId === undefined || botIdThere === botId) &&
    (hostThere === undefined || host === undefined || hostThere === host);
  if (isRight) return [];
  const forms = [botId ?? '<BOT_ID>', host ?? '<host of PUBLIC_URL>'] as const;
  const problem = `must be api://botid-${forms[0]} or api://${forms[1]}/botid-${forms[0]}: Teams takes no other form`;
  return [{ variable: 'AAD_APP_ID_URI', problem }];
}

function database(given: Environment): readonly Mistake[] {
  if (!has(given, 'DATABASE_URL') || !has(given, 'DATA_DIR')) return [];
  const problem =
    'and DATA_DIR are both set: choose PostgreSQL (DATABASE_URL) or the embedded database (DATA_DIR)';
  return [{ variable: 'DATABASE_URL', problem }];
}
