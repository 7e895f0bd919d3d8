import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ConfigError, loadConfig, loadServiceConfig, temporalConnection } from '../../config';

describe('The configuration', () => {
  it('needs nothing to be set', () => {
    expect(loadConfig({})).toMatchObject({
      production: false,
      dataDir: resolve('.data'),
      api: { host: '127.0.0.1', port: 8080, portGiven: false, url: 'http://127.0.0.1:8080' },
      temporal: { namespace: 'default', tls: false },
      worker: { maxCachedWorkflows: 800, version: undefined },
    });
    const named = loadConfig({ WORKER_BUILD_ID: '2026.11-a' });
    expect(named.worker.version).toEqual({ deploymentName: 'keyturn', buildId: '2026.11-a' });
  });

  it('names all faults at once, without a value that may be secret', () => {
    const faultsOf = (env: NodeJS.ProcessEnv) => {
      try {
        loadConfig(env);
      } catch (error) {
        return (error as ConfigError).faults.map((fault) => fault.split(':')[0]);
      }
      return [];
    };
    const env = {
      PORT: 'eighty',
      DATABASE_URL: 'postgres://root:hunter2@db/keyturn',
      TEMPORAL_ADDRESS: 'temporal',
      TEMPORAL_TLS_CERT: 'client.pem',
      DB_POOL: '0',
      LOG_LEVEL: 'loud',
      KEYTURN_URL: 'keyturn.example',
    };

    expect(faultsOf(env).sort()).toEqual(
      ['PORT', 'DATABASE_URL', 'TEMPORAL_ADDRESS', 'TEMPORAL_TLS_KEY', 'DB_POOL', 'LOG_LEVEL', 'KEYTURN_URL'].sort(),
    );
    expect(() => loadConfig(env)).toThrow(ConfigError);
    expect(() => loadConfig(env)).not.toThrow(/hunter2/);
  });

  it('takes an empty setting for one that is not set', () => {
    expect(loadConfig({ PORT: '', TEMPORAL_TLS: ' ', DATABASE_URL: '' })).toEqual(loadConfig({}));
  });

  it('tells a port that was asked for from the default', () => {
    expect(loadConfig({ PORT: '8080' }).api).toMatchObject({ port: 8080, portGiven: true });
  });

  it('demands a database and Temporal of a process that starts none', () => {
    expect(() => loadServiceConfig({})).toThrow(/DATABASE_URL[^]*TEMPORAL_ADDRESS/);
    const given = { DATABASE_URL: 'mariadb://u:p@h:3306/keyturn', TEMPORAL_ADDRESS: 'temporal:7233' };
    expect(loadServiceConfig(given)).toMatchObject({
      database: { url: 'mysql://u:p@h:3306/keyturn' },
      temporal: { address: 'temporal:7233' },
    });
  });

  describe('of the way to Temporal', () => {
    const given = { DATABASE_URL: 'mysql://h/keyturn', TEMPORAL_ADDRESS: 'temporal:7233' };
    const connection = (env: NodeJS.ProcessEnv) => temporalConnection(loadServiceConfig({ ...given, ...env }));

    it('is plain by default', () => {
      expect(connection({})).toEqual({ address: 'temporal:7233' });
    });

    it('is TLS with an API key', () => {
      expect(connection({ TEMPORAL_API_KEY: 'key' })).toEqual({ address: 'temporal:7233', apiKey: 'key', tls: {} });
      expect(() => connection({ TEMPORAL_API_KEY: 'key', TEMPORAL_TLS: 'false' })).toThrow('TEMPORAL_TLS');
    });

    it('is mutual TLS with certificate files', () => {
      const folder = mkdtempSync(join(tmpdir(), 'keyturn-config-'));
      const [cert, key, ca] = ['cert', 'key', 'ca'].map((name) => {
        writeFileSync(join(folder, name), name);
        return join(folder, name);
      });

      const { tls } = connection({ TEMPORAL_TLS_CERT: cert, TEMPORAL_TLS_KEY: key, TEMPORAL_TLS_CA: ca });

      expect(tls).toEqual({
        serverRootCACertificate: Buffer.from('ca'),
        clientCertPair: { crt: Buffer.from('cert'), key: Buffer.from('key') },
      });
      rmSync(folder, { recursive: true });
    });
  });
});
