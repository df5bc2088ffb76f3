import { createHash, createHmac } from 'node:crypto';
import { UTF8_BOM, bytes, escapedNonAscii, invalidUtf8, joined, nested, rejection } from './vector.mjs';

const SECRET = 'whsec-4b1f0c6ad2e84f5b';
const OLDER = 'whsec-retiring-91c0';
const SIGNATURE = 'X-Webhook-Signature';
const TIMESTAMP = 'X-Webhook-Timestamp';
const TOLD_AT = '2023-10-28T12:00:00.000Z';
const SENT_AT = '2023-10-28T12:00:00.500Z';
const NOW = '2023-10-28T12:00:01.000Z';
const EVENTS = ['extracted', 'export', 'validation-success', 'error-export', 'error-processing', 'error-pre-processing'];
const PER_EVENT = Object.fromEntries(EVENTS.map((event) => [event, [`whsec-of-${event}`]]));

// As the guide has it; the API reference writes the last two as "sub_789012" and "tpl_345678".
const EVENT = {
  eventId: '123e4567-e89b-12d3-a456-426614174000',
  eventType: 'extracted',
  timestamp: TOLD_AT,
  submissionId: '123e4567-e89b-12d3-a456-426614174001',
  templateId: 1,
};
const BODY = JSON.stringify(EVENT);
const READ = { ...EVENT, templateId: '1' };

const bodyOf = (changes) => JSON.stringify({ ...EVENT, ...changes });
const sign = (message, secret = SECRET, { algorithm = 'sha256', encoding = 'hex' } = {}) =>
  createHmac(algorithm, Buffer.from(secret, 'utf8')).update(bytes(message)).digest(encoding);
const minutes = (count, from = NOW) => new Date(Date.parse(from) + count * 60_000).toISOString();
const shifted = (instant, milliseconds) => new Date(Date.parse(instant) + milliseconds).toISOString();

function vector(name, description, body, expected, options) {
  const { secrets = [SECRET], now = NOW, tolerance, replayWindow, signedBy = SECRET, signature, headers, sentAt = SENT_AT } = options;
  return {
    name,
    description,
    secrets,
    now,
    ...(tolerance && { tolerance }),
    ...(replayWindow && { replayWindow }),
    headers: headers ?? [[SIGNATURE, signature ?? sign(body, signedBy)], ...(sentAt === null ? [] : [[TIMESTAMP, sentAt]])],
    body: bytes(body).toString('base64'),
    expected,
  };
}

// `read` is written by hand where JSON.parse would not tell it, as with a number's text.
function accepted(name, description, body, read = READ, { matchedSecret = 0, ...options } = {}) {
  const { eventId, eventType, timestamp, submissionId, templateId } = read;
  return vector(name, description, body,
    { outcome: 'accepted', matchedSecret, eventId, eventType, timestamp, submissionId, templateId }, options);
}

function rejected(reason, name, description, body = BODY, options = {}) {
  return vector(name, description, body, rejection(reason), options);
}

export function* formflowVectors() {
  yield* documentedEvents();
  yield* identifiersAndOtherMembers();
  yield* exactBytes();
  yield* secrets();
  yield* secretsPerEvent();
  yield* tampering();
  yield* signatureHeaders();
  yield* timestampHeader();
  yield* signedTimestamp();
  yield* malformedPayloads();
  yield* limits();
  yield* unexpectedPayloads();
  yield* orderOfChecks();
}

function* documentedEvents() {
  for (const eventType of EVENTS) {
    yield accepted(`documented-${eventType}`, `The guide's shape as ${eventType}: a UUID and a number.`,
      bodyOf({ eventType }), { ...READ, eventType });
    const inReference = { eventType, submissionId: 'sub_789012', templateId: 'tpl_345678' };
    yield accepted(`documented-${eventType}-of-the-reference`, `The API reference's shape as ${eventType}: prefixed identifiers.`,
      bodyOf(inReference), { ...EVENT, ...inReference });
  }
}

