// Writes deliveries of Discord, one JSON object a line, which Node's crypto signs and judges: over the timestamp's text and
// the body, as the samples in Discord's documentation do. Some are tampered with in one place.
//
//   node make-discord-deliveries.mjs <how many> <seed>
//
// ../resources/vectors/discord.jsonl is what it writes for 300 1.
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { seeded } from './random.mjs';

const [count, seed] = process.argv.slice(2).map(Number);
const random = seeded(seed);
// RFC 8410: the encodings before a private and a public key
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const X509_LENGTH = 12;

function newPair() {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, random.bytes(32)]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey);
  const hex = publicKey.export({ format: 'der', type: 'spki' }).subarray(X509_LENGTH).toString('hex');
  return { privateKey, publicKey, hex };
}

const pairs = Array.from({ length: 8 }, newPair);

function eventBody() {
  return random.oneOf([
    () => JSON.stringify({ version: 1, application_id: '1234560123453231555', type: 0 }),
    () => JSON.stringify({ version: 1, type: 1, event: { type: 7, timestamp: null, data: [random.below(99)] } }),
    () => JSON.stringify({
      version: 1, application_id: '1234560123453231555', type: 1,
      event: { type: 'ENTITLEMENT_CREATE', timestamp: '2024-10-18T18:41:21.109604', data: { id: `${random.below(1e9)}`, s: 'é😀' } },
    }),
  ])();
}

function interactionBody() {
  return random.oneOf([
    () => JSON.stringify({ application_id: '1234560123453231555', id: '1', token: 't', type: 1, version: 1 }),
    () => JSON.stringify({ id: random.below(99), type: 9, data: 'text' }),
    () => JSON.stringify({
      application_id: '1234560123453231555', id: `${random.below(1e9)}`, token: 't', type: 2 + random.below(4), version: 1,
      guild_id: '290926798626357999', data: { name: 'cardsearch', s: 'é😀' },
    }),
  ])();
}

const otherBodies = ['', '[]', '"text"', '{}', '{"type":1', 'a=b', '{"type":"1"}', '{"type":-1}'];

// what is changed of a delivery; most are left as they are
const changes = {
  'another-body': d => { d.body = Buffer.concat([d.body, Buffer.from(' ')]); },
  'a-shorter-body': d => { d.body = d.body.subarray(0, Math.max(0, d.body.length - 1)); },
  'another-byte': d => { if (d.body.length > 0) { d.body = Buffer.from(d.body); d.body[random.below(d.body.length)] ^= 1; } },
  'another-time': d => { d.timestamp = String(Number(d.timestamp) + 1 || 1); },
  'a-longer-time': d => { d.timestamp += '0'; },
  'another-key': d => { d.key = random.oneOf(pairs.filter(pair => pair.hex !== d.key.hex)); },
  'another-signature': d => {
    const at = random.below(d.signature.length);
    d.signature = d.signature.slice(0, at) + (d.signature[at] === '0' ? '1' : '0') + d.signature.slice(at + 1);
  },
  'a-shorter-signature': d => { d.signature = d.signature.slice(0, 2 * random.below(64)); },
  'no-hex': d => { d.signature = 'zz' + d.signature.slice(2); },
  'upper-case': d => { d.signature = d.signature.toUpperCase(); },
  'a-longer-signature': d => { d.signature += random.oneOf(['zz', '0', ' ', ',']); },
  // the same signed bytes, read in another way
  'cut-later': d => { d.timestamp += d.body.subarray(0, 1).toString('latin1'); d.body = d.body.subarray(1); },
  'cut-earlier': d => {
    d.body = Buffer.concat([Buffer.from(d.timestamp.slice(-1)), d.body]);
    d.timestamp = d.timestamp.slice(0, -1);
  },
};

for (let i = 0; i < count; i++) {
  const provider = random.oneOf(['discord', 'discord-interactions']);
  const isOther = random.below(12) === 0;
  const text = isOther ? random.oneOf(otherBodies) : provider === 'discord' ? eventBody() : interactionBody();
  const seconds = String(1796000000 + random.below(1000000));
  const delivery = {
    key: random.oneOf(pairs),
    timestamp: random.below(12) === 0 ? random.oneOf([seconds + '.5', '0' + seconds, '-1', 'now', seconds + 'Z']) : seconds,
    body: Buffer.from(text),
  };
  const message = () => Buffer.concat([Buffer.from(delivery.timestamp), delivery.body]);
  delivery.signature = sign(null, message(), delivery.key.privateKey).toString('hex');
  const change = random.below(2) === 0 ? 'none' : random.oneOf(Object.keys(changes));
  if (change !== 'none') changes[change](delivery);
  const accepted = verify(null, message(), delivery.key.publicKey, Buffer.from(delivery.signature, 'hex'));
  process.stdout.write(JSON.stringify({
    provider, key: delivery.key.hex, timestamp: delivery.timestamp, signature: delivery.signature,
    body: delivery.body.toString('base64'), isOther, change, accepted,
  }) + '\n');
}
