// Writes core/src/test/resources/vectors/algorithms.json: signatures of each algorithm, as Node.js's crypto (OpenSSL) makes
// them, with the keys in the spellings that providers show. Keys and RSA padding are fixed; ECDSA differs at each run.
import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';

const message = Buffer.from('1700000000.{"id":1,"name":"M\u00fcller"}', 'utf8');
const hex = (buffer) => Buffer.from(buffer).toString('hex');

const hmacs = ['sha1', 'sha256', 'sha512'].map((hash) => ({
  algorithm: `HMAC_${hash.toUpperCase()}`,
  keys: ['key of the hmac'],
  signature: hex(createHmac(hash, 'key of the hmac').update(message).digest()),
}));

// RFC 8032, section 7.1, test 2
const seed = '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb';
const ed25519 = createPrivateKey({
  key: Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex'), format: 'der', type: 'pkcs8',
});

function asymmetric(algorithm, privateKey, raw, digest) {
  const publicKey = createPublicKey(privateKey);
  const der = publicKey.export({ format: 'der', type: 'spki' });
  const bare = raw === null ? [] : [hex(raw(der)), raw(der).toString('base64')];
  return {
    algorithm,
    keys: [publicKey.export({ format: 'pem', type: 'spki' }), der.toString('base64'), hex(der), ...bare],
    signature: hex(sign(digest, message, privateKey)),
  };
}

const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
const spki = (pair) => pair.publicKey.export({ format: 'pem', type: 'spki' });

writeFileSync(new URL('../resources/vectors/algorithms.json', import.meta.url), `${JSON.stringify({
  message: message.toString('base64'),
  signatures: [
    ...hmacs,
    asymmetric('ED25519', ed25519, (der) => der.subarray(-32), null),
    asymmetric('ECDSA_P256', p256, (der) => der.subarray(-65), 'sha256'),
    asymmetric('RSA_SHA256', rsa, null, 'sha256'),
  ],
  wrongKeys: [
    { algorithm: 'ECDSA_P256', key: spki(p384), why: 'another curve' },
    { algorithm: 'RSA_SHA256', key: spki(short), why: 'a key that is too short' },
    { algorithm: 'ED25519', key: spki({ publicKey: createPublicKey(rsa) }), why: 'a key of another algorithm' },
    { algorithm: 'ED25519', key: 'not a key', why: 'no key' },
    { algorithm: 'RSA_SHA256', key: '-----BEGIN RSA PUBLIC KEY-----\nMIIB\n-----END RSA PUBLIC KEY-----', why: 'another kind of PEM' },
  ],
}, null, 1)}\n`);
