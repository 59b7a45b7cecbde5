/** `npm run doctor [-- --json] [-- --package FILE]`: looks at what `npm start` would use, says what is wrong and how to mend it. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { examine } from '../doctor/examine.ts';
import { exitCodeOf, reportJson, reportText } from '../doctor/report.ts';

/** Where `npm run package` puts them; that of made-up ids is nobody's. */
const built = path.resolve('appPackage', 'build');
const sample = 'appPackage.playground.zip';

const packagesHere = (): readonly string[] =>
  existsSync(built)
    ? readdirSync(built)
        .filter((file) => file.endsWith('.zip') && file !== sample)
        .map((file) => path.join(built, file))
    : [];

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, package: { type: 'string', multiple: true } },
});
const examination = await examine(process.env, values.package ?? packagesHere());
console.log(values.json ? reportJson(examination, new Date()) : reportText(examination));
process.exitCode = exitCodeOf(examination);
