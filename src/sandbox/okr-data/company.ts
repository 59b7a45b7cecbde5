/** Makes up the company whose goals the sandbox exports: it sells planning software to repair shops. Nobody in it exists. */

type Team = Readonly<{ name: string; objectives: readonly [string, string] }>;

export type Department = Readonly<{
  name: string;
  lead: string;
  people: readonly [string, ...string[]];
  objectives: readonly [string, string, string];
  teams: readonly [Team, Team, Team];
}>;

export const chiefs: readonly [string, ...string[]] = ['Mira Tannholt', 'Jonas Weber-Iqbal', 'Ama Brisk'];

export const companyObjectives: readonly [string, ...string[]] = [
  'Become the planning tool that independent repair shops recommend',
  'Win three new markets without losing quality',
  'Make every customer successful in their first month',
  'Build a company where people do the best work of their lives',
  'Run on a healthy margin',
];

export const departments: readonly [Department, ...Department[]] = [
  {
    name: 'Product',
    lead: 'Søren Okafor',
    people: ['Lin Xiulan', 'Petr Dvořák-Hale', 'Ione Marsh'],
    objectives: [
      'Make the workshop calendar a joy on every device',
      'Let shops quote, order and invoice in one place',
      'Learn faster from the people who use it',
    ],
    teams: [
      {
        name: 'Calendar',
        objectives: ['Plan a whole week in five minutes', 'Never lose an appointment again'],
      },
      { name: 'Quotes & Parts', objectives: ['Quote a repair in one minute', 'Order parts without leaving'] },
      { name: 'Research; Design', objectives: ['Hear from users each week', 'One design language (v2)'] },
    ],
  },
  {
    name: 'Engineering',
    lead: 'Tove Adeyemi',
    people: ['Rafe Lindqvist', 'Noor Halvorsen', 'Kit Amano'],
    objectives: [
      'Be there whenever a shop opens its doors',
      'Ship small changes every day',
      'Keep customer data safe',
    ],
    teams: [
      { name: 'Platform', objectives: ['Halve the time to recover', 'Cut the cloud bill, not corners'] },
      { name: 'Mobile', objectives: ['An app that starts in a second', 'Work offline in the pit'] },
      { name: 'Security', objectives: ['Pass the audit without findings', 'No secret older than 90 days'] },
    ],
  },
  {
    name: 'Sales',
    lead: 'Bram Castellane',
    people: ['Yuki Fontaine', 'Odalys Reed', 'Goran Pell'],
    objectives: [
      'Grow new business in a way that lasts',
      'Open Japan and the Gulf',
      'Make partners our second sales team',
    ],
    teams: [
      {
        name: 'Field; North',
        objectives: ['Win the chains with ten or more shops', 'Shorten the sales cycle'],
      },
      { name: '東京オフィス', objectives: ['日本で最初の50店舗を獲得する', 'パートナーとの信頼関係を築く'] },
      { name: 'فريق الخليج', objectives: ['إطلاق المنتج في ثلاث مدن', 'بناء شبكة من الشركاء المحليين'] },
    ],
  },
  {
    name: 'Marketing',
    lead: 'Celestine Varga',
    people: ['Hugo Brandvold', 'Inès Calloway', 'Teo Marrow'],
    objectives: [
      'Be found by shops that look for help',
      'Tell stories that shops pass on',
      'Turn interest into trials',
    ],
    teams: [
      { name: 'Content', objectives: ['A guide for each trade', 'Make the newsletter worth opening 📬'] },
      { name: 'Growth', objectives: ['Double trial sign-ups', 'Waste nothing on ads that do not work'] },
      {
        name: 'Événements',
        objectives: ['Réussir le tour de France des ateliers', 'Faire parler les clients'],
      },
    ],
  },
  {
    name: 'Customer Success',
    lead: 'Aïcha Benvenuto',
    people: ['Dov Sterling', 'Maeve Otis', 'Pilar Nakata'],
    objectives: [
      'Answer before the coffee is cold ☕',
      'Keep the shops that we have',
      'Make onboarding feel like one afternoon',
    ],
    teams: [
      { name: 'Support', objectives: ['Solve it in the first answer', 'Let people help themselves'] },
      { name: 'Onboarding', objectives: ['First invoice within seven days', 'No shop starts alone'] },
      { name: 'Renewals', objectives: ['Know who is about to leave', 'Renewals 🚀 without surprises'] },
    ],
  },
  {
    name: 'People & Places',
    lead: 'Rosalind Achterberg',
    people: ['Emeka Thorne', 'Saga Whitlock', 'Levi Anand'],
    objectives: [
      'Hire well and in time',
      'Grow managers people want to work for',
      'Offices that are worth the way',
    ],
    teams: [
      { name: 'Recruiting', objectives: ['Fill the roles that block us', 'A fair process for everybody'] },
      { name: 'Learning', objectives: ['A plan for each person', 'Managers who give feedback'] },
      { name: 'Workplace', objectives: ['Quiet rooms that are quiet', 'Half the waste'] },
    ],
  },
  {
    name: 'Finance',
    lead: 'Oskar Delacroix-Wu',
    people: ['Wren Abara', 'Stellan Quist', 'Bo Ferrante'],
    objectives: ['Close the books in three days', 'Forecasts that hold', 'Spend with purpose'],
    teams: [
      { name: 'Accounting', objectives: ['No manual posting', 'Suppliers paid on the day'] },
      { name: 'Planning', objectives: ['A forecast each month', 'One set of numbers'] },
      { name: 'Données', objectives: ['Un seul tableau de bord pour tous', 'Des données propres'] },
    ],
  },
  {
    name: 'Operations',
    lead: 'Thandiwe Moss',
    people: ['Anders Kovač', 'Lula Fairbank', 'Ravi Stenmark'],
    objectives: [
      'Deliver terminals in two days',
      'Suppliers that we can rely on',
      'Fewer tools, better used',
    ],
    teams: [
      { name: 'Logistics', objectives: ['Nothing out of stock', 'Returns without questions'] },
      { name: '製品', objectives: ['端末の不良率を半分にする', '組み立て時間を短縮する'] },
      { name: 'Internal Tools', objectives: ['Retire four tools', 'One place to ask'] },
    ],
  },
];

/** What the parts of the company outside its head office are called. */
export const regions: readonly [string, ...string[]] = [
  'Nordics',
  'Iberia',
  'Benelux',
  '日本',
  'الخليج',
  'Canada',
];
