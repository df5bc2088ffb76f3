// What a vector looks like, whoever the provider is.
export const UTF8_BOM = Buffer.from([0xef, 0xbb, 0xbf]);

export const bytes = (body) => Buffer.isBuffer(body) ? body : Buffer.from(body, 'utf8');

// Parts are text, or lists of byte values where no text could be written.
export const joined = (...parts) => Buffer.concat(parts.map((part) => Array.isArray(part) ? Buffer.from(part) : bytes(part)));

export function rejection(reason) {
  return { outcome: 'rejected', status: reason.startsWith('payload-') ? 400 : 401, reason };
}

// One member a line: long, but it can be read and compared.
export function fileText(provider, description, vectors) {
  const lines = vectors.map((vector) =>
    `    {\n${Object.entries(vector).map(([name, value]) => `      ${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(',\n')}\n    }`);
  return `{\n  "format": 1,\n  "provider": ${JSON.stringify(provider)},\n  "description": ${JSON.stringify(description)},\n`
    + `  "vectors": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

export const escapedNonAscii = (json) =>
  json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

// Nested arrays, `levels` deep.
export const nested = (levels) => '['.repeat(levels) + ']'.repeat(levels);

// The last character of a base64 text whose unused bits are zero, with one of these bits set.
export function withTrailingBits(base64) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const last = base64.length - 2;
  return `${base64.slice(0, last)}${alphabet[alphabet.indexOf(base64[last]) | 1]}=`;
}

export const invalidUtf8 = {
  'a-byte-that-is-never-utf8': [0xff],
  'a-lone-continuation-byte': [0x80],
  'an-overlong-form': [0xc0, 0xaf],
  'a-surrogate-in-utf8': [0xed, 0xa0, 0x80],
  'a-surrogate-pair-in-utf8': [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80],
  'a-character-cut-short': [0xe2, 0x82],
  'a-code-point-beyond-unicode': [0xf4, 0x90, 0x80, 0x80],
};
