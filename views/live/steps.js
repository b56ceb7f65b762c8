// What this tab can take back and do again: a history each for notes, answers and drafted decisions. A step is a list of
// {op_id, effect, inverse}: what an op did to one property of an item, and what taking it back does. Undoing a step makes
// another step, which redo undoes in turn.

const UNDO_STEPS = 40;

class UndoSteps {
  constructor(workshop, kind = "note") {
    const of = kind === "note" ? "" : `-${kind}`;
    this.keys = { done: `${STORAGE_PREFIX}:undo${of}:${workshop}`, undone: `${STORAGE_PREFIX}:redo${of}:${workshop}` };
    this.done = kept.read("sessionStorage", this.keys.done) ?? [];
    this.taken = kept.read("sessionStorage", this.keys.undone) ?? [];
  }

  last() {
    return this.done.at(-1) ?? null;
  }

  lastUndone() {
    return this.taken.at(-1) ?? null;
  }

  /** A new change: what was taken back before it cannot be done again on top of it. */
  made(step) {
    this.keep([...this.done, step], []);
  }

  undone(step, reversed) {
    this.keep(apart(this.done, step), [...this.taken, reversed]);
  }

  redone(step, reversed) {
    this.keep([...this.done, reversed], apart(this.taken, step));
  }

  /** The server refused an op: its step can be neither taken back nor done again. */
  forget(opId) {
    this.keep(without(this.done, opId), without(this.taken, opId));
  }

  /** The server refused some of a step: the rest can still be taken back or done again. */
  forgetParts(opIds) {
    const rest = (steps) => steps.map((step) => step.filter((part) => !opIds.includes(part.op_id)));
    this.keep(rest(this.done).filter((step) => step.length), rest(this.taken).filter((step) => step.length));
  }

  /** What was done to an item can no longer be taken back; the rest of each step can. */
  forgetItem(item) {
    const parts = [...this.done, ...this.taken].flat().filter(({ effect }) => effect.item === item);
    this.forgetParts(parts.map(({ op_id }) => op_id));
  }

  keep(done, taken) {
    this.done = done.slice(-UNDO_STEPS);
    this.taken = taken.slice(-UNDO_STEPS);
    kept.write("sessionStorage", this.keys.done, this.done);
    kept.write("sessionStorage", this.keys.undone, this.taken);
  }
}

function without(steps, opId) {
  return steps.filter((step) => step.every((part) => part.op_id !== opId));
}

/** Return the steps without one that is taken from them, also when some of its parts were forgotten meanwhile. */
function apart(steps, step) {
  const its = new Set(step.map((part) => part.op_id));
  return steps.filter((other) => !other.some((part) => its.has(part.op_id)));
}

/** Return one part of a step for a change that is on its way. */
function stepPart(opId, { id, action, prop, value, before }) {
  const set = { id, action: "set" };
  if (action !== "add") return { op_id: opId, effect: { ...set, prop, value }, inverse: { ...set, prop, value: before } };
  const deleted = { ...set, prop: "deleted" };
  return { op_id: opId, effect: { ...deleted, value: false }, inverse: { ...deleted, value: true } };
}
