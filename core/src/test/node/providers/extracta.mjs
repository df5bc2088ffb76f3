import { createHash, createHmac } from 'node:crypto';
import { UTF8_BOM, bytes, escapedNonAscii, invalidUtf8, joined, nested, rejection, withTrailingBits } from './vector.mjs';

const SECRET = 'E_AI_K_7f3a9c52e1d84b06';
const OLDER = 'E_AI_K_0b1c2d3e4f5a6978';
const NOW = '2025-02-28T12:00:00.000Z';
const HEADER = 'x-webhook-signature';
const EVENTS = ['extraction.processed', 'extraction.edited', 'extraction.confirmed', 'extraction.failed'];

// As the provider's page has it.
const FILE = {
  extractionId: 'extractionId', batchId: 'batchId', fileId: 'fileId', fileName: 'fileName', status: 'processed', result: {},
  url: 'fileUrl',
};
const INVOICE = {
  ...FILE,
  fileName: 'Rechnung Müller 😀.pdf',
  result: { invoice: 'INV/7', total: 1234.5, vat: 21, paid: false, due: null, notes: 'one\n"two"\u2028</b>', pages: { 1: 'a', 10: 'b' } },
};

const delivery = (event, result) => JSON.stringify({ event, result });
const fileWith = (data) => `[{"fileId":"f1","result":${data}}]`;
const bodyWith = (data) => `{"event":"extraction.processed","result":${fileWith(data)}}`;

const parsed = (body) => JSON.parse(bytes(body).toString('utf8').replace(/^\ufeff/, ''));
const signedMessage = (body) => JSON.stringify(parsed(body).result);
const keyOf = (secret) => secret.replace('E_AI_K_', '');
const sign = (message, secret = SECRET, { algorithm = 'sha256', key = keyOf(secret), encoding = 'base64' } = {}) =>
  createHmac(algorithm, Buffer.from(key, 'utf8')).update(message).digest(encoding);

function accepted(name, description, body, options = {}) {
  const { form = 'raw', secrets = [SECRET], matchedSecret = 0, signature, headers } = options;
  const { event, result } = parsed(body);
  return {
    name,
    description,
    secrets,
    now: NOW,
    headers: headers?.(sign(signedMessage(body), secrets[matchedSecret]))
      ?? [[HEADER, signature ?? sign(signedMessage(body), secrets[matchedSecret])]],
    body: bytes(body).toString('base64'),
    expected: {
      outcome: 'accepted',
      matchedSecret,
      signedForm: form,
      signedMessage: Buffer.from(signedMessage(body)).toString('base64'),
      unsignedType: typeof event === 'string' ? event : null,
      files: EVENTS.includes(event) ? filesOf(result) : null,
    },
  };
}

const filesOf = (result) => Array.isArray(result) ? result.map(filed) : [];

function filed(file) {
  const text = (value) => typeof value === 'string' || typeof value === 'number' ? String(value) : null;
  return Object.fromEntries(['extractionId', 'batchId', 'fileId', 'fileName', 'status', 'url']
    .map((name) => [name, text(file?.[name])]));
}

function rejected(reason, name, description, body, { secrets = [SECRET], signature, headers } = {}) {
  return {
    name,
    description,
    secrets,
    now: NOW,
    headers: headers ?? [[HEADER, signature ?? sign(signedMessage(body))]],
    body: bytes(body).toString('base64'),
    expected: rejection(reason),
  };
}

export function* extractaVectors() {
  yield* documentedEvents();
  yield* otherEvents();
  yield* otherSpellings();
  yield* duplicates();
  yield* secrets();
  yield* unsignedParts();
  yield* tampering();
  yield* signatureHeaders();
  yield* malformedPayloads();
  yield* limits();
  yield* unexpectedPayloads();
  yield* otherKinds();
  yield* orderOfChecks();
}

function* documentedEvents() {
  for (const event of EVENTS) {
    yield accepted(`documented-${event.replace('.', '-')}`,
      `The page's example body, as JSON.stringify writes it, as ${event}.`, delivery(event, [FILE]));
  }
  yield accepted('several-files', 'One delivery tells of all files of an upload.',
    delivery('extraction.processed', [FILE, { ...INVOICE, fileId: 'second' }, { ...FILE, fileId: 'third' }]));
  yield accepted('no-files', 'An empty list is a list of objects.', delivery('extraction.processed', []));
  yield accepted('file-without-members', 'Each member of a file may be absent.', delivery('extraction.failed', [{}]));
  yield accepted('file-with-null-members', 'A member that is null reads like an absent one.',
    delivery('extraction.failed', [{ ...FILE, fileName: null, status: null, result: null, url: null }]));
  yield accepted('file-with-unknown-members', 'Members that the page does not name are no error.',
    delivery('extraction.edited', [{ ...FILE, editedBy: { id: 1 }, tags: ['a'] }]));
  yield accepted('file-with-a-number-as-identifier', 'An identifier that is a number is read as its text.',
    delivery('extraction.processed', [{ ...FILE, extractionId: 17, batchId: 0, fileId: 4294967296 }]));
}

