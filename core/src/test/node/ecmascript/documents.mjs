import { seededRandom } from './random.mjs';

export function* documents() {
  yield* scalarsAndEmptiness();
  yield* whiteSpace();
  yield* nesting();
  yield* bigArrays(seededRandom(0x5ea1_0301));
  yield* deliveries(seededRandom(0x5ea1_0302));
  yield* sloppilyWritten(seededRandom(0x5ea1_0303));
}

function* scalarsAndEmptiness() {
  yield* ['null', 'true', 'false', '0', '-0', '1.0', '-1e400', '""', '"text"', '"null"', '[]', '{}', '[[]]', '[{}]',
    '{"a":[]}', '{"a":{}}', '[null,true,false]', '[[],{},[],{}]', '[0,-0,0.0,-0.0]', '[1,[2,[3,[4,[5]]]]]'];
}

const WHITE_SPACE = [' ', '\t', '\n', '\r'];

function* whiteSpace() {
  const tokens = ['{', '"a"', ':', '[', '1', ',', 'true', ',', '{', '}', ',', '[', ']', ']', ',', '"b"', ':', '"x y"', '}'];
  for (const space of [...WHITE_SPACE, '\r\n', ' \t\n\r', ' '.repeat(100)]) {
    yield space + tokens.join(space) + space;
    for (const scalar of ['null', '12', '"s"', '[ ]'.replace(' ', space), '{ }'.replace(' ', space)]) {
      yield space + scalar;
      yield scalar + space;
    }
    for (let gap = 0; gap <= tokens.length; gap++) {
      yield tokens.slice(0, gap).join('') + space + tokens.slice(gap).join('');
    }
  }
  yield `${' '.repeat(10_000)}[${'\n'.repeat(10_000)}1]`;
}

function* nesting() {
  for (const depth of [2, 31, 32, 33, 255, 256, 500, 999, 1000]) {
    yield '['.repeat(depth) + ']'.repeat(depth);
    yield `${'['.repeat(depth)}1${']'.repeat(depth)}`;
    yield `${'[0,'.repeat(depth - 1)}[]${',1]'.repeat(depth - 1)}`;
    yield `${'{"a":'.repeat(depth - 1)}{}${'}'.repeat(depth - 1)}`;
    yield `${'{"b":2,"1":'.repeat(depth - 1)}{"x":1.0}${',"b":3}'.repeat(depth - 1)}`;
    const pairs = Math.floor(depth / 2);
    yield `${'[{"k":'.repeat(pairs)}0${'}]'.repeat(pairs)}`;
    yield `${'{"k":[ '.repeat(pairs)}"deep"${' ]}'.repeat(pairs)}`;
  }
  // Wide and deep: an array per level beside the next one.
  yield `${'[[[]],'.repeat(997)}[1]${']'.repeat(997)}`;
}

function* bigArrays(random) {
  yield `[${Array.from({ length: 5000 }, (_, index) => index).join()}]`;
  yield `[${Array.from({ length: 1000 }, () => `${random.below(1e6)}.${random.below(100)}0`).join(', ')}]`;
  yield `[${Array.from({ length: 2000 }, () => random.pick(['true', 'false', 'null', '[]', '{}', '""'])).join()}]`;
  yield `[${Array.from({ length: 300 }, (_, index) => `{"id":${index},"name":"n${index}"}`).join(',\n')}]`;
}

// What Extracta LABS sends, and what proxies and other serialisers make of it.
function* deliveries(random) {
  const events = ['extraction.processed', 'extraction.edited', 'extraction.confirmed', 'extraction.failed'];
  for (let count = 0; count < 25; count++) {
    const body = {
      event: random.pick(events),
      result: Array.from({ length: random.between(1, 3) }, () => extractedFile(random)),
    };
    yield JSON.stringify(body);
    yield JSON.stringify(body, null, random.pick([2, 4, '\t']));
    yield JSON.stringify(body).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    yield JSON.stringify({ result: body.result, event: body.event }).replaceAll('/', '\\/');
    yield JSON.stringify(body.result, (key, value) => isPlainObject(value)
      ? Object.fromEntries(Object.entries(value).reverse()) : value, 1).replaceAll('\n', '\r\n');
  }
}

function isPlainObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function extractedFile(random) {
  const id = () => `-O${random.uint32().toString(36)}${random.uint32().toString(36)}`;
  const supplier = random.pick(['Müller & Söhne GmbH', 'SIA "Zaļā koks"', 'ООО «Ромашка»', '株式会社サンプル', 'O\'Neil\\Partners', 'Café 😀']);
  return {
    extractionId: id(),
    batchId: id(),
    fileId: id(),
    fileName: `${random.pick(['Rechnung', 'čeks', '請求書', 'invoice'])} ${random.below(1000)}.pdf`,
    status: 'processed',
    result: {
      invoice_number: `INV/${random.between(2019, 2026)}/${random.below(10000)}`,
      supplier,
      total: random.below(1e7) / 100,
      vat_rate: random.pick([0, 0.19, 0.21, 21]),
      due: random.pick([null, '2025-02-28']),
      notes: random.pick(['', 'line one\nline two', 'tab\there', '\u2028 separator', '<b>"quoted"</b>']),
      items: Array.from({ length: random.below(4) }, (_, index) => ({
        position: index + 1,
        description: random.pick(['Holz', 'skrūves M4×20', 'прочее', '🪵']),
        quantity: random.below(1000) / 8,
        price: random.below(1e6) / 1000,
      })),
      pages: { 10: 'last', 2: 'middle', 1: 'first', extra: random.chance(0.5) },
    },
    url: `https://files.example/${id()}?token=${random.uint32()}&a=b`,
  };
}

// A writer that takes every liberty which JSON's grammar gives.
function* sloppilyWritten(random) {
  for (let count = 0; count < 2200; count++) {
    yield gap(random) + value(random, random.between(0, 4)) + gap(random);
  }
}

function gap(random) {
  return random.chance(0.6) ? '' : Array.from({ length: random.between(1, 3) }, () => random.pick(WHITE_SPACE)).join('');
}

function value(random, depth) {
  if (depth === 0 || random.chance(0.2)) {
    return random.pick([string, string, number, number, literal])(random);
  }
  return random.pick([array, objectOf, objectOf])(random, depth);
}

function list(random, open, close, element) {
  const count = random.pick([0, 1, 2, 3, 4]);
  const elements = Array.from({ length: count }, () => gap(random) + element() + gap(random));
  return open + (count === 0 ? gap(random) : elements.join()) + close;
}

function array(random, depth) {
  return list(random, '[', ']', () => value(random, depth - 1));
}

const NAMES = ['result', 'fileName', 'total', 'total', 'items', '1', '2', '10', '007', '', 'é', '__proto__', '😀', '4294967294'];

function objectOf(random, depth) {
  return list(random, '{', '}', () =>
    `${quoted(random.pick(NAMES), random)}${gap(random)}:${gap(random)}${value(random, depth - 1)}`);
}

function literal(random) {
  return random.pick(['null', 'true', 'false']);
}

function number(random) {
  const whole = random.pick(['0', `${random.between(1, 9)}`, `${random.between(1, 9)}${random.digits(random.between(1, 22))}`]);
  const fraction = random.chance(0.5) ? `.${random.digits(random.between(1, 8))}${random.pick(['', '0', '000'])}` : '';
  const exponent = random.chance(0.3)
    ? `${random.pick(['e', 'E'])}${random.pick(['', '+', '-'])}${random.pick(['', '0', '00'])}${random.below(330)}` : '';
  return random.pick(['', '', '-']) + whole + fraction + exponent;
}

function string(random) {
  const text = Array.from({ length: random.between(0, 10) }, () => random.pick([
    'a', 'b', 'Z', '0', ' ', '/', '"', '\\', '\n', '\t', '\u0007', '\u001b', 'é', 'ß', 'ł', '€', '漢', '\u2028', '\ufeff',
    '😀', '𝒳', '\ud800', '\udc00',
  ])).join('');
  return quoted(text, random);
}

const SHORT_ESCAPES = { '"': '\\"', '\\': '\\\\', '/': '\\/', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function quoted(text, random) {
  let written = '';
  for (const character of text) { // by code points: a lone surrogate is a character by itself
    written += character.length === 2 && random.chance(0.4) ? escaped(character[0], random) + escaped(character[1], random)
      : character.length === 2 ? character
      : spelledOut(character, random);
  }
  return `"${written}"`;
}

function spelledOut(character, random) {
  const mustBeEscaped = /["\\\u0000-\u001f\ud800-\udfff]/.test(character);
  if (!mustBeEscaped && random.chance(0.7)) {
    return character;
  }
  const short = SHORT_ESCAPES[character];
  return short !== undefined && random.chance(0.6) ? short : escaped(character, random);
}

function escaped(unit, random) {
  const hex = unit.charCodeAt(0).toString(16).padStart(4, '0');
  return `\\u${random.chance(0.5) ? hex : hex.toUpperCase()}`;
}