function* identifiersAndOtherMembers() {
  yield accepted('event-unknown', 'An event that the pages do not name is an ordinary event of an unknown type.',
    bodyOf({ eventType: 'archived' }), { ...READ, eventType: 'archived' });
  yield accepted('event-in-upper-case', 'Event names are compared exactly: another case is an unknown event.',
    bodyOf({ eventType: 'EXTRACTED' }), { ...READ, eventType: 'EXTRACTED' });
  yield accepted('submission-and-template-absent', 'Only eventId, eventType and timestamp are required.',
    bodyOf({ submissionId: undefined, templateId: undefined }), { ...READ, submissionId: null, templateId: null });
  yield accepted('submission-and-template-null', 'A member that is null reads like an absent one.',
    bodyOf({ submissionId: null, templateId: null }), { ...READ, submissionId: null, templateId: null });
  for (const [kind, value] of Object.entries({ object: {}, list: ['x'], true: true, false: false })) {
    yield accepted(`submission-id-${kind}`, 'A submission that is neither text nor a number reads like an absent one.',
      bodyOf({ submissionId: value }), { ...READ, submissionId: null });
    yield accepted(`template-id-${kind}`, 'A template that is neither text nor a number reads like an absent one.',
      bodyOf({ templateId: value }), { ...READ, templateId: null });
  }
  yield accepted('event-id-twice', 'Of a member that comes twice the last one counts, whatever the first one is.',
    BODY.replace('{', '{"eventId":{},"timestamp":true,"submissionId":[],'));
  yield accepted('event-id-number', 'An identifier that is a number is read as its text.', bodyOf({ eventId: 42 }), { ...READ, eventId: '42' });
  yield accepted('template-id-beyond-a-double', 'An identifier is no number to calculate with: every digit is kept.',
    BODY.replace('"templateId":1', '"templateId":9007199254740993'), { ...READ, templateId: '9007199254740993' });
  yield accepted('template-id-negative', 'An identifier that is a number is read as its text.', bodyOf({ templateId: -1 }), { ...READ, templateId: '-1' });
  yield accepted('members-unknown', 'Members that the pages do not name are no error.',
    bodyOf({ data: { eventType: 'export', eventId: 'other', list: [{ timestamp: 0 }] }, version: 2 }));
  yield accepted('member-named-proto', '__proto__ is a member like any other.', BODY.replace('{', '{"__proto__":{"eventType":"export"},'));
  yield accepted('members-in-another-order', 'The order of members is the sender\'s.',
    JSON.stringify(Object.fromEntries(Object.entries(EVENT).reverse())));
  yield accepted('identifiers-not-ascii', 'Identifiers are opaque text.',
    bodyOf({ eventId: 'é-€-😀', submissionId: 'ž"\\\n' }), { ...READ, eventId: 'é-€-😀', submissionId: 'ž"\\\n' });
}

function* exactBytes() {
  yield accepted('pretty-printed', 'The raw bytes are signed, whatever the sender\'s layout.', JSON.stringify(EVENT, null, 2));
  yield accepted('pretty-printed-with-crlf', 'CRLF is signed as it was sent.', `${JSON.stringify(EVENT, null, 2)}\n`.replaceAll('\n', '\r\n'));
  yield accepted('trailing-newline', 'A newline at the end is signed as it was sent.', `${BODY}\n`);
  yield accepted('surrounded-by-white-space', 'White space around the document is signed as it was sent.', ` \t\r\n${BODY} \t\r\n`);
  yield accepted('escaped-non-ascii', 'Escapes are signed as they were sent.', escapedNonAscii(bodyOf({ eventId: 'é-😀' })), { ...READ, eventId: 'é-😀' });
  yield accepted('escaped-names-and-values', 'Names and values are read after their escapes.',
    BODY.replace('"eventType":"extracted"', '"event\\u0054ype":"e\\u0078tracted"'));
  const changed = (name, description, signed, sent) => rejected('signature-mismatch', name, description, sent, { signature: sign(signed) });
  yield changed('newline-cut', 'A newline at the end that was signed is missing.', `${BODY}\n`, BODY);
  yield changed('newline-added', 'A newline at the end was not signed.', BODY, `${BODY}\n`);
  yield changed('crlf-for-lf', 'Line ends were changed on the way.', JSON.stringify(EVENT, null, 2), JSON.stringify(EVENT, null, 2).replaceAll('\n', '\r\n'));
  yield changed('pretty-printed-on-the-way', 'The same JSON in other bytes is not what was signed.', BODY, JSON.stringify(EVENT, null, 2));
  yield changed('compacted-on-the-way', 'The same JSON in other bytes is not what was signed.', JSON.stringify(EVENT, null, 2), BODY);
  yield changed('escaped-on-the-way', 'The same text in escapes is not what was signed.', bodyOf({ eventId: 'é' }), escapedNonAscii(bodyOf({ eventId: 'é' })));
  yield changed('byte-order-mark-added', 'A byte order mark was not signed.', BODY, joined(UTF8_BOM, BODY));
}

