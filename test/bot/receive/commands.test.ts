import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nearestCommand, readCommand, readHelpOn } from '../../../src/bot/receive/commands.ts';
import { en } from '../../../src/words/en/en.ts';
import type { Words } from '../../../src/words/words.ts';

describe('bot/commands', () => {
  const read: Readonly<Record<string, readonly string[]>> = {
    list: [
      'list',
      'List.',
      '/list',
      '“list”',
      '"list"',
      'my exports',
      'list please',
      'please list',
      'list?',
      '`list`',
    ],
    export: ['export', 'Export!'],
    views: ['views', 'My views', 'names?'],
    share: ['share', 'Share it.'],
    debug: ['debug', '/debug'],
    signOut: ['sign out', 'Sign-out!', 'logout'],
    deleteMyData: ['delete my data', 'Forget me!'],
    help: ['help', 'HELP!', '?', 'help me', 'What can you do?', 'How does it work?'],
    greeted: ['hi', 'Hello!', 'good morning'],
    thanked: [
      'thanks',
      'Thank you!',
      'thanks a lot',
      'ok thanks!',
      'great, thank you',
      'many thanks',
      'well done',
      'ok',
      'Great!',
      '👍',
      '🎉 🎉',
      '👍🏽',
    ],
    noText: [''],
    notUnderstood: ['status', 'lsit', 'hi there everybody', '123', 'thanksgiving figures', 'export this'],
  };
  for (const [command, sayings] of Object.entries(read))
    for (const said of sayings)
      it(`reads ${JSON.stringify(said)} as ${command}`, () => {
        assert.equal(readCommand(en, said), command);
      });

  it('reads each word and each other way to say it in any case', () => {
    const cases = [
      (text: string) => text.toUpperCase(),
      (text: string) => text.replace(/^./, (first) => first.toUpperCase()),
      (text: string) => text.replace(/../g, (two) => two.charAt(0) + two.charAt(1).toUpperCase()),
    ];
    for (const [name, { word, synonyms }] of Object.entries(en.commands))
      for (const said of [word, ...synonyms])
        for (const inCase of cases) assert.equal(readCommand(en, inCase(said)), name, inCase(said));
    for (const [name, said] of Object.entries({ greeted: ['hi', 'hello', 'hey'], thanked: ['thanks'] }))
      for (const one of said)
        for (const inCase of cases) assert.equal(readCommand(en, inCase(one)), name, inCase(one));
  });

  const near: Readonly<Record<string, readonly string[]>> = {
    list: [
      'lsit',
      'stauts',
      'donwload',
      'lst',
      'liste',
      'lists',
      'status',
      'What is the status?',
      'show me the list',
      'where is my export',
      'download',
    ],
    signOut: ['sing out', 'signot', 'please sign out now', 'sign me out'],
    deleteMyData: ['delte my data', 'delete mydata', 'delete everything', 'what about privacy'],
    help: ['hlep', 'halp', 'I need help', 'how do I export', 'start', 'export this please'],
    export: ['exprot Q3 sales', 'exort Q3 sales', 'xport Q3 sales'],
    saveAs: ['sav as Q3 sales', 'save sa Q3 sales'],
    rename: ['renmae Q3 to Q4'],
    forget: ['forgte Q3 sales'],
    greeted: ['helllo', 'good mornign'],
    thanked: ['thnaks', 'thank yuo'],
    undefined: [
      'what',
      'what a nice day',
      'ok then, hello world',
      'banana',
      'this',
      'x',
      'zzzz zzzz',
      '123',
      'Ünïcödé',
      '!!!',
    ],
  };
  for (const [command, sayings] of Object.entries(near))
    for (const said of sayings)
      it(`takes ${JSON.stringify(said)} for nearly ${command}`, () => {
        assert.equal(readCommand(en, said), 'notUnderstood');
        assert.equal(String(nearestCommand(en, said)), command);
      });

  const helpOn: Readonly<Record<string, readonly string[]>> = {
    export: ['help export', 'Help exprot', 'help with “export”', 'help on export?'],
    saveAs: ['help save as', 'please help about save as'],
    signOut: ['help logout'],
    undefined: ['help', 'help me', 'help with my figures', 'export', 'help thanks', 'helpful list'],
  };
  for (const [command, sayings] of Object.entries(helpOn))
    for (const said of sayings)
      it(`reads ${JSON.stringify(said)} as a wish to know more about ${command}`, () => {
        assert.equal(String(readHelpOn(en, said)), command);
      });

  it('does nothing at once for a command with an error in it', () => {
    const command = fc.constantFrom('sign out', 'delete my data');
    const mistake = fc.tuple(command, fc.nat(6), fc.constantFrom('x', 'z'));
    fc.assert(
      fc.property(mistake, ([words, at, letter]) => {
        const said = words.slice(0, at) + letter + words.slice(at);
        assert.equal(readCommand(en, said), 'notUnderstood');
        assert.ok(['signOut', 'deleteMyData'].includes(nearestCommand(en, said) ?? ''));
      }),
    );
  });

  it('reads whatever people write', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (said) => {
        readCommand(en, said);
        readHelpOn(en, said);
        nearestCommand(en, said);
      }),
    );
  });

  describe('of another language', () => {
    const { commands, pleasantries } = en;
    const other: Words = {
      ...en,
      commands: {
        ...commands,
        list: { ...commands.list, word: 'Liste', synonyms: ['meine Exporte'], meant: ['wo ist'] },
        signOut: { ...commands.signOut, word: 'abmelden', synonyms: ['exports'], meant: [] },
      },
      pleasantries: { ...pleasantries, greeted: ['grüezi'], thanksFor: ['danke'], please: ['s’il te plaît'] },
    };

    const said: Readonly<Record<string, string>> = {
      liste: 'list',
      'MEINE EXPORTE.': 'list',
      'abmelden s’il te plaît': 'signOut',
      Grüezi: 'greeted',
      'danke für die Liste': 'thanked',
      'ok, danke!': 'thanked',
      // English is always understood, but for a word that is theirs.
      'delete my data': 'deleteMyData',
      'please list': 'list',
      hello: 'greeted',
      exports: 'signOut',
      danken: 'notUnderstood',
    };
    for (const [text, command] of Object.entries(said))
      it(`reads ${JSON.stringify(text)} as ${command}`, () => {
        assert.equal(readCommand(other, text), command);
      });

    const near = { abmleden: 'signOut', 'ja wo ist das': 'list', grüzi: 'greeted', 'sing out': 'signOut' };
    for (const [text, command] of Object.entries(near))
      it(`takes ${JSON.stringify(text)} for nearly ${command}`, () => {
        assert.equal(nearestCommand(other, text), command);
      });

    it('is read in that language only', () => {
      assert.equal(readCommand(en, 'liste'), 'notUnderstood');
      assert.equal(readCommand(en, 'grüezi'), 'notUnderstood');
    });
  });
});
