/** Says in English what people read about plans of Planner. */
import type { SourceWords } from './source-words.ts';

const copyIt =
  'Open the plan in Planner, press ⋯ (More plan actions) beside its name, then “Copy link to plan”, and paste that link here.';

export const plannerWords = {
  product: 'Planner',
  offering: {
    things: 'Planner plans',
    thing: 'a Planner plan',
    link: 'a link to a Planner plan',
    address: 'the link to a Planner plan',
    work: 'plans',
    instead:
      'Goals live on in Planner: paste a link to a Planner plan, and I’ll tell you how its goals and tasks stand.',
  },
  target: {
    title: 'Plan',
    open: (label) => `Open plan ${label}`,
    exportOf: (label) => `Export of plan ${label}`,
    yourExportOf: (label) => `Your export of plan ${label}`,
    yourExportOfNamed: (label) => `your export of plan ${label}`,
    says: 'What this plan says',
  },
  place: 'Created on',
  usual: { target: 'for this plan', source: 'for plans' },
  alreadyOpen: 'You already have an open export of this plan. This is the one.',
  pendingElsewhere: 'Somebody else is exporting this plan right now. I’ll start yours when theirs is done.',
  consent:
    'You are asked once to allow me to read your plans and tasks, and the names of the people on them. I can change nothing.',
  adminConsent:
    'Your organisation lets only an administrator allow this. Reading plans needs the permissions Tasks.Read and User.ReadBasic.All.',
  failures: {
    noAccess: {
      title: 'You have no access to this plan',
      lead: 'Planner did not let you read it, and I see only what you see.',
      next: 'Ask an owner of the plan to add you to its group, or to share it with you, then try again.',
      listed: 'Not made: no access to the plan',
      noticed: 'You have no access to this plan.',
    },
    notValid: {
      title: 'This plan belongs to another organisation',
      lead: 'Its link names another organisation than the one that you use Teams in here, so I didn’t ask for it.',
      next: 'Switch to that organisation in Teams and paste the link there, or copy the link of a plan of this one.',
      listed: 'Not made: a plan of another organisation',
      noticed: 'The plan belongs to another organisation.',
    },
    placeNotFound: {
      title: 'Plan not found – was it deleted?',
      lead: 'Planner knows no such plan in your organisation.',
      next: 'Check that the plan still opens in your browser. If it does, copy its link anew and paste it here.',
      listed: 'Not made: plan not found',
      noticed: 'Planner knows no such plan.',
    },
    gone: {
      title: 'The plan is no longer there',
      lead: 'Nothing of a plan is kept: each file is read from Planner anew, and Planner no longer has it.',
      next: 'Try again looks for the plan once more.',
      listed: 'Gone from Planner',
      noticed: 'The plan is no longer there.',
    },
    graphFailed: {
      title: 'Planner reported a failure',
      lead: 'It could not hand the plan over.',
      next: 'Try again: this often passes by itself.',
      listed: 'Failed at Microsoft',
      noticed: 'Planner could not hand the plan over.',
    },
    refused: {
      title: 'Planner refused this',
      lead: 'It would not take the request.',
      next: 'Check that the plan still opens in your browser, then try again. If it is refused again, ask your administrator.',
      listed: 'Refused by Planner',
      noticed: 'Planner refused it.',
    },
    retired: {
      title: 'Planner does not answer here',
      lead: 'Microsoft Graph offers no plans to your organisation, so I can’t read any. It’s nothing you did.',
      advice: ['Ask your administrator whether your organisation’s cloud has Planner in Microsoft Graph.'],
      listed: 'Not made: no Planner here',
      noticed: 'Microsoft Graph offers no plans here.',
    },
  },
  notATarget: { title: 'That link is not a plan', summary: 'That link is not a plan' },
  linkProblems: {
    tooLong: 'The link is longer than a Planner address can be. Perhaps something else was pasted with it.',
    notHttps: 'The link starts with http:// and must start with https://.',
    unusualAddress:
      'The link holds a user name or a port, which a Planner address never has. I don’t use it, to be safe.',
    ownTasks: `The link leads to your own page in Planner (My Day, My Tasks or My Plans), not to one plan. ${copyIt}`,
    premiumPlan:
      'The link leads to a premium plan. Microsoft keeps these elsewhere (in Dataverse), where I can’t read them. Basic plans work.',
    taskAlone: `The link leads to a task and does not say which plan it belongs to. ${copyIt}`,
    tabWithoutPlan: `The link leads to a Planner tab in Teams and does not say which plan it shows. ${copyIt}`,
    badPlanId:
      'The part of the link that names the plan is incomplete or changed. Perhaps the end was cut off.',
    manyPlanIds: 'The link names more than one plan.',
    noPlan: `The link leads to Planner, but names no plan. ${copyIt}`,
  },
  linkNotes: { ofTask: 'The link leads to one task. I export the whole plan that the task belongs to.' },
  gaps: {
    goals:
      'I could not read the goals of this plan, so this is about its tasks alone. Microsoft’s way to read goals is still a preview.',
    tasksOfGoals:
      'Microsoft did not say which tasks belong to which goal, so goals have no progress and tasks stand beside them.',
    notes: 'I could not read the notes of all tasks: some are missing in the file.',
    moreTasks:
      'This plan has more tasks than I may read, so the figures and the file are about the first ones alone.',
    names: 'I was not allowed to read the names of some people: their ids, shortened, stand in their place.',
  },
  offer: {
    original: 'Plain CSV',
    limitsOfExport:
      'Each format can be taken once, within 5 minutes. The plan is read from Planner anew, as you, and is not stored on the way: the file shows how it stands now, which may be later than the figures above.',
    tells: {
      workbook: 'Summary, goals and tasks, who has what, and changes on sheets of their own.',
      spreadsheetCsv: 'All goals and tasks, ready to open in Excel and other spreadsheets.',
      original: 'The same rows as they are, for programs.',
    },
  },
  sheets: {
    tree: 'Goals and tasks',
    title: 'Plan summary',
    okr: 'Goal or task',
    levels: { objective: 'Goal', keyResult: 'Key result', other: 'Task' },
    noEarlier: 'There is no earlier export of the same plan to compare with.',
    about: [
      'Planner says no progress of a goal: it is computed as the mean of its tasks’ percentages.',
      'A task’s status follows from its percentage: Not Started at 0%, Completed at 100%, In Progress between.',
      'A task that several people have counts for each of them on “By person”.',
      'Average progress covers goals that are not closed, and all tasks.',
      'Overdue: the due date is past, and progress is below 100%.',
      'Times are in UTC. Texts longer than a cell can hold are cut, with a mark.',
    ],
  },
  nouns: {
    row: ['row', 'rows'],
    objective: ['goal', 'goals'],
    keyResult: ['key result', 'key results'],
    other: ['task', 'tasks'],
  },
  howTo: {
    title: 'Export a plan',
    steps: [
      { title: '1 · Open', text: 'a plan in Planner, and press ⋯ beside its name' },
      { title: '2 · Copy', text: '“Copy link to plan”' },
      {
        title: '3 · Paste',
        text: 'it here. One card shows how far it is, and then the answer and the file.',
      },
    ],
    exampleAddress: 'planner.cloud.microsoft/webui/plan/…',
  },
} satisfies SourceWords;