function* secrets() {
  const by = (name, description, secret) => accepted(name, description, BODY, READ, { secrets: [secret], signedBy: secret });
  const rotation = { secrets: [SECRET, OLDER] };
  yield accepted('rotation-newest-secret', 'During a rotation the newest secret matches first.', BODY, READ, rotation);
  yield accepted('rotation-older-secret', 'During a rotation the older secret still matches.', BODY, READ,
    { ...rotation, signedBy: OLDER, matchedSecret: 1 });
  yield accepted('rotation-third-secret', 'A rotation may know more than two secrets.', BODY, READ,
    { secrets: [SECRET, OLDER, 'third'], signedBy: 'third', matchedSecret: 2 });
  yield rejected('signature-mismatch', 'rotation-retired-secret', 'A secret that was taken away matches no more.', BODY, { signedBy: OLDER });
  yield by('secret-not-ascii', 'The key is the UTF-8 bytes of the secret.', 'ключ-Schlüssel-鍵-😀');
  yield by('secret-in-hex-digits', 'A secret that looks like hexadecimal digits is text all the same.', '00ff00ff00ff00ff00ff00ff00ff00ff');
  yield by('secret-in-base64', 'A secret that looks like base64 is text all the same.', 'c2VjcmV0LWluLWJhc2U2NA==');
  yield by('secret-with-the-other-provider-s-prefix', 'Nothing is removed from the secret.', 'E_AI_K_7f3a9c52');
  yield by('secret-with-spaces', 'Spaces belong to the secret.', ' secret ');
  yield by('secret-of-one-character', 'A short key is a key.', 'x');
  yield by('secret-as-long-as-a-block', 'A key of 64 bytes is used as it stands.', 'k'.repeat(64));
  yield by('secret-longer-than-a-block', 'A key of more than 64 bytes is hashed by HMAC.', 'k'.repeat(65));
  yield rejected('signature-mismatch', 'signed-with-an-empty-key', 'An empty key is nobody\'s secret.', BODY, { signedBy: '' });
}

function* secretsPerEvent() {
  for (const eventType of EVENTS) {
    yield accepted(`own-secret-of-${eventType}`, 'Each subscription has its own secret, chosen by the signed event type.',
      bodyOf({ eventType }), { ...READ, eventType }, { secrets: PER_EVENT, signedBy: `whsec-of-${eventType}` });
  }
  const rotating = { extracted: ['whsec-new', 'whsec-old'], export: ['whsec-of-export'] };
  yield accepted('own-secret-in-rotation', 'matchedSecret counts within the list of the event\'s type.', BODY, READ,
    { secrets: rotating, signedBy: 'whsec-old', matchedSecret: 1 });
  yield accepted('own-secret-with-escaped-type', 'The type is read after its escapes.',
    BODY.replace('"eventType":"extracted"', '"event\\u0054ype":"ex\\u0074racted"'), READ, { secrets: PER_EVENT, signedBy: 'whsec-of-extracted' });
  yield accepted('own-secret-beside-a-nested-type', 'Only the top-level type chooses the secret.',
    BODY.replace('{', '{"data":{"eventType":"export"},'), READ, { secrets: PER_EVENT, signedBy: 'whsec-of-extracted' });
  yield rejected('signature-mismatch', 'secret-of-another-event', 'A secret of another event\'s subscription does not count.', BODY,
    { secrets: PER_EVENT, signedBy: 'whsec-of-export' });
  yield rejected('signature-mismatch', 'event-type-changed-to-another-secret-s', 'The type chooses the secret, and the type is signed.',
    bodyOf({ eventType: 'export' }), { secrets: PER_EVENT, signature: sign(BODY, 'whsec-of-extracted') });
  for (const [name, eventType, description] of [
    ['unknown', 'archived', 'No secret was configured for such an event.'],
    ['not-configured', 'validation-success', 'A known event for which no secret was configured.'],
    ['in-upper-case', 'EXTRACTED', 'Event names are compared exactly.'],
    ['with-a-space', 'extracted ', 'Event names are compared exactly.'],
    ['proto', '__proto__', 'A look-up by a name that means something in JavaScript finds nothing.'],
    ['constructor', 'constructor', 'A look-up by a name that means something in JavaScript finds nothing.'],
  ]) {
    yield rejected('secret-missing', `secret-missing-for-type-${name}`, description, bodyOf({ eventType }),
      { secrets: rotating, signature: sign(JSON.stringify({ ...EVENT, eventType }), 'whsec-new') });
  }
}