function* otherEvents() {
  yield accepted('classification-processed-as-a-list', 'Another namespace, announced by the provider, is an unknown event.',
    delivery('classification.processed', [{ fileId: 'f1', documentType: 'invoice' }]));
  yield accepted('classification-processed-as-an-object', 'The result of an unknown event may have any shape.',
    delivery('classification.processed', { documents: [{ type: 'invoice', pages: [1, 2] }] }));
  for (const [kind, result] of Object.entries({ string: 'done', number: 42, true: true, null: null, list: ['a', 1, null], 'empty-object': {} })) {
    yield accepted(`unknown-event-with-${kind}-result`, `The signed message of such a result is ${JSON.stringify(result)}.`,
      delivery('other.happened', result));
  }
  yield accepted('unknown-extraction-event', 'A new action in a known namespace is an unknown event, whatever its result.',
    delivery('extraction.archived', { count: 3 }));
  yield accepted('event-missing', 'An older form of the webhook has no event: an unknown one.', JSON.stringify({ result: [FILE] }));
  yield accepted('event-null', 'An event that is no string is an unknown one.', delivery(null, [FILE]));
  yield accepted('event-number', 'An event that is no string is an unknown one.', delivery(5, { any: 'shape' }));
  yield accepted('event-object', 'An event that is no string is an unknown one.', delivery({ name: 'extraction.processed' }, [FILE]));
  yield accepted('event-empty', 'An empty name is an unknown event.', delivery('', [FILE]));
  yield accepted('event-in-upper-case', 'Event names are compared exactly.', delivery('EXTRACTION.PROCESSED', { any: 'shape' }));
  yield accepted('event-named-proto', 'A name that means something in JavaScript is an unknown event.', delivery('__proto__', 1));
}

function* otherSpellings() {
  const body = delivery('extraction.processed', [INVOICE]);
  const signature = sign(signedMessage(body));
  const same = (name, description, text, form = 'ecmascript') => accepted(name, description, text, { form, signature });

  yield same('as-javascript-writes-it', 'Non-ASCII text raw, no white space: the raw bytes are the signed message.', body, 'raw');
  yield same('pretty-printed', 'White space within the result is not signed.', JSON.stringify(JSON.parse(body), null, 2));
  yield same('pretty-printed-with-crlf', 'White space within the result is not signed.',
    JSON.stringify(JSON.parse(body), null, '\t').replaceAll('\n', '\r\n'));
  yield same('pretty-printed-around-the-result', 'White space around the result leaves its bytes as signed.',
    ` {\r\n\t"event" : "extraction.processed" ,\n "result" : ${signedMessage(body)}\n}\n`, 'raw');
  yield same('escaped-non-ascii', 'What an ASCII-only writer makes of the result.', escapedNonAscii(body));
  yield same('escaped-non-ascii-upper-case', 'Upper-case hexadecimal digits in escapes read the same.',
    escapedNonAscii(body).replace(/\\u[0-9a-f]{4}/g, (escape) => `\\u${escape.slice(2).toUpperCase()}`));
  yield same('escaped-slashes', 'PHP writes a slash with a backslash.', body.replaceAll('/', '\\/'));
  yield same('escaped-ascii', 'Any character may stand as an escape.', body.replace('"total"', '"\\u0074otal"'));
  yield same('integer-like-names-last-first', 'JavaScript puts integer-like names first, ascending.',
    body.replace('"pages":{"1":"a","10":"b"}', '"pages":{"10":"b","1":"a"}'));
  yield same('float-with-trailing-zero', 'Numbers are doubles: 21.0 is 21 and 1234.50 is 1234.5.',
    body.replace('"vat":21', '"vat":21.0').replace('1234.5', '1234.50'));
  yield same('number-with-exponent', 'Numbers are doubles: 0.21E+02 is 21.', body.replace('"vat":21', '"vat":0.21E+02'));
  yield same('members-in-another-order', 'The order of the top-level members is not signed.',
    JSON.stringify({ result: [INVOICE], event: 'extraction.processed' }), 'raw');
  yield same('escaped-member-name-result', 'The name may be written with escapes.', body.replace('"result":[', '"r\\u0065sult":['), 'raw');

  yield accepted('integer-like-names', 'Integer-like names ascending, then the others as they came.',
    bodyWith('{"b":1,"10":2,"2":3,"a":4,"01":5,"-1":6,"4294967294":7,"4294967295":8,"0":9}'), { form: 'ecmascript' });
  yield accepted('numbers-beyond-a-double', 'Numbers go through an IEEE double before they are signed.',
    bodyWith('[9007199254740993,1e21,1E400,-0,-0.0,0.1e-6,1e-7,123456789012345678901234567890,5e-324,2e-324,1.0E23]'),
    { form: 'ecmascript' });
  yield accepted('lone-surrogates', 'Lone surrogates are signed as lower-case escapes.',
    bodyWith('{"\\ud800":"\\uDC00\\uD800x","pair":"\\ud83d\\ude00"}'), { form: 'ecmascript' });
  yield accepted('lone-surrogate-as-javascript-writes-it', 'JSON.stringify escapes a lone surrogate in lower case.',
    bodyWith('{"cut":"\\ud83d"}'));
  yield accepted('line-separators-raw', 'U+2028, U+2029, U+007F and U+FEFF are signed raw.',
    bodyWith('"\u2028\u2029\u007f\ufeff"'));
  yield accepted('line-separators-escaped', 'U+2028, U+2029, U+007F and U+FEFF are signed raw.',
    bodyWith('"\\u2028\\u2029\\u007F\\uFEFF"'), { form: 'ecmascript' });
  yield accepted('control-characters', 'Five controls have short escapes; the others are \\u00xx in lower case.',
    bodyWith('"\\u0008\\u0009\\u000A\\u000B\\u000C\\u000D\\u001F\\u0000"'), { form: 'ecmascript' });
  yield accepted('proto-as-member', '__proto__ is a member like any other.',
    bodyWith('{"a":1,"__proto__":{"b":2},"constructor":3,"toJSON":4}'));
  yield accepted('byte-order-mark', 'A leading byte order mark is skipped.', joined(UTF8_BOM, body), { signature });
  yield accepted('byte-order-mark-and-pretty-printed', 'A leading byte order mark is skipped in re-encoded bodies too.',
    joined(UTF8_BOM, JSON.stringify(JSON.parse(body), null, 1)), { signature, form: 'ecmascript' });
  yield accepted('trailing-newline', 'White space after the document is not signed.', `${body}\r\n`, { signature });
}

