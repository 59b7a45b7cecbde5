// The type-aware lint rules of the whole repository.
import path from 'node:path';
import * as regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: ['node_modules/', 'coverage/', 'data/', 'dist/', 'appPackage/build/', '.sandbox/', 'devTools/'],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: path.dirname(import.meta.dirname) },
    },
    rules: {
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, 'ts-ignore': true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 250 }],
      'max-lines-per-function': ['error', { max: 60 }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Use a named export.' },
        {
          selector: 'ImportDeclaration[source.value="zod"] > ImportSpecifier',
          message: 'Write `import * as z`: the object `z` brings all of its languages into the bundle.',
        },
        // `f({...{ typo: 1 }})` compiles: a spread literal is not checked for excess properties.
        ...['', 'TSAsExpression > ', 'TSSatisfiesExpression > '].map((wrapped) => ({
          selector: `SpreadElement > ${wrapped}:matches(ObjectExpression, ArrayExpression)`,
          message: 'Write it out here: a spread merges what is there, it does not lay out a literal.',
        })),
      ],
      eqeqeq: 'error',
      'no-console': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  // Expressions that run away on long input, contradict themselves or say a thing twice; how one is written is left to its author.
  {
    files: ['src/**/*.{ts,js,cjs}'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': 'error',
      'regexp/no-contradiction-with-assertion': 'error',
      'regexp/no-dupe-disjunctions': 'error',
      'regexp/no-useless-assertions': 'error',
      'regexp/optimal-quantifier-concatenation': 'error',
      'regexp/no-misleading-unicode-character': 'error',
      'regexp/no-misleading-capturing-group': 'error',
      'regexp/no-empty-alternative': 'error',
      'regexp/no-optional-assertion': 'error',
      'regexp/no-potentially-useless-backreference': 'error',
      'regexp/no-useless-backreference': 'error',
      'regexp/no-dupe-characters-character-class': 'error',
      'regexp/no-lazy-ends': 'error',
      'regexp/strict': 'error',
    },
  },
  {
    // Entry points talk to a terminal.
    files: ['src/main.ts', 'src/sandbox/**', 'src/tools/**', 'test/support/**', 'test/bench/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // A describe block is one long function by nature.
    files: ['test/**'],
    rules: { 'max-lines-per-function': 'off' },
  },
);
