import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const port = z.coerce.number('must be a port number').int('must be a port number').min(1).max(65535);
const whole = (least: number) => z.coerce.number('must be a whole number').int('must be a whole number').min(least);
const flag = z.enum(['true', 'false', '1', '0'], 'must be true or false').transform((v) => v === 'true' || v === '1');
const webUrl = z.string().refine((v) => /^https?:$/.test(parsedUrl(v)?.protocol ?? ''), 'must be an http or https URL');
const databaseUrl = z.string().refine((v) => {
  const url = parsedUrl(v);
  return url && /^(mysql|mariadb):$/.test(url.protocol) && url.pathname.length > 1;
}, 'must be a URL that names a database, as in mysql://user:password@host:3306/keyturn');
const hostAndPort = z.string().regex(/^[^\s/]+:\d+$/, 'must be host:port');

/** Every environment variable that Keyturn reads, by name. */
export const environment = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  KEYTURN_DATA: z.string().default('.data'),
  KEYTURN_CACHE: z.string().optional(),
  KEYTURN_URL: webUrl.optional(),
  PORT: port.optional(),
  API_HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: databaseUrl.optional(),
  DB_POOL: whole(1).default(10),
  API_METRICS_ADDRESS: hostAndPort.optional(),
  WORKER_METRICS_ADDRESS: hostAndPort.optional(),
  TEMPORAL_ADDRESS: hostAndPort.optional(),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_TLS: flag.optional(),
  TEMPORAL_TLS_CERT: z.string().optional(),
  TEMPORAL_TLS_KEY: z.string().optional(),
  TEMPORAL_TLS_CA: z.string().optional(),
  TEMPORAL_API_KEY: z.string().optional(),
  TEMPORAL_UI_URL: webUrl.optional(),
  MAX_CACHED_WORKFLOWS: whole(1).default(800),
  DRAIN_SECONDS: whole(0).default(10),
  WORKER_DEPLOYMENT: z
    .string()
    .regex(/^[\w-]{1,100}$/, 'must be letters, digits, - and _')
    .default('keyturn'),
  WORKER_BUILD_ID: z
    .string()
    .regex(/^[\w.-]{1,100}$/, 'must be letters, digits, . - and _')
    .optional(),
});

/** The settings of every process; paths are absolute. */
export type Config = ReturnType<typeof loadConfig>;

/** Config of a process that needs both servers: the worker, the API, the one-shot jobs. */
export type ServiceConfig = Config & { database: { url: string }; temporal: { address: string } };

/** The environment does not describe a system that can run; the message lists every fault. */
export class ConfigError extends Error {
  constructor(readonly faults: string[]) {
    super(['The configuration has faults:', ...faults.map((fault) => `  ${fault}`)].join('\n'));
    this.name = 'ConfigError';
  }
}

/** Reads and checks the environment. Values never enter a message: some are secrets. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env) {
  const given = withoutBlanks(env);
  const parsed = environment.safeParse(given);
  const faults = (parsed.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
  faults.push(...contradictions(given));
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults);
  const e = parsed.data;
  const apiPort = e.PORT ?? 8080;
  return {
    production: e.NODE_ENV === 'production',
    logLevel: e.LOG_LEVEL,
    dataDir: resolve(e.KEYTURN_DATA),
    cacheDir: resolve(e.KEYTURN_CACHE ?? join(homedir(), '.cache', 'keyturn')),
    api: {
      host: e.API_HOST,
      port: apiPort,
      portGiven: e.PORT !== undefined,
      metricsAddress: e.API_METRICS_ADDRESS,
      urlGiven: e.KEYTURN_URL !== undefined,
      url: (e.KEYTURN_URL ?? `http://127.0.0.1:${apiPort}`).replace(/\/$/, ''),
    },
    // Sequelize would take the other scheme for another driver.
    database: { url: e.DATABASE_URL?.replace(/^mariadb:/, 'mysql:'), pool: e.DB_POOL },
    temporal: {
      address: e.TEMPORAL_ADDRESS,
      namespace: e.TEMPORAL_NAMESPACE,
      tls: e.TEMPORAL_TLS ?? Boolean(e.TEMPORAL_TLS_CERT || e.TEMPORAL_TLS_CA || e.TEMPORAL_API_KEY),
      certFile: e.TEMPORAL_TLS_CERT,
      keyFile: e.TEMPORAL_TLS_KEY,
      caFile: e.TEMPORAL_TLS_CA,
      apiKey: e.TEMPORAL_API_KEY,
      uiUrl: e.TEMPORAL_UI_URL?.replace(/\/$/, ''),
    },
    worker: {
      maxCachedWorkflows: e.MAX_CACHED_WORKFLOWS,
      drainSeconds: e.DRAIN_SECONDS,
      metricsAddress: e.WORKER_METRICS_ADDRESS,
      deploymentName: e.WORKER_DEPLOYMENT,
      // Only a build that has a name is versioned: without a current version new cases would wait for ever.
      version: e.WORKER_BUILD_ID ? { deploymentName: e.WORKER_DEPLOYMENT, buildId: e.WORKER_BUILD_ID } : undefined,
    },
  };
}

/** loadConfig for a process that is given both servers and starts none itself. */
export function loadServiceConfig(env: NodeJS.ProcessEnv = process.env): ServiceConfig {
  const config = loadConfig(env);
  const { database, temporal } = config;
  const { url } = database;
  const { address } = temporal;
  if (url && address) return { ...config, database: { ...database, url }, temporal: { ...temporal, address } };
  const missing = [...(url ? [] : ['DATABASE_URL']), ...(address ? [] : ['TEMPORAL_ADDRESS'])];
  throw new ConfigError(missing.map((name) => `${name}: is needed by this process`));
}

/** What Connection.connect and NativeConnection.connect take; reads the certificate files. */
export function temporalConnection({ temporal }: { temporal: Config['temporal'] & { address: string } }) {
  const { address, tls, apiKey, caFile, certFile, keyFile } = temporal;
  const certificates = {
    ...(caFile && { serverRootCACertificate: readFileSync(caFile) }),
    ...(certFile && keyFile && { clientCertPair: { crt: readFileSync(certFile), key: readFileSync(keyFile) } }),
  };
  return { address, ...(tls && { tls: certificates }), ...(apiKey && { apiKey }) };
}

/** The environment of a child process: this one's own with some settings replaced. */
export function childEnvironment(settings: Partial<Record<keyof z.input<typeof environment>, string>>) {
  return { ...process.env, ...settings };
}

// Apart from the schema: zod asks an object's own checks only once every field is right.
function contradictions(env: NodeJS.ProcessEnv): string[] {
  const { TEMPORAL_TLS: tls, TEMPORAL_TLS_CERT: cert, TEMPORAL_TLS_KEY: key, TEMPORAL_API_KEY: apiKey } = env;
  const off = tls === 'false' || tls === '0';
  return [
    cert && !key && 'TEMPORAL_TLS_KEY: is needed with TEMPORAL_TLS_CERT',
    key && !cert && 'TEMPORAL_TLS_CERT: is needed with TEMPORAL_TLS_KEY',
    off && apiKey && 'TEMPORAL_TLS: cannot be off with TEMPORAL_API_KEY',
    off && cert && 'TEMPORAL_TLS: cannot be off with TEMPORAL_TLS_CERT',
  ].filter((fault): fault is string => Boolean(fault));
}

function parsedUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

// docker-compose hands over an unset variable as an empty string.
function withoutBlanks(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
}