function* duplicates() {
  const signed = JSON.stringify([FILE]);
  const other = JSON.stringify([{ ...FILE, status: 'forged' }]);
  yield accepted('result-twice', 'The last one counts and is signed.',
    `{"event":"extraction.edited","result":${other},"result":${signed}}`);
  yield rejected('signature-mismatch', 'result-twice-and-the-first-signed', 'The last one counts, and it is not what was signed.',
    `{"event":"extraction.edited","result":${signed},"result":${other}}`, { signature: sign(signed) });
  yield accepted('result-twice-by-escapes', 'Names are compared after their escapes are read: the last one counts.',
    `{"result":${other},"event":"extraction.edited","res\\u0075lt":${signed}}`);
  yield rejected('signature-mismatch', 'result-twice-by-escapes-and-the-first-signed',
    'Names are compared after their escapes are read: the last one counts.',
    `{"result":${signed},"event":"extraction.edited","res\\u0075lt":${other}}`, { signature: sign(signed) });
  yield rejected('signature-mismatch', 'result-twice-and-the-last-null', 'The last one counts, even when it is null.',
    `{"event":"other.happened","result":${signed},"result":null}`, { signature: sign(signed) });
  yield accepted('event-twice', 'The last event counts.',
    `{"event":"other.happened","result":${signed},"event":"extraction.edited"}`);
  yield accepted('event-twice-by-escapes', 'The last event counts, however its name is written.',
    `{"event":"other.happened","result":${signed},"ev\\u0065nt":"extraction.confirmed"}`);
  yield accepted('event-twice-and-the-last-no-string', 'The last event counts, and it is no string: an unknown event.',
    `{"event":"extraction.edited","event":null,"result":${signed}}`);
  yield accepted('duplicates-within-the-result', 'The last value at the first place, at every depth.',
    bodyWith('{"a":1,"b":{"x":1,"y":2,"x":3},"a":{"c":1,"c":2}}'), { form: 'ecmascript' });
  yield accepted('duplicate-file-identifier', 'What is handed over is what was signed: the last one.',
    `{"event":"extraction.processed","result":[{"fileId":"first","status":"processed","fileId":"last"}]}`, { form: 'ecmascript' });
  yield accepted('results-in-other-places', 'Only the member of the top-level object is the result.',
    `{"a":{"result":1},"event":"extraction.edited","text":"\\"result\\":[]","result":${signed},"list":[{"result":2}]}`);
}