function* tampering() {
  const signature = sign(BODY);
  const changed = (name, description, body) => rejected('signature-mismatch', name, description, body, { signature });
  yield changed('event-type-changed', 'The type is signed.', bodyOf({ eventType: 'export' }));
  yield changed('event-id-changed', 'The id is signed, so a replay cannot pass as a new event.', bodyOf({ eventId: '123e4567-e89b-12d3-a456-426614174009' }));
  yield changed('timestamp-changed', 'The body\'s time is signed, so a replay cannot be made young.', bodyOf({ timestamp: NOW }));
  yield changed('bit-changed', 'One bit of the body is another.', BODY.replace('"templateId":1', '"templateId":0'));
  yield changed('member-added', 'A member more.', BODY.replace('}', ',"x":1}'));
  yield changed('member-removed', 'A member less.', bodyOf({ templateId: undefined }));
  yield changed('space-added', 'A space more between members.', BODY.replace(',', ', '));
  yield changed('byte-cut', 'One byte less at the end.', BODY.slice(0, -1));
  yield changed('byte-added', 'One byte more at the end.', `${BODY}}`);
  yield changed('zero-byte-added', 'A zero byte more at the end.', `${BODY}\0`);
  yield changed('body-emptied', 'No body at all.', '');
  yield changed('body-twice', 'The body doubled.', BODY + BODY);
  yield changed('another-delivery', 'The signature of another delivery.', bodyOf({ submissionId: 'sub_2' }));
  const wrong = (name, description, value) => rejected('signature-mismatch', name, description, BODY, { signature: value });
  yield wrong('signed-with-the-timestamp-header', 'The header is not part of what is signed.', sign(`${SENT_AT}.${BODY}`));
  yield wrong('signed-empty-message', 'The signature of nothing signs no body.', sign(''));
  yield wrong('signature-bit-changed', 'A signature that differs in its first bit.', flipped(signature, 0, 8));
  yield wrong('signature-last-bit-changed', 'A signature that differs in its last bit.', flipped(signature, 63, 1));
  yield wrong('signature-all-zero', '32 zero bytes are no signature of this.', '0'.repeat(64));
  yield wrong('digest-without-key', 'A plain SHA-256 is no signature.', createHash('sha256').update(BODY).digest('hex'));
  yield wrong('hmac-sha512-256', 'Another algorithm of the same length is no HMAC-SHA256.', sign(BODY, SECRET, { algorithm: 'sha512-256' }));
}

function flipped(hex, index, mask) {
  return hex.slice(0, index) + (parseInt(hex[index], 16) ^ mask).toString(16) + hex.slice(index + 1);
}

function* signatureHeaders() {
  const signature = sign(BODY);
  const wrong = sign('another message');
  for (const [name, header] of [['in-lower-case', 'x-webhook-signature'], ['in-upper-case', 'X-WEBHOOK-SIGNATURE']]) {
    yield accepted(`header-named-${name}`, 'Header names are compared without regard to case.', BODY, READ, { headers: [[header, signature]] });
  }
  yield accepted('other-headers', 'Headers with other names do not count.', BODY, READ, {
    headers: [['Content-Type', 'application/json'], ['X-Signature', wrong], ['X-Webhook-Signature-256', wrong], [SIGNATURE, signature], [TIMESTAMP, SENT_AT]],
  });
  yield rejected('signature-missing', 'signature-missing', 'Nothing is accepted unsigned.', BODY, { headers: [[TIMESTAMP, SENT_AT]] });
  yield rejected('signature-missing', 'signature-in-another-header', 'Only the documented header counts.', BODY,
    { headers: [['X-Signature', signature], ['Authorization', signature], [TIMESTAMP, SENT_AT]] });
  const repeated = (name, description, ...headers) => rejected('signature-repeated', name, description, BODY, { headers: [...headers, [TIMESTAMP, SENT_AT]] });
  yield repeated('signature-twice-the-same', 'Several signatures are rejected even when they are equal.', [SIGNATURE, signature], [SIGNATURE, signature]);
  yield repeated('signature-twice-right-first', 'Several signatures are rejected, whichever is right.', [SIGNATURE, signature], [SIGNATURE, wrong]);
  yield repeated('signature-twice-right-last', 'Several signatures are rejected, whichever is right.', [SIGNATURE, wrong], [SIGNATURE, signature]);
  yield repeated('signature-twice-in-other-case', 'Header names are compared without regard to case.', [SIGNATURE, signature], ['x-webhook-signature', signature]);
  yield repeated('signature-twice-one-malformed', 'Repetition is told before form.', [SIGNATURE, signature], [SIGNATURE, '']);

  const malformed = {
    'empty': ['', 'An empty header is no signature.'],
    'joined-by-a-comma': [`${signature},${signature}`, 'Two signatures in one header are no hexadecimal digits.'],
    'in-upper-case-digits': [signature.toUpperCase(), 'The documented digits are lower-case: one signature, one text.'],
    'with-one-upper-case-digit': [signature.replace(/[a-f]/, (digit) => digit.toUpperCase()), 'The documented digits are lower-case: one signature, one text.'],
    'in-base64': [sign(BODY, SECRET, { encoding: 'base64' }), 'The documented form is hexadecimal.'],
    'in-base64url': [sign(BODY, SECRET, { encoding: 'base64url' }), 'The documented form is hexadecimal.'],
    'of-63-digits': [signature.slice(0, -1), 'One digit too few.'],
    'of-62-digits': [signature.slice(0, -2), 'One byte too few, which makes the guide\'s sample throw.'],
    'of-65-digits': [`${signature}0`, 'One digit too many.'],
    'of-66-digits': [`${signature}00`, 'One byte too many.'],
    'after-a-space': [` ${signature}`, 'White space is no digit (where a server hands it on at all).'],
    'before-a-space': [`${signature} `, 'White space is no digit (where a server hands it on at all).'],
    'with-a-line-break': [`${signature.slice(0, 32)}\r\n${signature.slice(32)}`, 'White space is no digit.'],
    'with-colons': [signature.match(/../g).join(':'), 'Only digits, nothing between them.'],
    'quoted': [`"${signature}"`, 'Quotes are no digits.'],
    'with-a-scheme': [`sha256=${signature}`, 'This provider writes no scheme before the signature.'],
    'with-0x': [`0x${signature.slice(2)}`, 'Only digits, no prefix, even where the length is right.'],
    'with-a-letter-beyond-f': [`g${signature.slice(1)}`, 'g is no hexadecimal digit.'],
    'with-full-width-digits': ['１'.repeat(64), 'Digits that look alike are no digits.'],
    'with-arabic-indic-digits': ['٣'.repeat(64), 'Digits of other scripts are no digits.'],
    'by-hmac-sha1': [sign(BODY, SECRET, { algorithm: 'sha1' }), 'Another algorithm has another length.'],
    'by-hmac-sha512': [sign(BODY, SECRET, { algorithm: 'sha512' }), 'Another algorithm has another length.'],
    'of-ten-thousand-digits': ['0'.repeat(10_000), 'Length alone must not cost or break anything.'],
    'null-in-words': ['null', 'A word is no signature.'],
  };
  for (const [name, [value, description]] of Object.entries(malformed)) {
    yield rejected('signature-malformed', `signature-${name}`, description, BODY, { signature: value });
  }
}

