import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readConfig, variableNames } from '../../src/config.ts';
import { image, isHealthRoute, readYaml, root, textOf } from '../support/deploy/project-files.ts';
import { sampleSettings } from '../support/deploy/sample-settings.ts';

const guide = textOf('docs/deploy.md');
const unknownTo = (names: readonly string[]): readonly string[] =>
  names.filter((name) => !variableNames.includes(name));
/** Node's, not the bot's: where `os.tmpdir()` is. */
const temporaryFolder = 'TMPDIR';

interface Service {
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly env_file?: string;
  readonly ports?: readonly string[];
  readonly healthcheck: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly read_only: boolean;
  readonly tmpfs: readonly string[];
  readonly volumes: readonly string[];
  readonly cap_drop: readonly string[];
  readonly stop_grace_period: string;
}

describe('compose.yaml', () => {
  const { services, volumes } = readYaml('compose.yaml') as {
    readonly services: { readonly bot: Service; readonly database: Service };
    readonly volumes: object;
  };
  const { bot, database } = services;

  it('sets what the configuration knows, beside the settings that the operator has', () => {
    const { [temporaryFolder]: temporary, ...environment } = bot.environment;
    assert.deepEqual(unknownTo(Object.keys(environment)), []);
    assert.equal(bot.env_file, 'env/.env.production');
    const url = (environment['DATABASE_URL'] ?? '').replace(/\$\{DATABASE_PASSWORD:\?[^}]*\}/, 'made-up');
    const reading = readConfig({ ...sampleSettings, ...environment, DATABASE_URL: url });
    assert.ok(reading.kind === 'config', JSON.stringify(reading));
    assert.equal(reading.config.listen.port, image.port);
    assert.equal(temporary, image.volume);
    assert.ok(bot.volumes.some((volume) => volume.endsWith(`:${String(temporary)}`)));
  });

  it('leads the bot to the database beside it, once that answers', () => {
    const url = new URL((bot.environment['DATABASE_URL'] ?? '').replace(/\$\{[^}]*\}/, 'made-up'));
    assert.ok(Object.hasOwn(services, url.hostname));
    assert.equal(url.username, database.environment['POSTGRES_USER']);
    assert.equal(url.pathname, `/${String(database.environment['POSTGRES_DB'])}`);
    assert.match(database.environment['POSTGRES_PASSWORD'] ?? '', /^\$\{DATABASE_PASSWORD:\?/);
    assert.deepEqual(bot.depends_on, { database: { condition: 'service_healthy' } });
    assert.deepEqual(database.healthcheck.test.slice(0, 2), ['CMD', 'pg_isready']);
  });

  it('shows the bot to this machine only, asks for its health where it answers, and lets it drain', () => {
    assert.deepEqual(bot.ports, [`127.0.0.1:${image.port}:${image.port}`]);
    assert.equal(database.ports, undefined);
    const [, port, route] = /127\.0\.0\.1:(\d+)(\/\w+)/.exec(bot.healthcheck.test.join(' ')) ?? [];
    assert.equal(Number(port), image.port);
    assert.equal(bot.healthcheck.test[1], image.program);
    assert.ok(isHealthRoute(route ?? ''));
    assert.ok(parseInt(bot.stop_grace_period, 10) >= 30);
  });

  it('lets nobody write but into volumes and memory, and keeps secrets out of the file', () => {
    for (const service of [bot, database]) {
      assert.equal(service.read_only, true);
      assert.ok(service.tmpfs.includes('/tmp'));
      assert.deepEqual(service.cap_drop, ['ALL']);
      for (const volume of service.volumes)
        assert.ok(Object.hasOwn(volumes, volume.split(':')[0] ?? ''), volume);
    }
    const ignored = textOf('.gitignore').split('\n');
    assert.ok(ignored.includes('.env.production') && ignored.includes('.env*.user'));
    assert.ok(guide.includes('env/.env.compose.user'));
  });
});

