import { seededRandom } from './random.mjs';

export function* members() {
  yield* integerLikeNames();
  yield* duplicates();
  yield* namesThatMeanSomethingInJavaScript();
  yield* oddNames();
  yield* manyNames(seededRandom(0x5ea1_0201));
  yield* equalHashCodes(seededRandom(0x5ea1_0202));
  yield* randomObjects(seededRandom(0x5ea1_0203));
}

// An array index ("0" to "4294967294", canonical) goes first, ascending; every other name keeps its place.
const INTEGER_LIKE = [
  '0', '1', '2', '9', '10', '11', '99', '100', '101', '2147483647', '2147483648', '4294967293', '4294967294',
];
const ALMOST_INTEGER_LIKE = [
  '00', '01', '-0', '-1', '+1', '1.0', '1.', '.1', '1e3', '1E3', ' 1', '1 ', '0x1', '1_0', '١', '１', '4294967295',
  '4294967296', '4294967297', '9007199254740991', '9007199254740992', '9223372036854775808', '18446744073709551616',
  '99999999999999999999', '42949672940', '42949672950', '0000000001', 'NaN', 'Infinity', '1n', '', '-', 'a', 'b',
];

function object(names, value = (name, index) => index) {
  return `{${names.map((name, index) => `${JSON.stringify(name)}:${value(name, index)}`).join()}}`;
}

const inEscapes = (text) => `"${[...Array(text.length).keys()]
  .map((index) => `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`).join('')}"`;

function* integerLikeNames() {
  const random = seededRandom(0x5ea1_0200);
  const all = [...INTEGER_LIKE, ...ALMOST_INTEGER_LIKE];
  yield object(all);
  yield object([...all].reverse());
  for (const name of all) {
    yield object(['b', name, 'a', '3']);
    yield object(['z', '5', name]);
    yield `{"x":1,${inEscapes(name)}:2,"7":3,${JSON.stringify(name)}:4}`;
  }
  for (let count = 0; count < 200; count++) {
    yield object(random.shuffled(all).slice(0, random.between(2, 20)));
  }
  yield '{"b":0,"\\u0031":1,"\\u0030":2,"1\\u0030":3,"\\u00310":4,"a":5}';
  yield object(Array.from({ length: 300 }, (_, index) => `${300 - index}`));
  yield object(Array.from({ length: 300 }, (_, index) => `${(index * 7919) % 100003}`));
  yield object(Array.from({ length: 200 }, (_, index) => `${4294967395 - index}`));
  yield object(Array.from({ length: 40 }, (_, index) => `${2n ** BigInt(index)}`).reverse());
}

function* duplicates() {
  yield* [
    '{"a":1,"a":2}', '{"a":1,"b":2,"a":3}', '{"b":1,"a":2,"b":3,"a":4,"c":5}', '{"a":1,"a":1}',
    '{"a":1,"\\u0061":2}', '{"\\u0061":1,"b":0,"a":2}', '{"a":1,"b":2,"\\u0061":{"c":1}}', '{"/":1,"b":2,"\\/":3}',
    '{"\\n":1,"b":2,"\\u000a":3,"\\u000A":4}', '{"é":1,"b":2,"\\u00e9":3,"\\u00E9":4}', '{"é":1,"e\\u0301":2}',
    '{"😀":1,"b":2,"\\ud83d\\ude00":3,"\\uD83D\\uDE00":4}', '{"\\ud83d":1,"b":2,"\\uD83D":3}',
    '{"1":1,"a":2,"1":3}', '{"a":2,"1":1,"0":0,"1":3,"a":4}', '{"1":1,"\\u0031":2,"01":3}',
    '{"2":0,"1":0,"2":{"2":1,"1":2,"2":3}}', '{"a":{"b":1},"a":{"c":2}}', '{"a":{"b":1,"b":2},"a":{"b":3,"b":4}}',
    '{"a":{"b":1,"b":{"b":1,"b":2}},"c":0,"a":{"b":3,"b":{"x":1,"y":2,"x":3}}}', '{"a":[1,2,3],"a":[]}',
    '{"a":[],"a":{}}', '{"a":{},"a":null}', '{"a":null,"a":{}}', '{"a":1,"A":2,"a":3,"A":4}', '{"":1,"":2}',
    '{"":1,"a":2,"":3}', '[{"a":1,"a":2},{"a":3},{"a":4,"a":5}]', '{"a":1,"a":1e400}', '{"a":"x","a":-0}',
    '{"a":1,"a":2,"a":3,"a":4,"a":5,"a":6,"a":7}', '{"4294967295":1,"a":2,"4294967295":3,"4294967294":4}',
  ];
  yield object(Array.from({ length: 500 }, () => 'same'));
  yield object(Array.from({ length: 500 }, (_, index) => `k${index % 50}`));
  yield object(Array.from({ length: 500 }, (_, index) => `${(index * 13) % 50}`));
}