function* timestampHeader() {
  const off = (name, description, sentAt) => accepted(name, description, BODY, READ, { sentAt });
  yield off('header-timestamp-missing', 'The header is not signed; by default it is no reason to reject.', null);
  yield off('header-timestamp-malformed', 'The header is not signed; by default it is no reason to reject.', 'yesterday');
  yield off('header-timestamp-old', 'A redelivery may carry the first attempt\'s header; by default it is no reason to reject.', '2023-10-01T00:00:00.000Z');
  yield off('header-timestamp-ahead', 'The header is not signed; by default it is no reason to reject.', '2033-10-28T12:00:00.000Z');

  const tolerance = 'PT5M';
  const on = (name, description, sentAt) => accepted(name, description, BODY, READ, { tolerance, sentAt });
  const against = (reason, name, description, sentAt) => rejected(reason, name, description, BODY, { tolerance, sentAt });
  yield on('tolerance-now', 'The header tells the verifier\'s own time.', NOW);
  yield on('tolerance-exactly-old', 'Exactly at the tolerance is accepted.', minutes(-5));
  yield against('timestamp-too-old', 'tolerance-a-millisecond-too-old', 'One millisecond beyond the tolerance is rejected.', shifted(minutes(-5), -1));
  yield on('tolerance-exactly-ahead', 'Exactly at the tolerance is accepted, in both directions.', minutes(5));
  yield against('timestamp-too-far-ahead', 'tolerance-a-millisecond-too-far-ahead', 'One millisecond beyond the tolerance is rejected, in both directions.', shifted(minutes(5), 1));
  yield against('timestamp-too-old', 'tolerance-years-too-old', 'No distance overflows.', '0001-01-01T00:00:00Z');
  yield against('timestamp-too-far-ahead', 'tolerance-years-too-far-ahead', 'No distance overflows.', '9999-12-31T23:59:59.999Z');
  yield accepted('tolerance-of-one-second', 'The tolerance is the receiver\'s choice.', BODY, READ, { tolerance: 'PT1S', sentAt: TOLD_AT });
  yield rejected('timestamp-too-old', 'tolerance-of-one-second-passed', 'The tolerance is the receiver\'s choice.', BODY,
    { tolerance: 'PT1S', sentAt: shifted(TOLD_AT, -1) });
  yield on('tolerance-without-fraction', 'ISO 8601 without a fraction of a second.', '2023-10-28T12:00:00Z');
  yield on('tolerance-with-nanoseconds', 'ISO 8601 with nine digits of a second.', '2023-10-28T12:00:00.123456789Z');
  yield on('tolerance-with-offset', 'ISO 8601 with an offset names the same instant.', '2023-10-28T14:00:00.000+02:00');
  yield accepted('tolerance-header-named-in-lower-case', 'Header names are compared without regard to case.', BODY, READ,
    { tolerance, headers: [['x-webhook-timestamp', SENT_AT], ['x-webhook-signature', sign(BODY)]] });
  yield against('timestamp-missing', 'tolerance-and-no-header', 'Who asks for the check rejects what cannot be checked.', null);
  for (const [name, value, description] of [
    ['words', 'yesterday', 'A word is no ISO 8601 instant.'],
    ['seconds-since-the-epoch', '1698494400', 'Seconds since the epoch are no ISO 8601 instant.'],
    ['milliseconds-since-the-epoch', '1698494400500', 'Milliseconds since the epoch are no ISO 8601 instant.'],
    ['http-date', 'Sat, 28 Oct 2023 12:00:00 GMT', 'An HTTP date is no ISO 8601 instant.'],
    ['thirteenth-month', '2023-13-28T12:00:00.000Z', 'There is no thirteenth month.'],
    ['text-behind', `${SENT_AT} or so`, 'Nothing may follow the instant.'],
    ['ten-thousand-digits', '9'.repeat(10_000), 'Length alone must not cost or break anything.'],
  ]) {
    yield against('timestamp-malformed', `tolerance-and-header-of-${name}`, description, value);
  }
}

