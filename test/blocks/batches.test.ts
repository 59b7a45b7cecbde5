import assert from 'node:assert/strict';
import { createBatches } from '../../src/blocks/batches.ts';

const tick = (): Promise<unknown> => new Promise((resolve) => setImmediate(resolve));

/** Batches whose answers come when the test says so. */
function given(gatherFor?: number) {
  const asked: { readonly questions: readonly string[]; readonly answer: () => void }[] = [];
  const ask = async (questions: readonly string[]): Promise<readonly string[]> => {
    await new Promise<void>((resolve) => asked.push({ questions, answer: resolve }));
    if (questions.some((question) => question === 'bad'))
      throw new Error(`one of ${questions.join()} is bad`);
    return questions.map((question) => `${question}!`);
  };
  const keyOf = (question: string): string => question.slice(0, 3);
  const answerTo = createBatches({ ask, keyOf, ...(gatherFor === undefined ? {} : { gatherFor }) });
  return { asked, answerTo, questions: () => asked.map(({ questions }) => questions) };
}

describe('batches', () => {
  it('ask at once, and all that came meanwhile with the next', async () => {
    const { asked, answerTo, questions } = given();
    const answers = ['one', 'two', 'three'].map(answerTo);
    assert.deepEqual(questions(), [['one']]);
    asked[0]?.answer();
    await tick();
    assert.deepEqual(questions(), [['one'], ['two', 'three']]);
    asked[1]?.answer();
    assert.deepEqual(await Promise.all(answers), ['one!', 'two!', 'three!']);
    await tick();
    void answerTo('four');
    assert.deepEqual(questions().at(-1), ['four']);
  });

  it('hold a key once, and a hundred questions', async () => {
    const { asked, answerTo, questions } = given();
    void answerTo('now');
    const many = Array.from({ length: 101 }, (_, nth) => String(nth).padStart(3, '0'));
    for (const question of ['key a', 'key b', ...many]) void answerTo(question);
    asked[0]?.answer();
    await tick();
    assert.deepEqual(questions()[1], ['key a', ...many.slice(0, 99)]);
    asked[1]?.answer();
    await tick();
    assert.deepEqual(questions()[2], ['key b', ...many.slice(99)]);
  });

  it('fail for the question alone that cannot be answered', async () => {
    const { asked, answerTo, questions } = given();
    const answers = ['now', 'good', 'bad'].map(answerTo);
    const refused = assert.rejects(answers[2] ?? Promise.resolve(), /one of bad is bad/);
    for (const nth of [0, 1, 2, 3]) {
      asked[nth]?.answer();
      await tick();
    }
    assert.deepEqual(questions(), [['now'], ['good', 'bad'], ['good'], ['bad']]);
    await refused;
    assert.equal(await answers[1], 'good!');
  });

  it('gather first, where nobody waits for the answer', async () => {
    const { asked, answerTo, questions } = given(5);
    const answers = ['one', 'two'].map(answerTo);
    assert.deepEqual(questions(), []);
    while (asked.length === 0) await tick();
    assert.deepEqual(questions(), [['one', 'two']]);
    asked[0]?.answer();
    await Promise.all(answers);
  });

  it('gather no more for one that is full', async () => {
    const { asked, answerTo } = given(20);
    for (let nth = 0; nth < 250; nth += 1) void answerTo(String(nth).padStart(3, '0'));
    while (asked.length === 0) await tick();
    asked[0]?.answer();
    await tick();
    assert.equal(asked.length, 2);
  });

  it('go on beside one that hangs', async () => {
    const { asked, answerTo } = given();
    void answerTo('hangs');
    const next = answerTo('next');
    while (asked.length < 2) await tick();
    asked[1]?.answer();
    assert.equal(await next, 'next!');
  });
});
