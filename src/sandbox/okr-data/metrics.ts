/** Lists what the key results of each department are measured by. */

export type Metric = Readonly<{
  /** Words of the key result before the figures. */
  goal: string;
  name: string;
  unit: string;
  start: number;
  target: number;
}>;

const metric = (goal: string, name: string, unit: string, start: number, target: number): Metric => ({
  goal,
  name,
  unit,
  start,
  target,
});

const everywhere: readonly Metric[] = [
  metric('Hold a review with each team', 'Reviews held', '#', 0, 12),
  metric('Raise the team health score', 'Health score', 'Points', 61, 80),
];

/** Three for each objective of the company, in their order. */
export const companyMetrics: readonly Metric[] = [
  metric('Raise the share of shops that recommend us', 'Would recommend', '%', 41, 60),
  metric('Raise active shops', 'Active shops', '#', 21_300, 30_000),
  metric('Be named first in trade surveys', 'First mentions', '%', 12, 25),
  metric('Open markets', 'Markets', '#', 0, 3),
  metric('Win revenue outside the home market', 'Revenue abroad', 'EUR', 1_100_000, 4_000_000),
  metric('Hold the satisfaction score in new markets', 'CSAT', 'Points', 78, 88),
  metric('Raise shops that invoice in their first month', 'Invoicing in 30 days', '%', 47, 80),
  metric('Lower leavers within 90 days', 'Early leavers', '%', 9, 4),
  metric('Shorten onboarding', 'Onboarding', 'Days', 21, 10),
  metric('Raise engagement', 'Engagement', 'Points', 69, 78),
  metric('Lower regretted leavers', 'Regretted leavers', '%', 7.5, 4),
  metric('Fill leading roles from within', 'Filled from within', '%', 35, 60),
  metric('Raise the operating margin', 'Operating margin', '%', 6, 12),
  metric('Raise annual recurring revenue', 'ARR', 'EUR', 31_500_000, 42_000_000),
  metric('Lower cost to serve', 'Cost a shop', 'EUR', 96, 70),
];

const byDepartment: Readonly<Record<string, readonly Metric[]>> = {
  Product: [
    metric('Raise weekly active shops', 'Weekly active shops', '#', 18_400, 26_000),
    metric('Cut the steps to a finished quote', 'Steps', '#', 14, 6),
    metric('Raise task success in tests', 'Task success', '%', 71, 90),
    metric('Talk to shop owners', 'Interviews', '#', 0, 60),
    metric('Raise use of the parts search', 'Shops using it', '%', 22, 45),
    metric('Lower abandoned bookings', 'Abandoned bookings', '%', 31, 15),
  ],
  Engineering: [
    metric('Raise availability', 'Availability', '%', 99.5, 99.95),
    metric('Cut the time to recover', 'Time to recover', 'Minutes', 64, 30),
    metric('Deploy more often', 'Deployments a week', '#', 9, 35),
    metric('Cut the start time of the app', 'Cold start', 'Seconds', 3.4, 1),
    metric('Lower the cloud cost per shop', 'Cost per shop', 'USD', 4.2, 2.9),
    metric('Close findings of the audit', 'Open findings', '#', 23, 0),
  ],
  Sales: [
    metric('Win new annual revenue', 'New ARR', 'USD', 0, 2_400_000),
    metric('Sign new shops', 'New shops', '#', 0, 1_250),
    metric('Raise the win rate', 'Win rate', '%', 19, 27),
    metric('Shorten the sales cycle', 'Sales cycle', 'Days', 74, 50),
    metric('Sign partners', 'Partners', '#', 6, 30),
    metric('Raise pipeline cover', 'Pipeline cover', 'x', 2.1, 3.5),
  ],
  Marketing: [
    metric('Raise trial sign-ups', 'Trials', '#', 1_900, 3_800),
    metric('Raise trial-to-paid conversion', 'Conversion', '%', 11, 16),
    metric('Lower the cost of a trial', 'Cost of a trial', 'EUR', 48, 30),
    metric('Raise the open rate', 'Open rate', '%', 24, 38),
    metric('Publish guides', 'Guides', '#', 3, 24),
    metric('Bring shops to events', 'Guests', '#', 0, 1_100),
  ],
  'Customer Success': [
    metric('Lower the first answer time', 'First answer', 'Minutes', 42, 10),
    metric('Solve more at first contact', 'Solved at once', '%', 58, 75),
    metric('Raise net revenue retention', 'NRR', '%', 98, 110),
    metric('Lower churn', 'Monthly churn', '%', 2.6, 1.4),
    metric('Shorten the time to the first invoice', 'Time to first invoice', 'Days', 19, 7),
    metric('Raise the satisfaction score', 'CSAT', 'Points', 82, 92),
  ],
  'People & Places': [
    metric('Fill open roles', 'Roles filled', '#', 0, 34),
    metric('Shorten the time to hire', 'Time to hire', 'Days', 61, 40),
    metric('Raise the engagement score', 'Engagement', 'Points', 69, 78),
    metric('Train managers', 'Managers trained', '%', 10, 100),
    metric('Lower regretted leavers', 'Regretted leavers', '%', 7.5, 4),
    metric('Cut waste of the offices', 'Waste', 'kg', 5_200, 2_600),
  ],
  Finance: [
    metric('Close the month faster', 'Days to close', 'Days', 9, 3),
    metric('Lower the forecast error', 'Forecast error', '%', 14, 5),
    metric('Lower overdue invoices', 'Overdue invoices', 'EUR', 840_000, 300_000),
    metric('Automate postings', 'Automatic postings', '%', 37, 85),
    metric('Raise the gross margin', 'Gross margin', '%', 63, 69),
    metric('Pay suppliers on time', 'Paid on time', '%', 88, 99),
  ],
  Operations: [
    metric('Deliver terminals faster', 'Delivery time', 'Days', 6, 2),
    metric('Lower the defect rate', 'Defect rate', '%', 3.2, 1.6),
    metric('Raise stock accuracy', 'Stock accuracy', '%', 91, 99),
    metric('Retire tools', 'Tools retired', '#', 0, 4),
    metric('Cut the cost of a delivery', 'Cost of a delivery', 'USD', 18.5, 12),
    metric('Answer internal requests', 'Answered in a day', '%', 55, 90),
  ],
};

/** @param from where to begin, so that two objectives need not have the same ones */
export const metricsOf = (department: string, from: number): readonly Metric[] => {
  const all = [...(byDepartment[department] ?? []), ...everywhere];
  const first = from % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
};
