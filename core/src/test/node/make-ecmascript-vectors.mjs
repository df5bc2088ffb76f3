// Writes core/src/test/resources/ecmascript: JSON texts beside what JavaScript makes of them,
// JSON.stringify(JSON.parse(text)), as Node.js computes it. See README.md beside this file.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { documents } from './ecmascript/documents.mjs';
import { invalid } from './ecmascript/invalid.mjs';
import { members } from './ecmascript/members.mjs';
import { numbers } from './ecmascript/numbers.mjs';
import { strings } from './ecmascript/strings.mjs';

const directory = fileURLToPath(new URL('../resources/ecmascript/', import.meta.url));

const stringified = (text) => JSON.stringify(JSON.parse(text));

function nothing(text) {
  try {
    JSON.parse(text);
  } catch {
    return '';
  }
  throw new Error(`JSON.parse accepts ${JSON.stringify(text)}`);
}

function asBase64(text) {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.toString('utf8') !== text) {
    throw new Error(`A lone surrogate cannot be written as UTF-8: ${JSON.stringify(text)}`);
  }
  return bytes.toString('base64');
}

function asAscii(text) {
  if (!/^[ -~]+$/.test(text)) {
    throw new Error(`Not printable ASCII: ${JSON.stringify(text)}`);
  }
  return text;
}

function numberInLimits(text) {
  if (text.length > 1000) {
    throw new Error(`A number of ${text.length} characters: ${text}`);
  }
  return stringified(text);
}

function write(name, texts, expected, column) {
  const lines = [...new Set(texts)].map((text) => `${column(text)}\t${column(expected(text))}\n`);
  const head = `# Made by core/src/test/node/make-ecmascript-vectors.mjs with Node.js ${process.version}; do not edit.\n`;
  const content = head + lines.join('');
  writeFileSync(directory + name, content);
  console.log(`${name}: ${lines.length} cases, ${content.length} bytes`);
}

mkdirSync(directory, { recursive: true });
write('numbers.tsv', numbers(), numberInLimits, asAscii);
write('strings.b64.tsv', strings(), stringified, asBase64);
write('members.b64.tsv', members(), stringified, asBase64);
write('documents.b64.tsv', documents(), stringified, asBase64);
write('invalid.b64.tsv', invalid(), nothing, asBase64);
