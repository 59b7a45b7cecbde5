/** `npm run doctor`: looks at the environment that `npm start` would use, and says what is wrong and how to mend it. */
import { examine, reportText } from '../doctor/examine.ts';

const examination = await examine(process.env);
console.log(reportText(examination));
process.exitCode = examination.findings.some(({ state }) => state === 'wrong') ? 1 : 0;
