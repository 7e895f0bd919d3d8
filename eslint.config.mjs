import jest from 'eslint-plugin-jest';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const SANDBOX = 'Workflow code runs in the sandbox and is replayed: take this from an activity or the input';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.data/', 'coverage/', 'web/dist/', 'web/generated/', '**/*.js', '**/*.cjs'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-explicit-any': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['workflows/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', { name: 'process', message: SANDBOX }, { name: 'fetch', message: SANDBOX }],
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.name='setHandler'] Property[key.name='validator'] > :function[async=true]",
          message: 'A validator is synchronous: an async one fails the workflow task again and again',
        },
        {
          selector: "CallExpression[callee.name='setHandler'] ThrowStatement > NewExpression[callee.name='Error']",
          message: 'A handler throws only ApplicationFailure (contract/failure)',
        },
      ],
    },
  },
  {
    // One reader of the environment; the set-up scripts run before anything is installed.
    files: ['{api,worker,db,domain,contract,activities,workflows}/**/*.ts', 'tools/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'config.ts alone reads the environment' },
      ],
    },
  },
  { files: ['{tools,worker,api}/**/*.ts', 'db/migrate.ts'], rules: { 'no-console': 'off' } },
  { files: ['web/src/**/*.{ts,tsx}'], ...reactHooks.configs.flat['recommended-latest'] },
  {
    files: ['**/*.test.ts'],
    ...jest.configs['flat/recommended'],
    rules: {
      ...jest.configs['flat/recommended'].rules,
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] }],
      'jest/no-standalone-expect': 'off',
      'jest/no-conditional-expect': 'off',
    },
  },
);
