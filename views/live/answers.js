// Changes of answers and of drafted decisions for the live client: one op for each property, and batches of them that the
// server takes or refuses whole. Sends nothing and knows no looks.

const OPS_AT_MOST = 200;
// The server reads no message of more than 64,000 letters; the rest is for the frame around.
const LETTERS_AT_MOST = 60_000;
const ANSWER_TOO_LARGE = "This is more than can be sent in one go, so it was not sent. Take something out of it.";

/** The changes of one item, in the order in which they are made: {frame, effect, inverse} for each property. */
function changesOfItem({ item, changes, bases = {}, before = {} }) {
  return Object.entries(changes).map(([prop, value]) => ({
    frame: { t: "op", op_id: randomId(20), base: bases[prop] ?? 0, action: "set", item, prop, value },
    effect: { item, prop, value },
    inverse: { item, prop, value: before[prop] ?? null },
  }));
}

/** What records a drafted decision: it comes after the changes of the same draft, and nothing takes it back. */
function recordOfItem(item, value) {
  const effect = { item, prop: "record", value };
  return { frame: { t: "op", op_id: randomId(20), base: 0, action: "record", item, value }, effect, inverse: { ...effect, value: null } };
}

/** Whose history a change belongs to, and who is told when it is refused. */
function kindOfItem(item) {
  return item.startsWith("draft:") ? "draft" : "answer";
}

/** What takes a step back, by item, because one that somebody else has changed must not hold the others. */
function takingBack(step) {
  const items = new Map();
  for (const { op_id: undoes, effect, inverse } of [...step].reverse()) {
    if (!items.has(effect.item)) items.set(effect.item, []);
    items.get(effect.item).push({ frame: { t: "undo", op_id: randomId(20), undoes }, effect: inverse, inverse: effect });
  }
  return [...items.values()];
}

/** Join the changes of several items into as few batches as the server takes. An item is never torn apart. */
function batchesOf(items) {
  const batches = [];
  let room = { ops: 0, letters: 0 };
  for (const changes of items) {
    const size = { ops: changes.length, letters: lettersOf(changes) };
    if (size.ops > room.ops || size.letters > room.letters) {
      batches.push([]);
      room = { ops: OPS_AT_MOST, letters: LETTERS_AT_MOST };
    }
    batches.at(-1).push(...changes);
    room = { ops: room.ops - size.ops, letters: room.letters - size.letters };
  }
  return batches;
}

function lettersOf(changes) {
  return changes.reduce((sum, { frame }) => sum + JSON.stringify(frame).length + 1, 0);
}

/** A batch as the frame to send, and what it does before the server answers. */
function batchFrame(batch) {
  const parts = batch.map(({ frame, effect, inverse }) => ({ op_id: frame.op_id, ...effect, before: inverse.value }));
  return { frame: { t: "ops", ops: batch.map(({ frame }) => frame) }, effect: { kind: kindOfItem(parts[0].item), parts } };
}

/** What a batch is in the history: see steps.js. */
function stepOf(batch) {
  return batch.map(({ frame, effect, inverse }) => ({ op_id: frame.op_id, effect, inverse }));
}
