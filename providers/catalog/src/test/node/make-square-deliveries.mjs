// Writes deliveries of Square, one JSON object a line, which Node's crypto signs and judges as Square's page "Verify and validate
// an event notification" does: the base64 HMAC-SHA256 of the notification URL and the body. Some are tampered with in one
// place.
//
//   node make-square-deliveries.mjs <how many> <seed>
//
// ../resources/vectors/square.jsonl is what it writes for 300 1.
import { createHmac } from 'node:crypto';
import { seeded } from './random.mjs';

const [count, seed] = process.argv.slice(2).map(Number);
const random = seeded(seed);
const NOW = Date.parse('2026-11-30T09:00:00Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const endpoints = Array.from({ length: 20 }, () => ({
  key: random.bytes(16).toString('base64url'),
  url: 'https://' + random.oneOf(['example.com', 'hooks.example.org:8443']) + random.oneOf(['/webhook', '/webhook/', '/', '/a%2Fb']),
  query: random.oneOf([null, null, 'tenant=a%2Fb', 'a=1&b=2', '']),
}));

const registered = endpoint => endpoint.url + (endpoint.query === null ? '' : '?' + endpoint.query);
const hmac = (key, url, body) => createHmac('sha256', key).update(Buffer.concat([Buffer.from(url), body])).digest('base64');

function eventBody() {
  const age = random.oneOf([0, 0, 0, 0, 0, 0, MINUTE, DAY, 7 * DAY, 7 * DAY + 1, 30 * DAY, -MINUTE, -5 * MINUTE, -6 * MINUTE, -DAY]);
  return JSON.stringify({
    merchant_id: random.oneOf(['MLEFBHHSJGVHD', null, 7]),
    type: random.oneOf(['payment.created', 'webhooks.test_notification']),
    event_id: `13b867cf-db3d-4b1c-90b6-${random.below(1e9)}`,
    created_at: random.below(10) === 0 ? random.oneOf(['yesterday', null, 7]) : new Date(NOW - age).toISOString(),
    data: random.oneOf([{ type: 'payment', id: `${random.below(99)}`, object: { s: 'é😀/' } }, [1], undefined]),
  });
}

const otherBodies = [
  '', '[]', '{}', '{"hello":"world"}', 'a=b', '{"type":"a"}', '{"event_id":"a"}', '{"type":"a","event_id":1}', '{"type":"a","event_id":"b"',
  Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
];

// what is changed of a delivery; most are left as they are
const changes = {
  'another-body': d => { d.body = Buffer.concat([d.body, Buffer.from('\n')]); },
  'another-byte': d => { if (d.body.length > 0) { d.body = Buffer.from(d.body); d.body[random.below(d.body.length)] ^= 1; } },
  'another-key': d => { d.signature = hmac('another', registered(d.endpoint), d.body); },
  'key-decoded': d => { d.signature = hmac(Buffer.from(d.endpoint.key, 'base64url'), registered(d.endpoint), d.body); },
  'body-alone': d => { d.signature = hmac(d.endpoint.key, '', d.body); },
  'http': d => { d.signature = hmac(d.endpoint.key, registered(d.endpoint).replace('https', 'http'), d.body); },
  'a-slash-more': d => { d.signature = hmac(d.endpoint.key, registered(d.endpoint) + '/', d.body); },
  'another-path': d => { d.signature = hmac(d.endpoint.key, d.endpoint.url.replace(/\/[^/]*$/, '/other'), d.body); },
  'hex': d => { d.signature = Buffer.from(d.signature, 'base64').toString('hex'); },
  'base64url': d => { d.signature = Buffer.from(d.signature, 'base64').toString('base64url'); },
  'loose-bits': d => { d.signature = d.signature.slice(0, -2) + (d.signature.at(-2) === 'B' ? 'C' : 'B') + '='; },
  'sha1': d => { d.signature = createHmac('sha1', d.endpoint.key).update(registered(d.endpoint)).update(d.body).digest('base64'); },
  'empty': d => { d.signature = ''; },
  // Square's code knows the registered URL alone, and not with which query a request arrives
  'query-on-the-way': d => { d.arrived = (d.arrived ?? '') + '&utm=1'; },
};

for (let i = 0; i < count; i++) {
  const endpoint = random.oneOf(endpoints);
  const isOther = random.below(12) === 0;
  const body = Buffer.from(isOther ? random.oneOf(otherBodies) : eventBody());
  const delivery = { endpoint, arrived: endpoint.query, body, signature: hmac(endpoint.key, registered(endpoint), body) };
  const change = random.below(2) === 0 ? 'none' : random.oneOf(Object.keys(changes));
  if (change !== 'none') changes[change](delivery);
  const text = delivery.body.toString('utf8');
  const expected = createHmac('sha256', endpoint.key).update(registered(endpoint) + text).digest('base64');
  process.stdout.write(JSON.stringify({
    key: endpoint.key, url: endpoint.url, query: delivery.arrived, signature: delivery.signature,
    body: delivery.body.toString('base64'), isOther, change, accepted: expected === delivery.signature,
  }) + '\n');
}
