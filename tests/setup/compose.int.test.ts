import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { environment, loadServiceConfig } from '../../config';

interface Service {
  image?: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
  networks?: string[];
  ports?: string[];
  restart?: string;
  stop_grace_period?: string;
  healthcheck?: { test: string[] };
  deploy?: { replicas: number };
}

interface Compose {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
  networks: Record<string, { internal?: boolean } | null>;
}

const root = join(__dirname, '..', '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const text = read('docker-compose.yml');

// Variables as a person who filled in deploy/example.env would set them.
const asked = [...read('deploy/example.env').matchAll(/^(\w+)=$/gm)].map(([, name]) => name!);
const given = Object.fromEntries(
  asked.map((name) => [name, name === 'KEYTURN_URL' ? 'https://keyturn.example' : 'f00'.repeat(8)]),
);
const compose = parse(interpolated(text, given), { merge: true }) as Compose;

const services = Object.entries(compose.services);
const ours = services.filter(([, service]) => service.build);
const oneShot = (service: Service) => service.restart?.startsWith('on-failure') ?? false;
const lasting = services.filter(([, service]) => !oneShot(service));

describe('docker-compose.yml', () => {
  it.each(services)('gives %s an image with a fixed version, or builds it', (_, { image, build }) => {
    expect(image).toMatch(/:[\w.-]+$/);
    expect(image).not.toMatch(/:latest$/);
    if (build) expect(existsSync(join(root, build, 'Dockerfile'))).toBe(true);
  });

  it.each(services)(
    'waits in %s only for services that exist and can fulfil the condition',
    (_, { depends_on = {} }) => {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        const other = compose.services[name];
        expect(other).toBeDefined();
        if (condition === 'service_healthy') expect(other?.healthcheck).toBeDefined();
        else expect([condition, oneShot(other!)]).toEqual(['service_completed_successfully', true]);
      }
    },
  );

  it.each(services)('gives %s volumes, files and networks that exist', (_, { volumes = [], networks = [] }) => {
    for (const volume of volumes) {
      const [source = ''] = volume.split(':');
      if (source.startsWith('.')) {
        expect(statSync(join(root, source)).isFile()).toBe(true);
        expect(volume).toMatch(/:ro$/);
      } else {
        expect(Object.keys(compose.volumes)).toContain(source);
      }
    }
    expect(networks.length).toBeGreaterThan(0);
    expect(Object.keys(compose.networks)).toEqual(expect.arrayContaining(networks));
  });

  it.each(services)('publishes ports of %s on this machine only', (_, { ports = [] }) => {
    for (const published of ports) expect(published).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });

  it('publishes the proxy, the Temporal UI and the dashboards, and neither database nor Temporal', () => {
    const published = services.filter(([, { ports }]) => ports).map(([name]) => name);

    expect(published.sort()).toEqual(['grafana', 'proxy', 'temporal-ui']);
  });

  it.each(lasting)('checks the health of %s, restarts it and gives it time to stop', (name, service) => {
    expect(service.healthcheck?.test[0]).toMatch(/^CMD(-SHELL)?$/);
    expect(service.restart).toBe('unless-stopped');
    if (name !== 'temporal-ui') expect(service.stop_grace_period).toMatch(/^\d+[sm]$/);
  });

  it('runs two workers and two replicas of the API', () => {
    expect(compose.services.worker?.deploy?.replicas).toBe(2);
    expect(compose.services.api?.deploy?.replicas).toBe(2);
  });

  it('lets nobody write in the Temporal UI', () => {
    expect(compose.services['temporal-ui']?.environment?.TEMPORAL_DISABLE_WRITE_ACTIONS).toBe('true');
  });

  it('migrates and prepares the namespace before a worker or the API starts', () => {
    for (const name of ['worker', 'api']) {
      expect(Object.keys(compose.services[name]?.depends_on ?? {}).sort()).toEqual([
        'migrations',
        'temporal-namespace',
      ]);
    }
  });

  it.each(ours)('gives %s settings that config.ts knows and accepts', (_, service) => {
    const settings = Object.fromEntries(
      Object.entries(service.environment ?? {}).map(([name, value]) => [name, String(value)]),
    );

    expect(Object.keys(environment.shape)).toEqual(expect.arrayContaining(Object.keys(settings)));
    const config = loadServiceConfig({ DATABASE_URL: 'mysql://none/none', ...settings });
    expect(config).toMatchObject({ production: true, temporal: { address: 'temporal:7233' } });
  });

  it.each(ours)('runs a program in %s that the build makes', (_, { command = [] }) => {
    const program = command.find((word) => word.startsWith('dist/'));

    expect(existsSync(join(root, program!.replace(/^dist\//, '').replace(/\.js$/, '.ts')))).toBe(true);
  });

  it('gives each of our processes a database user of its own, which the init script creates', () => {
    const users = ours.flatMap(([, { environment: env }]) =>
      env?.DATABASE_URL ? [new URL(env.DATABASE_URL).username] : [],
    );

    expect(users.sort()).toEqual(['keyturn_api', 'keyturn_migrator', 'keyturn_worker']);
    for (const user of users) expect(read('deploy/mysql/keyturn-users.sh')).toContain(`CREATE USER ${user}@`);
  });

  it('has no default for a password, and asks for each in deploy/example.env', () => {
    const demanded = [...text.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name!);
    const withDefault = [...text.matchAll(/\$\{(\w+):-/g)].map(([, name]) => name!);

    expect([...new Set(demanded)].sort()).toEqual([...asked].sort());
    expect(withDefault.filter((name) => /PASSWORD|KEY$|SECRET/.test(name))).toEqual([]);
    expect(text).not.toMatch(/(PASSWORD|PWD): (?!\$\{)\S/);
  });

  it('drains a worker and the API within the time they are given to stop', () => {
    for (const name of ['worker', 'api']) {
      const { stop_grace_period: grace = '', environment: env } = compose.services[name] ?? {};
      expect(Number(env?.DRAIN_SECONDS)).toBeLessThan(Number.parseInt(grace, 10));
    }
  });

  it('turns on eager activities and worker heartbeats in Temporal', () => {
    expect(parse(read('deploy/temporal/dynamic-config.yaml'))).toMatchObject({
      'system.enableActivityEagerExecution': [{ value: true }],
      'frontend.WorkerHeartbeatsEnabled': [{ value: true }],
    });
  });
});

/** As docker compose does it: ${A:-default}, ${A:?why}, and $$ for a dollar sign. */
function interpolated(source: string, values: Record<string, string>): string {
  return source.replace(/\$\$|\$\{(\w+)(?::([-?])([^}]*))?\}/g, (whole, name: string, kind: string, rest: string) => {
    if (whole === '$$') return '$';
    if (values[name]) return values[name];
    if (kind === '-') return rest;
    throw new Error(`${name}: ${rest}`);
  });
}
