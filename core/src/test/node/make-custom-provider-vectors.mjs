// Writes core/src/test/resources/vectors/custom-providers.json: a delivery of each custom provider in tests/fixtures, signed
// by Node.js's crypto after the description of its class.
import { createHash, createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';

const body = '{"type":"order.paid","id":"evt_1","name":"M\u00fcller \u{1f600}","n":1e2}';
const now = '2026-11-30T09:00:00Z';
const seconds = String(Date.parse(now) / 1000);
const url = 'https://hooks.example.com/crm?tenant=a%2Fb';
const hmac = (key, text, hash = 'sha256') => createHmac(hash, key).update(text, 'utf8').digest();
const bytes = (text) => Buffer.from(text, 'utf8');

const seed = createHash('sha256').update('chat').digest('hex');
const ed25519 = createPrivateKey({ key: Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex'), format: 'der', type: 'pkcs8' });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const der = (key) => createPublicKey(key).export({ format: 'der', type: 'spki' });
const pem = (key) => createPublicKey(key).export({ format: 'pem', type: 'spki' });

const vectors = [
  { provider: 'hub', secret: 'hub-secret', headers: {
    'Hub-Signature': `sha256=${hmac('hub-secret', body).toString('hex')}`, 'Hub-Event': 'order.paid', 'Hub-Delivery': '1' } },
  { provider: 'payments', secret: 'payments-secret', headers: {
    'Payments-Signature': `t=${seconds},v1=${'0'.repeat(64)},v1=${hmac('payments-secret', `${seconds}.${body}`).toString('hex')},v0=x` } },
  { provider: 'crm', secret: 'crm-secret', url, settings: { 'public-url': 'https://hooks.example.com/crm' }, headers: {
    } },
  { provider: 'video', secret: 'video-secret', headers: {
    'Video-Time': now, 'Video-Signature': `v0=${hmac('video-secret', `v0:${now}:${body}`, 'sha512').toString('hex')}` } },
  { provider: 'social', secret: 'social-secret', settings: { 'verify-token': 'token' }, headers: {
    'Social-Signature': `sha1=${hmac('social-secret', body, 'sha1').toString('hex')}` } },
  { provider: 'chat', secret: der(ed25519).subarray(-32).toString('hex'), headers: {
    'Chat-Timestamp': seconds, 'Chat-Signature': sign(null, bytes(seconds + body), ed25519).toString('hex') } },
  { provider: 'mail', secret: der(p256).toString('base64'), headers: {
    'Mail-Timestamp': seconds, 'Mail-Signature': sign('sha256', bytes(seconds + body), p256).toString('base64') } },
  { provider: 'bank', secret: pem(rsa), headers: {
    'Bank-Timestamp': seconds, 'Bank-Signature': sign('sha256', bytes(seconds + body), rsa).toString('base64') } },
  { provider: 'ledger', secret: '00ff10', headers: {
    'Ledger-Signature-Primary': hmac(Buffer.from('aa', 'hex'), body).toString('base64url'),
    'Ledger-Signature-Secondary': hmac(Buffer.from('00ff10', 'hex'), body).toString('base64url') } },
  { provider: 'keyring', secrets: { one: 'first', two: 'second' }, headers: {
    'Keyring-Key': 'two', 'Keyring-Signature': hmac('second', body).toString('hex') } },
  { provider: 'doorbell', secret: 'ding-dong', headers: { 'Doorbell-Token': 'ding-dong' } },
];
const crm = vectors.find(({ provider }) => provider === 'crm');
crm.headers = { 'Crm-Timestamp': `${seconds}000`, 'Crm-Signature': hmac('crm-secret', `POST${url}${body}${seconds}000`).toString('base64') };

writeFileSync(new URL('../resources/vectors/custom-providers.json', import.meta.url),
  `${JSON.stringify({ now, body, vectors }, null, 1)}\n`);
