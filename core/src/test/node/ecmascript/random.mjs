// A seeded generator (mulberry32), so that every run writes the same files.
export function seededRandom(seed) {
  let state = seed >>> 0;

  const uint32 = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  const below = (bound) => Math.floor((uint32() / 2 ** 32) * bound);

  return {
    uint32,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => uint32() / 2 ** 32 < probability,
    pick: (list) => list[below(list.length)],
    digits: (count) => Array.from({ length: count }, () => below(10)).join(''),
    shuffled: (list) => {
      const copy = [...list];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = below(i + 1);
        [copy[i], copy[j]] = [copy[j], copy[i]];
      }
      return copy;
    },
  };
}
