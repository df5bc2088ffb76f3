// Random numbers that a seed determines (mulberry32), so that two runs make the same deliveries.
export function seeded(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = bound => Math.floor(next() * bound);
  return { below, oneOf: list => list[below(list.length)], bytes: length => Buffer.from(Array.from({ length }, () => below(256))) };
}
