/** The import arrows of the design: a folder may import what its line allows, and nothing else of this project. */
const PARTS = [
  'domain',
  'contract',
  'db',
  'carry-out',
  'set-up',
  'documents',
  'workflows',
  'activities',
  'api',
  'worker',
  'tools',
  'tests',
  'web',
];
const only = (from, allowed, extra = {}) => ({
  name: `${from}-arrows`,
  comment: `${from} may import only ${allowed.join(', ') || 'nothing'} of this project`,
  severity: 'error',
  from: { path: `^${from}/`, ...extra.from },
  to: {
    path: [
      ...PARTS.filter((part) => part !== from && !allowed.includes(part)).map((part) => `^${part}/`),
      ...(extra.config ? [] : ['^config']),
    ],
    ...extra.to,
  },
});
const typesToo = { dependencyTypesNot: ['type-only'] };
const TESTS = { pathNot: '\\.test\\.ts$' };

module.exports = {
  forbidden: [
    only('domain', [], { from: TESTS }),
    only('contract', ['domain']),
    only('db', ['domain'], { from: TESTS }),
    only('workflows', ['contract', 'domain'], { to: typesToo }),
    only('carry-out', ['contract', 'domain', 'db']),
    only('set-up', ['contract', 'domain', 'db']),
    only('documents', ['domain', 'db'], { from: TESTS }),
    only('activities', ['contract', 'domain', 'db', 'carry-out', 'set-up', 'documents']),
    only('api', ['contract', 'domain', 'db', 'carry-out', 'set-up', 'documents'], {
      from: TESTS,
      to: typesToo,
      config: true,
    }),
    only('worker', ['activities', 'contract', 'db', 'documents'], { config: true }),
    // The console knows the product by HTTP alone; its client is typed from the OpenAPI document.
    only('web', []),
    {
      name: 'domain-is-pure',
      comment: 'domain imports nothing outside domain: no package, not even Node',
      severity: 'error',
      from: { path: '^domain/', ...TESTS },
      to: { pathNot: '^domain/' },
    },
    {
      name: 'workflows-stay-in-the-sandbox',
      comment: 'workflow code uses the SDK alone; a package or a Node module would not replay',
      severity: 'error',
      from: { path: '^workflows/' },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'core'],
        pathNot: 'node_modules/@temporalio/(workflow|common)/',
        ...typesToo,
      },
    },
    {
      name: 'config-alone-reads-the-environment',
      comment: 'only the entries of processes read the configuration',
      severity: 'error',
      from: { path: '^(api|worker|db)/', pathNot: '/(main|migrate)\\.ts$' },
      to: { path: '^config' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        path: '^(api|db|domain|contract|carry-out|set-up|documents|activities|workflows|worker)/',
        pathNot: '\\.test\\.ts$',
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage|\\.data|web/dist|web/generated)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.json'] },
  },
};