function* secrets() {
  const body = delivery('extraction.processed', [FILE]);
  const by = (name, description, ...list) => accepted(name, description, body, { secrets: list });

  yield accepted('rotation-newest-secret', 'During a rotation the newest secret matches first.', body, { secrets: [SECRET, OLDER] });
  yield accepted('rotation-older-secret', 'During a rotation the older secret still matches.', body,
    { secrets: [SECRET, OLDER], matchedSecret: 1 });
  yield accepted('rotation-older-secret-and-pretty-printed', 'The older secret matches the ECMAScript form.',
    JSON.stringify(JSON.parse(body), null, 2), { secrets: [SECRET, OLDER], matchedSecret: 1, form: 'ecmascript' });
  yield accepted('rotation-third-secret', 'A rotation may know more than two secrets.', body,
    { secrets: [SECRET, OLDER, 'E_AI_K_third'], matchedSecret: 2 });
  yield rejected('signature-mismatch', 'rotation-retired-secret', 'A secret that was taken away matches no more.', body,
    { secrets: [SECRET], signature: sign(signedMessage(body), OLDER) });
  yield by('secret-without-prefix', 'A secret without E_AI_K_ is the key as it stands.', '7f3a9c52e1d84b06');
  yield by('secret-with-prefix-twice', 'Only the first E_AI_K_ is removed.', 'E_AI_K_E_AI_K_7f3a');
  yield by('secret-with-prefix-in-the-middle', 'The first E_AI_K_ is removed wherever it stands.', '7f3aE_AI_K_9c52');
  yield by('secret-with-prefix-at-the-end', 'The first E_AI_K_ is removed wherever it stands.', '7f3a9c52E_AI_K_');
  yield by('secret-whose-removal-makes-a-prefix', 'The removal is done once, not until none is left.', 'E_AI_E_AI_K_K_7f3a');
  yield by('secret-with-prefix-in-lower-case', 'Another case is no prefix.', 'e_ai_k_7f3a9c52');
  yield by('secret-not-ascii', 'The key is the UTF-8 bytes of the secret.', 'E_AI_K_ключ-Schlüssel-鍵-😀');
  yield by('secret-with-spaces', 'Spaces belong to the secret.', ' E_AI_K_ 7f3a ');
  yield by('secret-of-one-character', 'A short key is a key.', 'E_AI_K_x');
  yield by('secret-as-long-as-a-block', 'A key of 64 bytes is used as it stands.', `E_AI_K_${'k'.repeat(64)}`);
  yield by('secret-longer-than-a-block', 'A key of more than 64 bytes is hashed by HMAC.', `E_AI_K_${'k'.repeat(65)}`);
  for (const [name, key, description] of [
    ['signed-with-the-prefix-kept', SECRET, 'The key is the secret without E_AI_K_.'],
    ['signed-with-an-empty-key', '', 'An empty key is nobody\'s secret.'],
  ]) {
    yield rejected('signature-mismatch', name, description, body, { signature: sign(signedMessage(body), '', { key }) });
  }
  yield rejected('signature-mismatch', 'signed-with-every-prefix-removed', 'Only the first E_AI_K_ is removed.', body,
    { secrets: ['E_AI_K_E_AI_K_7f3a'], signature: sign(signedMessage(body), '', { key: '7f3a' }) });
}

function* unsignedParts() {
  const body = delivery('extraction.edited', [FILE]);
  const signature = sign(signedMessage(body));
  yield accepted('event-changed-on-the-way', 'The event is NOT signed: no receiver can see from the signature that it was changed.',
    body.replace('edited', 'confirmed'), { signature });
  yield accepted('event-removed-on-the-way', 'The event is NOT signed: it can be taken away.', JSON.stringify({ result: [FILE] }), { signature });
  yield accepted('member-added-on-the-way', 'Only the result is signed: members beside it can be added.',
    body.replace('{', '{"deliveryId":"forged","timestamp":0,'), { signature });
  yield accepted('replayed', 'A replay cannot be told from the original: there is no signed time and no delivery id.', body, { signature });
}