function* namesThatMeanSomethingInJavaScript() {
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'toJSON', 'valueOf', 'hasOwnProperty', 'length',
    '__defineGetter__', 'then', 'undefined', 'null', 'true', 'rawJSON'];
  const values = ['1', 'null', '"x"', '{}', '[]', '{"a":1}', '{"toString":1}', '{"__proto__":{"b":2}}', '[{"1":2}]'];
  for (const name of names) {
    for (const value of values) {
      yield `{"${name}":${value}}`;
      yield `{"a":1,"${name}":${value},"0":2}`;
      yield `{"${name}":${value},"b":{"${name}":${value}},"${name}":3}`;
      yield `{"${name}":3,"c":0,${inEscapes(name)}:${value}}`;
    }
  }
  yield object(names);
  yield '{"__proto__":null,"__proto__":{"x":1},"__proto__":{"y":2},"x":3}';
  yield '{"__proto__":[],"length":5}';
  yield '[{"__proto__":{"__proto__":{"__proto__":{"1":1,"0":0}}}}]';
  yield '{"\\u005f_proto__":1,"a":2,"__proto\\u005F_":3}';
  yield '{"toJSON":{"toJSON":"f"},"a":{"toJSON":null}}';
  yield '{"__proto__":{"toJSON":1},"constructor":{"prototype":{"polluted":true}}}';
}

function* oddNames() {
  const names = ['', ' ', '\\ud800', '\\udc00', '\\ud800\\ud800', '\\udfff\\ud800', '\\ud83d\\ude00', '\\u0000', '\\u001f',
    '\\u2028', '\u2028', '\u2029', '\\"', '\\\\', '\\/', '\\b\\f\\n\\r\\t', '😀', '\ufeff', '\\ufffd', '\ufffd', '\u007f',
    'é', 'e\u0301', '中文', 'a.b', 'a b', '$', '_', '-', '\uffff', '\ud7ff', '\ue000'];
  for (const name of names) {
    yield `{"${name}":{"${name}":[]}}`;
    yield `{"a":0,"${name}":1,"b":2,"${name}":3}`;
  }
  yield `{${names.map((name, index) => `"${name}":${index}`).join()}}`;
  yield `{"\uffff":1,"😀":2,"\ue000":3,"a":4}`; // the order is of appearance, not of code units or code points
  yield `{"${'k'.repeat(60_000)}":1}`;
  yield `{"${'long '.repeat(400)}":1,"${'long '.repeat(400)}":2}`;
}

function* manyNames(random) {
  for (const count of [10, 17, 64, 129, 500, 1025]) {
    yield object(Array.from({ length: count }, (_, index) => `name${(index * 7919) % 10007}`));
    yield object(Array.from({ length: count }, () => `${random.pick(['', 'x', '-'])}${random.below(count)}`));
  }
}

// "Aa" and "BB" have the same String.hashCode in Java, and so has every product of them of one length.
function* equalHashCodes(random) {
  const products = (length) => length === 0 ? [''] : products(length - 1).flatMap((tail) => [`Aa${tail}`, `BB${tail}`]);
  yield object(['BB', 'Aa', 'C#', 'BB']);
  for (const length of [2, 4, 6, 9]) {
    const names = random.shuffled(products(length));
    yield object(names);
    if (length < 9) {
      yield object([...names, ...random.shuffled(names)]);
    }
  }
  yield object(Array.from({ length: 50 }, (_, index) => '\0'.repeat(index))); // all hash to 0
}

const ALPHABET = ['a', 'b', 'c', 'aa', '0', '1', '2', '10', '01', '-1', '', '__proto__', 'é'];

function* randomObjects(random) {
  for (let count = 0; count < 3200; count++) {
    yield randomObject(random, random.between(0, 3));
  }
}

function randomObject(random, depth) {
  const parts = Array.from({ length: random.between(depth > 0 ? 1 : 0, 6) }, () => {
    const name = random.pick(ALPHABET);
    const text = name !== '' && random.chance(0.2) ? inEscapes(name) : JSON.stringify(name);
    return `${text}:${randomValue(random, depth)}`;
  });
  return `{${parts.join()}}`;
}

function randomValue(random, depth) {
  if (depth === 0 || random.chance(0.4)) {
    return random.pick(['0', '1', '2.0', '-0', 'null', 'true', 'false', '""', '"x"', '[]', '{}', '1e2', '"\\u0041"']);
  }
  return random.chance(0.75) ? randomObject(random, depth - 1)
    : `[${Array.from({ length: random.below(3) }, () => randomValue(random, depth - 1)).join()}]`;
}
