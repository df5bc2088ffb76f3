import { seededRandom } from './random.mjs';

const UNITS = 0x10000;

const escapedUnit = (unit) => `\\u${unit.toString(16).padStart(4, '0')}`;
const upperCaseUnit = (unit) => `\\u${unit.toString(16).toUpperCase().padStart(4, '0')}`;
const isSurrogate = (unit) => unit >= 0xd800 && unit <= 0xdfff;
const mayStandRaw = (unit) => unit >= 0x20 && unit !== 0x22 && unit !== 0x5c && !isSurrogate(unit);

export function* strings() {
  yield* everyUnitAlone();
  yield* everyUnitInARow();
  yield* everyUnitRaw();
  yield* escapes();
  yield* specialCharacters();
  yield* surrogates();
  yield* astralPlanes(seededRandom(0x5ea1_0101));
  yield* mixtures(seededRandom(0x5ea1_0102));
}

// Each a string of its own, so that every surrogate is a lone one; 64 to a line.
function* everyUnitAlone() {
  for (let start = 0; start < UNITS; start += 64) {
    yield `[${range(start, start + 64).map((unit) => `"${upperCaseUnit(unit)}"`).join()}]`;
  }
}

// One string of many: U+DBFF and U+DC00 are neighbours in one of them and make a pair.
function* everyUnitInARow() {
  for (let start = 0; start < UNITS; start += 6554) {
    yield `"${range(start, Math.min(start + 6554, UNITS)).map(escapedUnit).join('')}"`;
  }
}

function* everyUnitRaw() {
  for (let start = 0; start < UNITS; start += 64) {
    const text = String.fromCharCode(...range(start, start + 64).filter(mayStandRaw));
    if (text !== '') {
      yield `"${text}"`;
    }
  }
}

function* escapes() {
  for (const escape of ['\\"', '\\\\', '\\/', '\\b', '\\f', '\\n', '\\r', '\\t']) {
    yield* asValueAndName(escape);
    yield* asValueAndName(`a${escape}b${escape}${escape}`);
  }
  for (const text of [
    '', '\\"\\\\\\/\\b\\f\\n\\r\\t', '\\u0022', '\\u005c', '\\u005C', '\\u002f', '\\u002F', '/', '//', '</script>',
    '\\u003c\\u003E\\u0026', '\\u00e9', '\\u00E9', 'é', '\\u20aC', '\\u20Ac', '€', '\\\\u0041', '\\\\\\u0041',
    '\\\\\\\\u0041', '\\u005cu0041', '\\u005Cn', '\\\\n', '\\u0041\\u0042', '\\u00000', '\\u0000\\u0000', '\\u000a0',
    '\\u0061bc', 'a\\u0062c', 'ab\\u0063', '\\u007f', '\\u0080', '\\u009f', '\\u00a0', '\\u00ad', ' ', '   ', '\'',
  ]) {
    yield* asValueAndName(text);
  }
  for (let unit = 0; unit < 0x180; unit++) {
    yield `{"${escapedUnit(unit)}":"${upperCaseUnit(unit)}"}`;
  }
}

function* specialCharacters() {
  const units = [0x7f, 0x80, 0x9f, 0xa0, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfdd0, 0xfeff, 0xfffc, 0xfffd, 0xfffe, 0xffff,
    0x2028, 0x2029, 0x200b, 0x200d, 0x202e, 0x0301, 0x1e9e, 0x130, 0x3000];
  for (const unit of units) {
    yield* asValueAndName(String.fromCharCode(unit));
    yield* asValueAndName(escapedUnit(unit));
    yield* asValueAndName(`x${String.fromCharCode(unit)}${upperCaseUnit(unit)}y`);
  }
  yield* asValueAndName('e\u0301 and \u00e9 are not made one');
}

function* surrogates() {
  const pieces = ['\\ud83d', '\\uDE00', '\\uD800', '\\udfff', '😀', 'x', '\\u0041', '\\n', '\\u20ac'];
  for (const first of pieces) {
    yield* asValueAndName(first);
    for (const second of pieces) {
      yield* asValueAndName(first + second);
      for (const third of pieces.slice(0, 7)) {
        yield* asValueAndName(first + second + third);
      }
    }
  }
  for (const text of [
    '\\ud800\\udbff\\udc00', '\\udc00\\ud800', '\\udc00\\udc00\\ud800\\ud800', 'text\\ud83d', '\\ud83dtext',
    '\\ud83d\\\\ude00', '\\ud83d\\"', '\\ud83d\\n\\ude00', '\\ud83d \\ude00', '\\ud83d😀\\ude00', '😀\\ude00',
    '\\ud83d😀', '\\ud83d\\ud83d\\ude00\\ude00', '\\uD800\\uDC00', '\\uDBFF\\uDFFF', '\\ud7ff\\ud800\\udc00\\ue000',
    '\\ud800\\ue000', '\\ud800\\ud7ff', '\\udbff\\udbff\\udbff\\udfff',
  ]) {
    yield* asValueAndName(text);
  }
}

function* astralPlanes(random) {
  const sample = [0x10000, 0x10ffff, 0x1ffff, 0x20000, 0x1f600, 0x1f468, 0xe0001, 0xf0000, 0x103ff, 0x10400];
  for (let plane = 1; plane <= 16; plane++) {
    sample.push(plane * 0x10000, plane * 0x10000 + 0xffff, plane * 0x10000 + 0xfffe);
  }
  while (sample.length < 4096) {
    sample.push(random.between(0x10000, 0x10ffff));
  }
  for (let start = 0; start < sample.length; start += 64) {
    const points = sample.slice(start, start + 64);
    yield `"${String.fromCodePoint(...points)}"`;
    yield `"${points.map((point) => asPair(point, random)).join('')}"`;
  }
}

function asPair(point, random) {
  const text = String.fromCodePoint(point);
  const spell = () => random.pick([escapedUnit, upperCaseUnit]);
  return spell()(text.charCodeAt(0)) + spell()(text.charCodeAt(1));
}

function* mixtures(random) {
  for (let count = 0; count < 1500; count++) {
    const text = Array.from({ length: random.between(1, 14) }, () => randomPiece(random)).join('');
    yield random.pick([`"${text}"`, `{"${text}":1}`, `["a","${text}"]`]);
  }
}

function randomPiece(random) {
  const surrogate = random.between(0xd800, 0xdfff);
  return random.pick([
    'a', 'Z', '0', '/', ' ', 'é', '€', '中', '😀', '\u2028', '\u2029', '\u007f', '\ufeff',
    '\\"', '\\\\', '\\/', '\\b', '\\f', '\\n', '\\r', '\\t',
    escapedUnit(surrogate), upperCaseUnit(surrogate), escapedUnit(random.below(0x20)),
    escapedUnit(random.below(UNITS)), upperCaseUnit(random.below(0x100)), asPair(random.between(0x10000, 0x10ffff), random),
  ]);
}

function* asValueAndName(text) {
  yield `"${text}"`;
  yield `{"${text}":"${text}"}`;
}

function range(from, to) {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