function* tampering() {
  const body = delivery('extraction.processed', [INVOICE]);
  const message = signedMessage(body);
  const signature = sign(message);
  const changed = (name, description, text) => rejected('signature-mismatch', name, description, text, { signature });

  yield changed('value-changed', 'One digit of the signed result is another.', body.replace('1234.5', '1234.6'));
  yield changed('bit-changed', 'One bit of the signed result is another.', body.replace('INV/7', 'INV/6'));
  yield changed('case-changed', 'Letters in another case are other letters.', body.replace('INV/7', 'inv/7'));
  yield changed('type-changed', 'The string "21" is not the number 21.', body.replace('"vat":21', '"vat":"21"'));
  yield changed('null-for-absent', 'A member that is null is not an absent one.', body.replace('"due":null,', ''));
  yield changed('member-added', 'A member more in the result.', body.replace('"paid":false', '"paid":false,"x":1'));
  yield changed('member-renamed', 'A member of another name in the result.', body.replace('"paid"', '"payd"'));
  yield changed('members-reordered', 'The order of members within the result is signed.',
    body.replace('"vat":21,"paid":false', '"paid":false,"vat":21'));
  yield changed('file-added', 'A file more in the list.', body.replace('"result":[', '"result":[{},'));
  yield changed('files-removed', 'An empty list is not what was signed.', delivery('extraction.processed', []));
  yield changed('result-wrapped', 'A list in a list is not what was signed.', `{"result":[${message}]}`);
  yield changed('result-as-text', 'The result\'s JSON as a string is not the result.', JSON.stringify({ result: message }));
  yield changed('space-added-in-a-string', 'White space within strings is signed.', body.replace('"one\\n', '"one \\n'));
  yield changed('number-changed-beyond-sight', 'The next double is another number.', body.replace('1234.5', '1234.5000000000002'));
  yield changed('text-normalised', 'A composed and a decomposed letter are different text.', body.normalize('NFD'));
  yield rejected('signature-mismatch', 'signed-whole-body', 'The signature is over the result, not over the body.', body, { signature: sign(body) });
  yield rejected('signature-mismatch', 'signed-event', 'The signature is over the result, not over the event.', body,
    { signature: sign('extraction.processed') });
  yield rejected('signature-mismatch', 'signed-pretty-printed', 'The signature is over the form without white space.', body,
    { signature: sign(JSON.stringify([INVOICE], null, 2)) });
  yield rejected('signature-mismatch', 'signed-empty-message', 'The signature of nothing signs no result.', body, { signature: sign('') });
  yield rejected('signature-mismatch', 'signed-other-delivery', 'The signature of another delivery.', body,
    { signature: sign(signedMessage(delivery('extraction.processed', [FILE]))) });
  yield rejected('signature-mismatch', 'signed-number-unrounded', 'The signature is over the double, not over the digits as sent (the space keeps the bytes as sent from matching).',
    bodyWith('9007199254740993 '), { signature: sign(fileWith('9007199254740993')) });
  yield rejected('signature-mismatch', 'signed-sorted-names', 'Names are signed in their order of appearance, not sorted.',
    bodyWith('{"b":1,"a":2}'), { signature: sign(fileWith('{"a":2,"b":1}')) });
  yield rejected('signature-mismatch', 'signature-bit-changed', 'A signature that differs in its first bit.', body,
    { signature: flipped(signature, 0, 0x80) });
  yield rejected('signature-mismatch', 'signature-last-bit-changed', 'A signature that differs in its last bit.', body,
    { signature: flipped(signature, 31, 1) });
  yield rejected('signature-mismatch', 'signature-all-zero', '32 zero bytes are no signature of this.', body, { signature: Buffer.alloc(32).toString('base64') });
  yield rejected('signature-mismatch', 'digest-without-key', 'A plain SHA-256 is no signature.', body,
    { signature: createHash('sha256').update(message).digest('base64') });
  yield rejected('signature-mismatch', 'hmac-sha512-256', 'Another algorithm of the same length is no HMAC-SHA256.', body,
    { signature: sign(message, SECRET, { algorithm: 'sha512-256' }) });
}

function flipped(signature, index, mask) {
  const raw = Buffer.from(signature, 'base64');
  raw[index] ^= mask;
  return raw.toString('base64');
}

// A delivery whose signature shows the two characters in which base64 and base64url differ.
function bodyWithTellingSignature() {
  for (let number = 0; ; number++) {
    const body = delivery('extraction.processed', [{ ...FILE, fileId: `f${number}` }]);
    const signature = sign(signedMessage(body));
    if (signature.includes('+') && signature.includes('/')) {
      return { body, signature };
    }
  }
}

