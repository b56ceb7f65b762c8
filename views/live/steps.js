// What this tab can take back and do again. A step is a list of {op_id, effect, inverse}: what an op did to one
// property of a note, and what taking it back does. Undoing a step makes another step, which redo undoes in turn.

const UNDO_STEPS = 40;

class UndoSteps {
  constructor(workshop) {
    this.keys = { done: `${STORAGE_PREFIX}:undo:${workshop}`, undone: `${STORAGE_PREFIX}:redo:${workshop}` };
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
    this.keep(without(this.done, step[0].op_id), [...this.taken, reversed]);
  }

  redone(step, reversed) {
    this.keep([...this.done, reversed], without(this.taken, step[0].op_id));
  }

  /** The server refused an op: its step can be neither taken back nor done again. */
  forget(opId) {
    this.keep(without(this.done, opId), without(this.taken, opId));
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

/** Return one part of a step for a change that is on its way. */
function stepPart(opId, { id, action, prop, value, before }) {
  const set = { id, action: "set" };
  if (action !== "add") return { op_id: opId, effect: { ...set, prop, value }, inverse: { ...set, prop, value: before } };
  const deleted = { ...set, prop: "deleted" };
  return { op_id: opId, effect: { ...deleted, value: false }, inverse: { ...deleted, value: true } };
}
