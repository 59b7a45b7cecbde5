/** Makes stack traces of bundled code name its sources. Node's own `--enable-source-maps` reads and keeps every map at the start. */
import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Code without a map stands as it is. */
export function nameSourcesInStacks(): void {
  const maps = new Map<string, SourceMap | undefined>();
  const mapOf = (url: string): SourceMap | undefined => {
    if (!maps.has(url)) maps.set(url, readMap(url));
    return maps.get(url);
  };
  Error.prepareStackTrace = (error, frames) =>
    [String(error), ...frames.map((frame) => `    at ${describeFrame(frame, mapOf)}`)].join('\n');
}

function readMap(url: string): SourceMap | undefined {
  const file = url.startsWith('file:') ? `${fileURLToPath(url)}.map` : '';
  return existsSync(file)
    ? new SourceMap(JSON.parse(readFileSync(file, 'utf8')) as SourceMap['payload'])
    : undefined;
}

type Frame = NodeJS.CallSite & { readonly toString: () => string };

/** `send (file:///…/src/bot/send/connector.ts:12:34)` */
function describeFrame(frame: Frame, mapOf: (url: string) => SourceMap | undefined): string {
  const described = frame.toString();
  const url = frame.getFileName() ?? '';
  const [line, column] = [frame.getLineNumber() ?? 1, frame.getColumnNumber() ?? 1];
  const origin = mapOf(url)?.findEntry(line - 1, column - 1);
  if (origin === undefined || !('originalSource' in origin)) return described;
  const { originalSource, originalLine, originalColumn } = origin;
  const source = new URL(originalSource, url).href;
  return described.replace(`${url}:${line}:${column}`, `${source}:${originalLine + 1}:${originalColumn + 1}`);
}