function* signatureHeaders() {
  const { body, signature } = bodyWithTellingSignature();
  const wrong = sign('another message');

  for (const name of ['X-Webhook-Signature', 'X-WEBHOOK-SIGNATURE']) {
    yield accepted(`header-named-${name === name.toUpperCase() ? 'in-upper-case' : 'in-title-case'}`,
      'Header names are compared without regard to case.', body, { headers: (right) => [[name, right]] });
  }
  yield accepted('other-headers', 'Headers with other names do not count.', body, {
    headers: (right) => [['content-type', 'application/json'], ['signature', wrong], ['x-signature', wrong],
      ['x-webhook-signature-old', wrong], [HEADER, right], ['x-webhook-timestamp', 'yesterday']],
  });
  yield rejected('signature-missing', 'signature-missing', 'Nothing is accepted unsigned.', body, { headers: [['content-type', 'application/json']] });
  yield rejected('signature-missing', 'signature-in-another-header', 'Only the documented header counts.', body,
    { headers: [['x-signature', signature], ['authorization', signature]] });
  yield rejected('signature-repeated', 'signature-twice-the-same', 'Several signatures are rejected even when they are equal.', body,
    { headers: [[HEADER, signature], [HEADER, signature]] });
  yield rejected('signature-repeated', 'signature-twice-right-first', 'Several signatures are rejected, whichever is right.', body,
    { headers: [[HEADER, signature], [HEADER, wrong]] });
  yield rejected('signature-repeated', 'signature-twice-right-last', 'Several signatures are rejected, whichever is right.', body,
    { headers: [[HEADER, wrong], [HEADER, signature]] });
  yield rejected('signature-repeated', 'signature-twice-in-other-case', 'Header names are compared without regard to case.', body,
    { headers: [[HEADER, signature], ['X-Webhook-Signature', signature]] });
  yield rejected('signature-repeated', 'signature-twice-one-malformed', 'Repetition is told before form.', body,
    { headers: [[HEADER, signature], [HEADER, '']] });

  const raw = Buffer.from(signature, 'base64');
  const malformed = {
    'empty': ['', 'An empty header is no signature.'],
    'joined-by-a-comma': [`${signature}, ${signature}`, 'Two signatures in one header are no base64.'],
    'in-base64url': [raw.toString('base64url').padEnd(44, '='), 'The alphabet is the standard one, not that of URLs.'],
    'unpadded': [signature.slice(0, -1), 'The padding must stand.'],
    'padded-twice': [`${signature}=`, 'One padding character is right for 32 bytes.'],
    'padded-in-front': [`=${signature.slice(0, -1)}`, 'Padding stands at the end.'],
    'with-trailing-bits': [withTrailingBits(signature), 'The unused bits of the last character must be zero: one signature, one text.'],
    'after-a-space': [` ${signature}`, 'White space is no base64 (where a server hands it on at all).'],
    'before-a-space': [`${signature} `, 'White space is no base64 (where a server hands it on at all).'],
    'before-a-tab': [`${signature}\t`, 'White space is no base64 (where a server hands it on at all).'],
    'with-a-space-within': [`${signature.slice(0, 20)} ${signature.slice(20)}`, 'White space is no base64.'],
    'with-a-line-break': [`${signature.slice(0, 22)}\r\n${signature.slice(22)}`, 'MIME\'s line breaks are not allowed.'],
    'quoted': [`"${signature}"`, 'Quotes are no base64.'],
    'with-a-scheme': [`sha256=${signature}`, 'This provider writes no scheme before the signature.'],
    'in-hex': [raw.toString('hex'), '64 hexadecimal digits are base64 of 48 bytes, not of 32.'],
    'of-31-bytes': [raw.subarray(0, 31).toString('base64'), 'Too short for HMAC-SHA256.'],
    'of-33-bytes': [Buffer.concat([raw, Buffer.from([0])]).toString('base64'), 'Too long for HMAC-SHA256.'],
    'by-hmac-sha1': [sign(signedMessage(body), SECRET, { algorithm: 'sha1' }), 'Another algorithm has another length.'],
    'by-hmac-sha512': [sign(signedMessage(body), SECRET, { algorithm: 'sha512' }), 'Another algorithm has another length.'],
    'of-ten-thousand-characters': ['A'.repeat(10_000), 'Length alone must not cost or break anything.'],
    'not-ascii': [`${signature.slice(0, 42)}é=`, 'A letter outside of ASCII is no base64.'],
    'with-full-width-letters': [`${'Ａ'.repeat(43)}=`, 'Letters that look alike are no base64.'],
    'only-padding': ['='.repeat(44), 'Padding alone is nothing.'],
    'null-in-words': ['null', 'A word is no signature.'],
  };
  for (const [name, [value, description]] of Object.entries(malformed)) {
    yield rejected('signature-malformed', `signature-${name}`, description, body, { signature: value });
  }
}