function* signedTimestamp() {
  const told = (timestamp) => [bodyOf({ timestamp }), { ...READ, timestamp }];
  const inside = (name, description, timestamp, options) => accepted(name, description, ...told(timestamp), options);
  const outside = (reason, name, description, timestamp, options) => rejected(reason, name, description, told(timestamp)[0], options);
  const threeDaysAgo = minutes(-72 * 60);

  yield inside('event-exactly-as-old-as-the-window', 'Exactly 72 hours old is accepted.', threeDaysAgo);
  yield outside('event-too-old', 'event-a-millisecond-too-old', 'One millisecond older than 72 hours is rejected.', shifted(threeDaysAgo, -1));
  yield outside('event-too-old', 'event-years-old', 'No distance overflows.', '0001-01-01T00:00:00Z');
  yield inside('event-exactly-five-minutes-ahead', 'Exactly 5 minutes ahead is accepted.', minutes(5));
  yield outside('event-too-far-ahead', 'event-a-millisecond-too-far-ahead', 'One millisecond more than 5 minutes ahead is rejected.', shifted(minutes(5), 1));
  yield outside('event-too-far-ahead', 'event-years-ahead', 'No distance overflows.', '9999-12-31T23:59:59.999Z');
  yield outside('event-too-old', 'event-too-old-with-a-fresh-header', 'The unsigned header makes no old event young.', shifted(threeDaysAgo, -1), { sentAt: NOW });
  const replayWindow = 'PT1H';
  yield inside('window-of-one-hour-exactly', 'The replay window is the receiver\'s choice.', minutes(-60), { replayWindow });
  yield outside('event-too-old', 'window-of-one-hour-passed', 'The replay window is the receiver\'s choice.', shifted(minutes(-60), -1), { replayWindow });
  yield inside('window-of-one-hour-and-five-minutes-ahead', 'The 5 minutes ahead do not depend on the window.', minutes(5), { replayWindow });
  yield inside('window-of-a-week', 'A longer window lets in what the default rejects.', minutes(-7 * 24 * 60), { replayWindow: 'P7D' });
  yield inside('event-time-without-fraction', 'ISO 8601 without a fraction of a second.', '2023-10-28T12:00:00Z');
  yield inside('event-time-with-nanoseconds', 'ISO 8601 with nine digits of a second.', '2023-10-28T11:59:59.123456789Z');
  yield inside('event-time-with-offset', 'ISO 8601 with an offset names the same instant.', '2023-10-28T14:00:00.000+02:00');
  yield inside('event-old-with-tolerance', 'The tolerance is for the header alone: a slow retry carries an older event.', minutes(-60),
    { tolerance: 'PT5M', sentAt: NOW });
}

function* malformedPayloads() {
  const malformed = (name, description, body) => rejected('payload-malformed', name, description, body);
  const unread = (name, description, body) => rejected('payload-malformed', name, description, body,
    { secrets: PER_EVENT, signedBy: 'whsec-of-extracted' });

  for (const [name, sequence] of Object.entries(invalidUtf8)) {
    yield malformed(`body-with-${name}`, 'Strict UTF-8, though rightly signed.', joined(BODY.replace('}', ',"x":"'), sequence, '"}'));
  }
  yield unread('body-with-invalid-utf8-and-secret-per-event', 'A body that cannot be read names no event, so no secret.',
    joined(BODY.replace('}', ',"x":"'), [0xff], '"}'));
  yield malformed('utf16', 'JSON over the network is UTF-8.', Buffer.from(BODY, 'utf16le'));
  yield malformed('byte-order-mark', 'JSON begins with no byte order mark; this provider\'s pages know none.', joined(UTF8_BOM, BODY));
  yield unread('byte-order-mark-and-secret-per-event', 'JSON begins with no byte order mark; this provider\'s pages know none.', joined(UTF8_BOM, BODY));
  yield malformed('body-empty', 'Nothing is no JSON, though rightly signed.', '');
  yield unread('body-empty-and-secret-per-event', 'Nothing is no JSON.', '');
  yield malformed('body-white-space', 'White space is no JSON.', ' \r\n');
  yield malformed('body-cut-short', 'The sender signed half a document.', BODY.slice(0, -1));
  yield unread('body-cut-short-and-secret-per-event', 'The event type stands in it, but the document is no JSON.', BODY.slice(0, -1));
  yield malformed('body-followed-by-text', 'One document and nothing behind it.', `${BODY}x`);
  yield malformed('body-followed-by-a-document', 'One document and nothing behind it.', `${BODY}{}`);
  yield malformed('body-as-form', 'A form is no JSON.', 'eventId=1&eventType=extracted');
  for (const [name, text] of Object.entries({
    'trailing-comma': '[1,]', 'comment': '/* x */1', 'single-quotes': '\'x\'', 'nan': 'NaN', 'leading-zero': '01',
    'raw-control-character': '"a\tb"', 'bad-escape': '"\\x41"', 'unquoted-name': '{a:1}',
  })) {
    yield malformed(`not-json-${name}`, 'JSON as in RFC 8259, nothing more lenient, though rightly signed.', BODY.replace('}', `,"x":${text}}`));
  }
}

