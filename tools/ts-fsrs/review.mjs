// What ts-fsrs makes of reviews, with its defaults and without fuzz.
//   ts-fsrs                        of reviews on standard input, one a line: card_id<TAB>ts_ms<TAB>rating
//   ts-fsrs --random COUNT SEED    of random reviews, the same for the same seed
// Prints a line for each: card_id, ts_ms, rating, stability, difficulty, retrievability before, due_ms, with tabs
// between; every number as exactly as it is.
import { createInterface } from 'node:readline';
import { createEmptyCard, fsrs } from 'ts-fsrs';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

// T. Ettinger's mulberry32: from 0, below 1.
function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

// Cards of 1 to 60 reviews each. Gaps from a second to about ten years, with many near midnight, on the same day and on
// the day that is due; learners who nearly always know, and learners who seldom do.
function* randomReviews(count, seed, dueOf) {
  const random = randomNumbers(seed);
  for (let written = 0, card = 0; written < count; ++card) {
    const id = `c${card}`;
    const strength = random();
    let now = Math.floor(1.6e12 + random() * 1e11);
    for (let left = 1 + Math.floor(random() * 60); left > 0 && written < count; --left, ++written) {
      const lucky = random();
      const rating = lucky > 0.3 + 0.65 * strength ? 1 : 2 + Math.floor(random() * 3);
      yield [id, now, rating];
      const kind = random();
      if (kind < 0.3) now += Math.floor(random() * 20 * MINUTE);
      else if (kind < 0.6) now = Math.max(now, dueOf(id) + Math.floor((random() - 0.3) * DAY));
      else if (kind < 0.7) now = Math.max(now, Math.ceil((now + 1) / DAY) * DAY + Math.floor((random() - 0.5) * 2000));
      else now += Math.floor(1000 * Math.exp(random() * Math.log(3.2e8)));
    }
  }
}

async function* readReviews() {
  for await (const line of createInterface({ input: process.stdin })) {
    const [id, ms, rating] = line.split('\t');
    yield [id, Number(ms), Number(rating)];
  }
}

const scheduler = fsrs({ enable_fuzz: false });
const cards = new Map();
const [flag, count, seed] = process.argv.slice(2);
const reviews =
  flag === '--random'
    ? randomReviews(Number(count), Number(seed), (id) => cards.get(id).due.getTime())
    : readReviews();
for await (const [id, ms, rating] of reviews) {
  const now = new Date(ms);
  const card = cards.get(id) ?? createEmptyCard(now);
  const retrievability = scheduler.get_retrievability(card, now, false);
  const next = scheduler.next(card, now, rating).card;
  cards.set(id, next);
  console.log([id, ms, rating, next.stability, next.difficulty, retrievability, next.due.getTime()].join('\t'));
}