function* malformedPayloads() {
  const body = delivery('extraction.processed', [INVOICE]);
  const signature = sign(signedMessage(body));
  const malformed = (name, description, text) => rejected('payload-malformed', name, description, text, { signature });

  for (const [name, sequence] of Object.entries(invalidUtf8)) {
    const sent = joined('{"event":"extraction.processed","result":[{"fileName":"', sequence, '"}]}');
    yield rejected('payload-malformed', `result-with-${name}`,
      'Strict UTF-8: rejected although the signature is right for what a lenient reader makes of it.', sent,
      { signature: sign(signedMessage(sent.toString('utf8'))) });
  }
  yield malformed('event-with-invalid-utf8', 'Strict UTF-8 holds outside of the signed part too.',
    joined('{"event":"', [0xff], `","result":${signedMessage(body)}}`));
  yield malformed('ignored-member-with-invalid-utf8', 'Strict UTF-8 holds in members that nobody reads.',
    joined('{"x":"', [0xc3, 0x28], `","result":${signedMessage(body)}}`));
  yield malformed('invalid-utf8-after-the-document', 'Strict UTF-8 holds to the last byte.', joined(body, [0x80]));
  yield malformed('utf16', 'JSON over the network is UTF-8.', Buffer.from(body, 'utf16le'));
  yield malformed('byte-order-mark-twice', 'One byte order mark is skipped, not two.', joined(UTF8_BOM, UTF8_BOM, body));
  yield malformed('byte-order-mark-after-space', 'Only the first bytes can be a byte order mark.', joined(' ', UTF8_BOM, body));
  yield malformed('byte-order-mark-at-the-end', 'Only the first bytes can be a byte order mark.', joined(body, UTF8_BOM));
  yield malformed('byte-order-mark-alone', 'A byte order mark is no document.', UTF8_BOM);
  yield malformed('body-empty', 'Nothing is no JSON.', '');
  yield malformed('body-white-space', 'White space is no JSON.', ' \r\n');
  yield malformed('body-cut-short', 'A broken connection.', body.slice(0, -1));
  yield malformed('body-followed-by-text', 'One document and nothing behind it.', `${body}x`);
  yield malformed('body-twice', 'One document and nothing behind it.', body + body);
  yield malformed('body-as-form', 'A form is no JSON.', 'event=extraction.processed&result=%5B%5D');
  for (const [name, text] of Object.entries({
    'trailing-comma': '[1,]', 'comment': '/* x */1', 'single-quotes': '\'x\'', 'nan': 'NaN', 'leading-zero': '01', 'bare-point': '1.',
    'raw-control-character': '"a\tb"', 'bad-escape': '"\\x41"', 'short-escape': '"\\u12"', 'no-break-space': '\u00a01',
  })) {
    yield malformed(`not-json-${name}`, 'JSON as in RFC 8259, nothing more lenient.', bodyWith(text));
    if (name === 'trailing-comma' || name === 'nan') {
      yield malformed(`not-json-${name}-beside-the-result`, 'What is not signed must be JSON as well.',
        `{"x":${text},"result":${signedMessage(body)}}`);
    }
  }
}

function* limits() {
  yield accepted('nesting-1000-in-the-result', '1,000 levels are accepted; the document\'s own object is the first.',
    `{"event":"other.happened","result":${nested(999)}}`);
  yield accepted('nesting-1000-in-a-file', '1,000 levels are accepted; the document\'s own object is the first.',
    `{"event":"extraction.processed","result":[{"result":${nested(997)}}]}`);
  yield accepted('nesting-1000-of-objects', 'Objects count like arrays.',
    `{"event":"other.happened","result":${'{"a":'.repeat(998)}{}${'}'.repeat(998)}}`);
  yield accepted('nesting-1000-pretty-printed', 'The ECMAScript form reaches as deep.',
    `{"event":"other.happened","result": ${'[ '.repeat(999)}${'] '.repeat(999)}}`, { form: 'ecmascript' });
  yield accepted('nesting-1000-beside-the-result', '1,000 levels are accepted in an ignored member.', `{"x":${nested(999)},"result":[]}`);
  yield rejected('payload-malformed', 'nesting-1001-in-the-result', 'The 1,001st level is rejected, rightly signed or not.',
    `{"event":"other.happened","result":${nested(1000)}}`);
  yield rejected('payload-malformed', 'nesting-1001-of-objects', 'Objects count like arrays.',
    `{"event":"other.happened","result":${'{"a":'.repeat(999)}{}${'}'.repeat(999)}}`);
  yield rejected('payload-malformed', 'nesting-1001-beside-the-result', 'The limit holds in ignored members too.',
    `{"x":${nested(1000)},"result":[]}`);
  yield rejected('payload-malformed', 'nesting-50000', 'No depth overflows a stack.', `{"event":"other.happened","result":${nested(50_000)}}`,
    { signature: sign('[]') });
  yield accepted('number-of-1000-digits', '1,000 characters are accepted, and beyond a double it is null.',
    bodyWith('7'.repeat(1000)), { form: 'ecmascript' });
  yield accepted('number-of-1000-characters', 'Sign, point and exponent count as characters.',
    bodyWith(`-0.${'1'.repeat(993)}e-10`), { form: 'ecmascript' });
  yield accepted('number-of-1000-characters-beside-the-result', 'The limit is the same in ignored members.',
    `{"x":${'9'.repeat(1000)},"result":[]}`);
  yield rejected('payload-malformed', 'number-of-1001-digits', 'The 1,001st character is rejected, rightly signed or not.',
    bodyWith('7'.repeat(1001)));
  yield rejected('payload-malformed', 'number-of-1001-characters', 'Sign, point and exponent count as characters.',
    bodyWith(`-0.${'1'.repeat(994)}e-10`));
  yield rejected('payload-malformed', 'number-of-1001-digits-beside-the-result', 'The limit holds in ignored members too.',
    `{"x":${'9'.repeat(1001)},"result":[]}`);
  yield accepted('number-with-a-huge-exponent', 'A huge exponent costs nothing and is null.', bodyWith('[1e999999999,1e-999999999]'),
    { form: 'ecmascript' });
}