function* limits() {
  const withMember = (text) => BODY.replace('}', `,"x":${text}}`);
  const malformed = (name, description, body) => rejected('payload-malformed', name, description, body);
  yield accepted('nesting-1000', '1,000 levels are accepted; the document\'s own object is the first.', withMember(nested(999)));
  yield malformed('nesting-1001', 'The 1,001st level is rejected, though rightly signed.', withMember(nested(1000)));
  yield accepted('nesting-1000-of-objects', 'Objects count like arrays.', withMember(`${'{"a":'.repeat(998)}{}${'}'.repeat(998)}`));
  yield malformed('nesting-1001-of-objects', 'Objects count like arrays.', withMember(`${'{"a":'.repeat(999)}{}${'}'.repeat(999)}`));
  yield malformed('nesting-50000', 'No depth overflows a stack.', withMember(nested(50_000)));
  yield accepted('number-of-1000-digits', '1,000 characters are accepted.', withMember('7'.repeat(1000)));
  yield malformed('number-of-1001-digits', 'The 1,001st character is rejected, though rightly signed.', withMember('7'.repeat(1001)));
  yield accepted('number-of-1000-characters', 'Sign, point and exponent count as characters.', withMember(`-0.${'1'.repeat(993)}e-10`));
  yield malformed('number-of-1001-characters', 'Sign, point and exponent count as characters.', withMember(`-0.${'1'.repeat(994)}e-10`));
  yield accepted('number-with-a-huge-exponent', 'A huge exponent costs nothing.', withMember('[1e999999999,-1E-999999999]'));
  yield accepted('template-id-of-1000-digits', 'The longest number that is read is a text of 1,000 characters.',
    BODY.replace('"templateId":1', `"templateId":${'8'.repeat(1000)}`), { ...READ, templateId: '8'.repeat(1000) });
  yield rejected('payload-malformed', 'nesting-1001-and-secret-per-event', 'Beyond a limit no secret is chosen.', withMember(nested(1000)),
    { secrets: PER_EVENT, signedBy: 'whsec-of-extracted' });
}

