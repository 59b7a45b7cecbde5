/** Where the sandbox's bot keeps its data. */
import path from 'node:path';

export const dataIn = (folder: string): string => path.join(folder, 'data');
