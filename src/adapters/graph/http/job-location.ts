/** Answers for the job id in a `Location` header; the header itself is never requested. */
import { isJobId } from './goals-schema.ts';

/** Only the last path segment is looked at, without the double quotes of Graph's own sample. */
export function jobIdInLocation(location: string | null): string | undefined {
  const path =
    (location ?? '')
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .split(/[?#]/, 1)[0] ?? '';
  const encoded = /\/exportJobs(?:\/([^/]+)|\('([^/]+)'\))\/?$/i.exec(path);
  const segment = encoded?.[1] ?? encoded?.[2] ?? '';
  try {
    const id = decodeURIComponent(segment);
    return isJobId(id) ? id : undefined;
  } catch {
    return undefined;
  }
}
