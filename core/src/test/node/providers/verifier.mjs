// A verifier of its own for both providers, written from docs/vectors.md and not from the code that makes the vectors.
// It says what a vector's `expected` should say; it does not compare in constant time and is no receiver.
import { createHmac } from 'node:crypto';

const KNOWN_EXTRACTIONS = new Set(['extraction.processed', 'extraction.edited', 'extraction.confirmed', 'extraction.failed']);

class Rejection extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

export function verify(provider, vector) {
  try {
    return { outcome: 'accepted', ...(provider === 'extracta' ? extracta(vector) : formflow(vector)) };
  } catch (rejection) {
    if (!(rejection instanceof Rejection)) {
      throw rejection;
    }
    return { outcome: 'rejected', status: /^payload/.test(rejection.reason) ? 400 : 401, reason: rejection.reason };
  }
}

function extracta({ secrets, headers, body }) {
  const signature = signatureOf(headers, (value) => /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(value));
  const { value, members } = document(textOf(body).replace(/^\ufeff/, ''));
  const result = members.findLast(({ name }) => name === 'result');
  demand(result !== undefined, 'payload-unexpected');
  const forms = { raw: result.text, ecmascript: JSON.stringify(value.result) };
  for (const [signedForm, message] of Object.entries(forms)) {
    const matchedSecret = secrets.findIndex((secret) =>
      createHmac('sha256', secret.replace('E_AI_K_', '')).update(message).digest('base64') === signature);
    if (matchedSecret >= 0) {
      const isKnown = KNOWN_EXTRACTIONS.has(value.event);
      return {
        matchedSecret,
        signedForm,
        signedMessage: Buffer.from(message).toString('base64'),
        unsignedType: typeof value.event === 'string' ? value.event : null,
        files: isKnown ? filesOf(value.result) : null,
      };
    }
  }
  throw new Rejection('signature-mismatch');
}

function filesOf(result) {
  return (Array.isArray(result) ? result : []).map((file) => {
    const { extractionId, batchId, fileId, fileName, status, url } = isObject(file) ? file : {};
    return texts({ extractionId, batchId, fileId, fileName, status, url });
  });
}

function formflow({ secrets, now, tolerance, replayWindow = 'PT72H', headers, body }) {
  const signature = signatureOf(headers, (value) => /^[0-9a-f]{64}$/.test(value));
  const candidates = Array.isArray(secrets) ? secrets : secretsFor(secrets, document(textOf(body)));
  const raw = Buffer.from(body, 'base64');
  const matchedSecret = candidates.findIndex((secret) => createHmac('sha256', secret).update(raw).digest('hex') === signature);
  demand(matchedSecret >= 0, 'signature-mismatch');

  const { value, members } = document(textOf(body));
  eventType(value, members);
  const told = instant(value.timestamp);
  demand(isObject(value) && isIdentifier(value.eventId) && told !== null, 'payload-unexpected');
  const clock = instant(now);
  if (tolerance !== undefined) {
    const sentAt = valuesOf(headers, 'x-webhook-timestamp')[0];
    demand(sentAt !== undefined, 'timestamp-missing');
    demand(instant(sentAt) !== null, 'timestamp-malformed');
    demand(instant(sentAt) >= clock - milliseconds(tolerance), 'timestamp-too-old');
    demand(instant(sentAt) <= clock + milliseconds(tolerance), 'timestamp-too-far-ahead');
  }
  demand(told >= clock - milliseconds(replayWindow), 'event-too-old');
  demand(told <= clock + milliseconds('PT5M'), 'event-too-far-ahead');
  const asWritten = (name) => {
    const member = members.findLast((candidate) => candidate.name === name);
    return typeof value[name] === 'number' ? member.text : value[name];
  };
  return { matchedSecret, ...texts({ eventId: asWritten('eventId'), eventType: value.eventType, timestamp: value.timestamp,
    submissionId: asWritten('submissionId'), templateId: asWritten('templateId') }) };
}

// The first type chooses the secret; that there is no second one is looked at once the signature holds.
function secretsFor(secrets, { members }) {
  const first = members.find(({ name }) => name === 'eventType');
  const type = first === undefined ? null : JSON.parse(first.text);
  demand(typeof type === 'string' && type !== '', 'payload-unexpected');
  demand(Object.hasOwn(secrets, type), 'secret-missing');
  return secrets[type];
}

function eventType(value, members) {
  const types = members.filter(({ name }) => name === 'eventType');
  demand(types.length === 1 && typeof value.eventType === 'string' && value.eventType !== '', 'payload-unexpected');
  return value.eventType;
}

function signatureOf(headers, isWellFormed) {
  const values = valuesOf(headers, 'x-webhook-signature');
  demand(values.length > 0, 'signature-missing');
  demand(values.length === 1, 'signature-repeated');
  demand(isWellFormed(values[0]), 'signature-malformed');
  return values[0];
}

function valuesOf(headers, wanted) {
  return headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
}

function textOf(body) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(body, 'base64'));
  } catch {
    throw new Rejection('payload-malformed');
  }
}

// The value, and the members of the outermost object with the text of their values.
function document(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Rejection('payload-malformed');
  }
  const members = [];
  let depth = 0;
  let name = null; // of the top-level member whose value is being read
  let previous = null; // the top-level string that may turn out to be a name
  let start = 0;
  const endMember = (end) => {
    if (name !== null) {
      members.push({ name, text: text.slice(start, end).trim() });
      name = null;
    }
  };
  for (const { 0: token, index } of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/gs)) {
    if (token === '}' || token === ']') {
      if (depth === 1) {
        endMember(index);
      }
      depth--;
    } else if (token === '{' || token === '[') {
      depth++;
      demand(depth <= 1000, 'payload-malformed');
    } else if (depth === 1 && token === ',') {
      endMember(index);
    } else if (depth === 1 && token === ':') {
      name = JSON.parse(previous);
      start = index + 1;
    } else if (token[0] === '"') {
      previous = token;
    } else if (/^[-0-9]/.test(token)) {
      demand(token.length <= 1000, 'payload-malformed');
    }
  }
  return { value, members };
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isIdentifier(value) {
  return typeof value === 'number' || (typeof value === 'string' && value !== '');
}

function texts(members) {
  return Object.fromEntries(Object.entries(members).map(([name, value]) =>
    [name, ['string', 'number'].includes(typeof value) ? String(value) : null]));
}

function instant(text) {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/.test(text)) {
    return null;
  }
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : time;
}

function milliseconds(duration) {
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
  return (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

function demand(holds, reason) {
  if (!holds) {
    throw new Rejection(reason);
  }
}
