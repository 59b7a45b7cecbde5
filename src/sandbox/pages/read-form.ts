/** Reads a form that a browser sent as `multipart/form-data`: its fields and its file. */
import { Busboy } from '@fastify/busboy';
import type { PageRequest } from './page.ts';

export type SentForm = Readonly<{
  fields: ReadonlyMap<string, string>;
  /** The last one that was chosen; the browser sends a nameless one when none was. */
  file?: Readonly<{ name: string; bytes: Buffer }>;
}>;

/** Undefined for anything that is no such form. */
export const readForm = ({ headers, body }: PageRequest): Promise<SentForm | undefined> =>
  new Promise((resolve) => {
    const contentType = headers['content-type'] ?? '';
    if (!contentType.startsWith('multipart/form-data')) {
      resolve(undefined);
      return;
    }
    const fields = new Map<string, string>();
    let file: SentForm['file'];
    try {
      const form = new Busboy({ headers: { ...headers, 'content-type': contentType } });
      form.on('field', (name, value) => fields.set(name, value));
      form.on('file', (_field, stream, name) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          if (name) file = { name, bytes: Buffer.concat(chunks) };
        });
      });
      form.on('error', () => resolve(undefined));
      form.on('finish', () => resolve({ fields, ...(file ? { file } : {}) }));
      form.end(body);
    } catch {
      // A form without a boundary is refused at once.
      resolve(undefined);
    }
  });