function* unexpectedPayloads() {
  const signature = sign(JSON.stringify([FILE]));
  for (const [name, body, description] of [
    ['result-missing', '{"event":"extraction.processed"}', 'Without a result there is nothing that could be signed.'],
    ['result-in-another-case', JSON.stringify({ event: 'extraction.processed', Result: [FILE] }), 'Names are compared exactly.'],
    ['result-only-nested', JSON.stringify({ data: { result: [FILE] } }), 'The result stands at the top.'],
    ['result-only-in-proto', JSON.stringify({ a: 1 }).replace('"a":1', `"__proto__":{"result":${JSON.stringify([FILE])}}`), '__proto__ hands nothing down.'],
    ['body-empty-object', '{}', 'Without a result there is nothing that could be signed.'],
    ['body-list', JSON.stringify([FILE]), 'A list has no result.'],
    ['body-list-of-a-delivery', JSON.stringify([{ event: 'extraction.processed', result: [FILE] }]), 'A list has no result.'],
    ['body-string', '"result"', 'A string has no result.'],
    ['body-number', '1', 'A number has no result.'],
    ['body-null', 'null', 'Null has no result.'],
    ['body-true', 'true', 'A boolean has no result.'],
  ]) {
    yield rejected('payload-unexpected', name, description, body, { signature });
  }
}

function* otherKinds() {
  for (const [kind, result] of Object.entries({ object: FILE, null: null, string: 'x', number: 0, true: true })) {
    yield accepted(`known-event-with-result-${kind}`, 'A result that is not a list tells of no files, and is there as it is.',
      delivery('extraction.processed', result));
  }
  for (const [kind, result] of Object.entries({ null: [FILE, null], string: ['fileId'], list: [[FILE]], mixed: [1, FILE, true] })) {
    yield accepted(`known-event-with-result-list-with-${kind}`, 'An element that is not an object is a file without members.',
      delivery('extraction.processed', result));
  }
  yield accepted('known-event-by-the-last-duplicate', 'The last event counts; its result is not a list.',
    '{"event":"other.happened","result":{},"event":"extraction.failed"}');
  for (const member of ['extractionId', 'batchId', 'fileId', 'fileName', 'status', 'url']) {
    for (const [kind, value] of Object.entries({ true: true, false: false, object: { a: 1 }, list: ['x'] })) {
      yield accepted(`file-with-${kind}-as-${member.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`)}`,
        `${member} is text or a number; anything else reads like an absent one.`,
        delivery('extraction.processed', [{ ...FILE, [member]: value }]));
    }
  }
  yield accepted('file-with-a-number-as-name', 'A number is read as its text.', delivery('extraction.processed', [{ ...FILE, fileName: 7 }]));
  yield accepted('file-with-a-string-as-result', 'The data of a file is free in its form.', delivery('extraction.failed', [{ ...FILE, result: 'no text' }]));
  yield accepted('member-named-with-half-a-surrogate-pair', 'JavaScript reads such a name, and writes it as an escape.',
    '{"event":"e","result":[{"\\ud800":1}]}');
}

function* orderOfChecks() {
  const noJson = '{"event":';
  yield rejected('signature-missing', 'no-signature-and-no-json', 'The signature\'s form is looked at first.', noJson, { headers: [] });
  yield rejected('signature-malformed', 'malformed-signature-and-no-json', 'The signature\'s form is looked at first.', noJson, { signature: 'x' });
  yield rejected('signature-malformed', 'malformed-signature-and-no-result', 'The signature\'s form is looked at first.', '{}', { signature: 'x' });
  yield rejected('signature-mismatch', 'wrong-signature-and-known-event-with-object',
    'The shape of the result is looked at after the signature.', delivery('extraction.processed', FILE), { signature: sign('x') });
}
