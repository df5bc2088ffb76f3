// Writes core/src/test/resources/vectors: signed deliveries and what a receiver must make of them.
// docs/vectors.md describes the files. Before it writes, every vector is put to two other opinions: a verifier that
// shares no code with the vectors' maker, and, for signatures, the way the provider's own page verifies.
import { deepStrictEqual, ok } from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { extractaVectors } from './providers/extracta.mjs';
import { formflowVectors } from './providers/formflow.mjs';
import { samples } from './providers/samples.mjs';
import { fileText } from './providers/vector.mjs';
import { verify } from './providers/verifier.mjs';

const directory = fileURLToPath(new URL('../resources/vectors/', import.meta.url));

function check(provider, vector) {
  ok(/^[a-z0-9]+(-[a-z0-9]+)*$/.test(vector.name), `${vector.name} is not kebab-case`);
  deepStrictEqual(verify(provider, vector), vector.expected, `${provider}: ${vector.name}`);

  const accepted = vector.expected.outcome === 'accepted';
  if (accepted || vector.expected.reason === 'signature-mismatch') {
    const body = Buffer.from(vector.body, 'base64');
    const [, signature] = vector.headers.find(([name]) => name.toLowerCase() === 'x-webhook-signature');
    const secrets = Array.isArray(vector.secrets) ? vector.secrets : secretsByType(vector.secrets, body);
    const matching = secrets.findIndex((secret) => samples[provider](body, signature, secret));
    deepStrictEqual(matching, accepted ? vector.expected.matchedSecret : -1, `the sample of ${provider}: ${vector.name}`);
  }
}

function secretsByType(secrets, body) {
  return secrets[JSON.parse(body.toString('utf8')).eventType];
}

function write(provider, description, vectors) {
  const names = new Set();
  for (const vector of vectors) {
    check(provider, vector);
    ok(!names.has(vector.name), `${vector.name} stands twice`);
    names.add(vector.name);
  }
  const content = fileText(provider, description, vectors);
  deepStrictEqual(JSON.parse(content).vectors.length, vectors.length);
  writeFileSync(`${directory}${provider}.json`, content);
  const accepted = vectors.filter(({ expected }) => expected.outcome === 'accepted').length;
  console.log(`${provider}.json: ${vectors.length} vectors (${accepted} accepted), ${content.length} characters`);
}

mkdirSync(directory, { recursive: true });
write('extracta', 'Deliveries as Extracta LABS signs them, and what a receiver must make of them.', [...extractaVectors()]);
write('formflow', 'Deliveries as FormFlow (Insly Nora) signs them, and what a receiver must make of them.', [...formflowVectors()]);