interface Named {
  readonly name: string;
}
interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}
interface Container {
  readonly image: string;
  readonly envFrom: readonly { readonly secretRef: Named }[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly resources: { readonly requests: object; readonly limits: object };
  readonly securityContext: object;
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}
interface Deployment {
  readonly metadata: Named;
  readonly spec: {
    readonly replicas: number;
    readonly selector: { readonly matchLabels: object };
    readonly template: {
      readonly metadata: { readonly labels: object };
      readonly spec: {
        readonly serviceAccountName: string;
        readonly automountServiceAccountToken: boolean;
        readonly terminationGracePeriodSeconds: number;
        readonly securityContext: object;
        readonly containers: readonly [Container];
        readonly volumes: readonly Named[];
      };
    };
  };
}

const folder = 'infra/kubernetes';
const manifest = (file: string): unknown => readYaml(path.posix.join(folder, file));

describe('the manifests of Kubernetes', () => {
  const { metadata, spec } = manifest('deployment.yaml') as Deployment;
  const pod = spec.template.spec;
  const [container] = pod.containers;

  it('are applied together, all of them', () => {
    const { resources } = manifest('kustomization.yaml') as { readonly resources: readonly string[] };
    const files = readdirSync(path.join(root, folder)).filter((file) => file !== 'kustomization.yaml');
    assert.deepEqual(resources.toSorted(), files.toSorted());
  });

  it('mean the same pods and the same ports', () => {
    const { matchLabels } = spec.selector;
    assert.deepEqual(spec.template.metadata.labels, matchLabels);
    const service = manifest('service.yaml') as {
      metadata: Named;
      spec: { selector: object; ports: { name: string; targetPort: string }[] };
    };
    const budget = manifest('disruption-budget.yaml') as {
      spec: { selector: { matchLabels: object }; minAvailable: number };
    };
    const policy = manifest('network-policy.yaml') as {
      spec: { podSelector: { matchLabels: object }; ingress: { ports: { port: string }[] }[] };
    };
    const ingress = textOf(`${folder}/ingress.yaml`);
    assert.deepEqual(
      [service.spec.selector, budget.spec.selector.matchLabels, policy.spec.podSelector.matchLabels],
      [matchLabels, matchLabels, matchLabels],
    );
    const names = container.ports.map(({ name }) => name);
    const named = [
      ...service.spec.ports.map(({ targetPort }) => targetPort),
      ...policy.spec.ingress.flatMap(({ ports }) => ports.map(({ port }) => port)),
    ];
    assert.deepEqual(
      named.filter((name) => !names.includes(name)),
      [],
    );
    assert.ok(
      ingress.includes(`name: ${service.metadata.name}\n`) &&
        service.spec.ports.some(({ name }) => ingress.includes(`name: ${name}\n`)),
    );
    assert.ok(budget.spec.minAvailable >= 1 && budget.spec.minAvailable < spec.replicas);
    assert.equal(
      (manifest('service-account.yaml') as { metadata: Named }).metadata.name,
      pod.serviceAccountName,
    );
  });

  it('set what the configuration knows, and ask for health where the bot answers', () => {
    const environment = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));
    assert.deepEqual(unknownTo(Object.keys(environment)), []);
    const reading = readConfig({ ...sampleSettings, ...environment });
    assert.ok(reading.kind === 'config', JSON.stringify(reading));
    const { listen, metricsPort } = reading.config;
    assert.equal(listen.port, image.port);
    assert.deepEqual(container.ports, [
      { name: 'http', containerPort: listen.port },
      { name: 'metrics', containerPort: metricsPort },
    ]);
    const probes = [container.startupProbe, container.livenessProbe, container.readinessProbe];
    assert.deepEqual(
      probes.map(({ httpGet }) => httpGet),
      ['/healthz', '/healthz', '/readyz'].map((route) => ({ path: route, port: 'http' })),
    );
    assert.ok(probes.every(({ httpGet }) => isHealthRoute(httpGet.path)));
    assert.ok(pod.terminationGracePeriodSeconds >= 30);
  });

  it('give the bot no more than it needs', () => {
    // The number of that user in the images of Node.
    assert.equal(image.user, 'node');
    assert.deepEqual(pod.securityContext, {
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    assert.deepEqual(container.securityContext, {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    assert.equal(pod.automountServiceAccountToken, false);
    assert.deepEqual(
      container.volumeMounts.map(({ name }) => name),
      pod.volumes.map(({ name }) => name),
    );
    assert.ok(container.volumeMounts.some(({ mountPath }) => mountPath === '/tmp'));
    assert.ok(
      Object.hasOwn(container.resources.requests, 'memory') &&
        Object.hasOwn(container.resources.limits, 'memory'),
    );
  });

  it('are told in the guide: the secret, the image, the names', () => {
    const secret = container.envFrom[0]?.secretRef.name ?? '';
    assert.ok(
      guide.includes(
        `kubectl create secret generic ${secret} --namespace okr-export --from-env-file=env/.env.production`,
      ),
    );
    const { images } = manifest('kustomization.yaml') as { readonly images: readonly Named[] };
    assert.deepEqual(
      images.map(({ name }) => name),
      [container.image],
    );
    assert.ok(guide.includes(`${folder}/kustomization.yaml`) && guide.includes(`${folder}/ingress.yaml`));
    assert.equal(metadata.name, secret);
  });
});
