// Judges deliveries by the documentation of the properties alone: a line of JSON in, "true" or "false" out.
import { createHmac } from 'node:crypto';
import { createInterface } from 'node:readline';

const SEPARATORS = { comma: ',', semicolon: ';', space: ' ' };

function headerValues(request, name) {
  return request.headers.filter(([header]) => header.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
}

function single(request, name) {
  const values = headerValues(request, name);
  return values.length === 1 && values[0] !== '' ? values[0] : null;
}

function stripSpaces(text) {
  return text.replace(/^ +/, '').replace(/ +$/, '');
}

function millis(text, unit) {
  if (unit === 'iso-8601') {
    const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text) ? Date.parse(text) : NaN;
    return Number.isNaN(time) ? null : time;
  }
  if (!/^(0|[1-9]\d{0,14})$/.test(text)) {
    return null;
  }
  return unit === 'milliseconds' ? Number(text) : Number(text) * 1000;
}

function isGenuine({ settings, secret, now, publicUrl, request }) {
  const signatureHeader = headerValues(request, settings['signature-header']);
  if (signatureHeader.length !== 1) {
    return false;
  }
  const separator = SEPARATORS[settings['signature-separator']];
  const elements = separator ? signatureHeader[0].split(separator).map(stripSpaces) : signatureHeader;
  const template = settings['signed-content'] ?? '{body}';
  const values = { method: request.method };
  if (template.includes('{timestamp}')) {
    const element = settings['timestamp-element'];
    const found = element
      ? elements.filter((each) => each.startsWith(element)).map((each) => each.slice(element.length))
      : headerValues(request, settings['timestamp-header']);
    if (found.length !== 1) {
      return false;
    }
    values.timestamp = found[0];
  }
  if (template.includes('{id}')) {
    values.id = single(request, settings['id-header']);
    if (values.id === null) {
      return false;
    }
  }
  values.url = publicUrl + (request.query === null ? '' : '?' + request.query);
  const body = Buffer.from(request.body, 'base64');
  const message = Buffer.concat(
    template.split(/(\{[a-z]+\})/).map((part) => {
      const name = part.match(/^\{([a-z]+)\}$/)?.[1];
      return name === 'body' ? body : Buffer.from(name ? values[name] : part);
    }),
  );
  const text = secret.slice((settings['secret-prefix'] ?? '').length);
  const key = Buffer.from(text, { text: 'utf8', hex: 'hex', base64: 'base64' }[settings['secret-encoding'] ?? 'text']);
  const algorithm = (settings.algorithm ?? 'hmac-sha256').replace('hmac-', '');
  const signature = createHmac(algorithm, key).update(message).digest(settings['signature-encoding'] ?? 'hex');
  if (!elements.includes((settings['signature-prefix'] ?? '') + signature)) {
    return false;
  }
  if (values.timestamp !== undefined) {
    const time = millis(values.timestamp, settings['timestamp-unit'] ?? 'seconds');
    if (time === null || Math.abs(time - now) > 300_000) {
      return false;
    }
  }
  try {
    const bodyText = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    return settings['body-format'] === 'text' || typeof (JSON.parse(bodyText) ?? 0) === 'object';
  } catch {
    return false;
  }
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  console.log(isGenuine(JSON.parse(line)));
}