function* unexpectedPayloads() {
  const unexpected = (name, description, body, options) => rejected('payload-unexpected', name, description, body, options);
  const required = { eventId: 'event-id', eventType: 'event-type', timestamp: 'timestamp' };
  for (const [member, name] of Object.entries(required)) {
    for (const [kind, value] of Object.entries({ absent: undefined, null: null, empty: '', object: { a: 1 }, list: ['extracted'], true: true })) {
      yield unexpected(`${name}-${kind}`, `${member} is required and is text.`, bodyOf({ [member]: value }));
    }
  }
  yield unexpected('event-type-number', 'A type is no identifier: a number is not read as text.', bodyOf({ eventType: 1 }));
  yield unexpected('timestamp-number', 'The time is ISO 8601 text, not seconds since the epoch.', bodyOf({ timestamp: 1698494400 }));
  yield unexpected('timestamp-no-instant', 'The time is ISO 8601 text.', bodyOf({ timestamp: 'yesterday' }));
  yield unexpected('timestamp-thirteenth-month', 'There is no thirteenth month.', bodyOf({ timestamp: '2023-13-28T12:00:00.000Z' }));
  yield unexpected('names-in-another-case', 'Names are compared exactly.',
    JSON.stringify(Object.fromEntries(Object.entries(EVENT).map(([name, value]) => [name.toLowerCase(), value]))));
  for (const [name, text] of Object.entries({ 'empty-object': '{}', list: `[${BODY}]`, string: '"extracted"', number: '1', null: 'null', true: 'true' })) {
    yield unexpected(`body-${name}`, 'An event is an object with three required members, though rightly signed.', text);
    yield unexpected(`body-${name}-and-secret-per-event`, 'What names no event chooses no secret.', text, { secrets: PER_EVENT, signedBy: 'whsec-of-extracted' });
  }
  const twice = {
    'the-same': [BODY.replace('{', '{"eventType":"extracted",'), 'A type that stands twice is rejected even when it is the same.'],
    'another-first': [BODY.replace('{', '{"eventType":"export",'), 'A type that stands twice is rejected: parsers differ on which one counts.'],
    'another-last': [BODY.replace('}', ',"eventType":"export"}'), 'A type that stands twice is rejected: parsers differ on which one counts.'],
    'by-escapes': [BODY.replace('}', ',"event\\u0054ype":"export"}'), 'Names are compared after their escapes are read.'],
    'with-null': [BODY.replace('}', ',"eventType":null}'), 'A type that stands twice is rejected, whatever its values.'],
  };
  for (const [name, [body, description]] of Object.entries(twice)) {
    yield unexpected(`event-type-twice-${name}`, description, body);
    // the first type chooses the secret
    const signedBy = name === 'another-first' ? 'whsec-of-export' : 'whsec-of-extracted';
    yield unexpected(`event-type-twice-${name}-and-secret-per-event`, description, body, { secrets: PER_EVENT, signedBy });
  }
  for (const [kind, value] of Object.entries({ absent: undefined, null: null, empty: '', number: 1, list: ['extracted'] })) {
    yield unexpected(`event-type-${kind}-and-secret-per-event`, 'Without a type no secret can be chosen.', bodyOf({ eventType: value }),
      { secrets: PER_EVENT, signedBy: 'whsec-of-extracted' });
  }
}

function* orderOfChecks() {
  const wrong = { signature: sign('another message') };
  const noJson = '{"eventId":';
  const perEvent = { secrets: PER_EVENT };
  yield rejected('signature-missing', 'no-signature-and-no-json', 'The signature\'s form is looked at first.', noJson, { ...perEvent, headers: [] });
  yield rejected('signature-malformed', 'malformed-signature-and-no-json', 'The signature\'s form is looked at first.', noJson, { ...perEvent, signature: 'x' });
  yield rejected('signature-malformed', 'malformed-signature-and-no-secret', 'The signature\'s form is looked at first.', bodyOf({ eventType: 'archived' }),
    { ...perEvent, signature: 'x' });
  yield rejected('signature-mismatch', 'wrong-signature-and-no-json', 'With one secret nothing is parsed before the signature holds.', noJson, wrong);
  yield rejected('payload-malformed', 'wrong-signature-and-no-json-and-secret-per-event', 'With a secret per event the type must be read first.', noJson,
    { ...perEvent, ...wrong });
  yield rejected('signature-mismatch', 'wrong-signature-and-type-twice', 'With one secret nothing is parsed before the signature holds.',
    BODY.replace('{', '{"eventType":"export",'), wrong);
  yield rejected('signature-mismatch', 'wrong-signature-and-type-twice-and-secret-per-event', 'With a secret per event the first type is read first.',
    BODY.replace('{', '{"eventType":"export",'), { ...perEvent, ...wrong });
  yield rejected('secret-missing', 'wrong-signature-and-no-secret', 'Without a secret there is nothing to compare with.', bodyOf({ eventType: 'archived' }),
    { ...perEvent, ...wrong });
  yield rejected('signature-mismatch', 'wrong-signature-and-event-id-absent-and-secret-per-event', 'Only the type is needed before the signature.',
    bodyOf({ eventId: undefined }), { ...perEvent, ...wrong });
  yield rejected('signature-mismatch', 'wrong-signature-and-times-too-old', 'Times are looked at after the signature.', bodyOf({ timestamp: '2020-01-01T00:00:00Z' }),
    { ...wrong, tolerance: 'PT5M', sentAt: '2020-01-01T00:00:00Z' });
  yield rejected('payload-unexpected', 'event-id-absent-and-header-too-old', 'The payload is looked at before the times.', bodyOf({ eventId: undefined }),
    { tolerance: 'PT5M', sentAt: '2020-01-01T00:00:00Z' });
  yield rejected('timestamp-too-old', 'header-and-event-too-old', 'The header\'s time is looked at before the body\'s.', bodyOf({ timestamp: '2020-01-01T00:00:00Z' }),
    { tolerance: 'PT5M', sentAt: '2020-01-01T00:00:00Z' });
  yield rejected('timestamp-missing', 'header-missing-and-event-too-old', 'The header\'s time is looked at before the body\'s.', bodyOf({ timestamp: '2020-01-01T00:00:00Z' }),
    { tolerance: 'PT5M', sentAt: null });
}
