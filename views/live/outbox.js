// Changes that the server has not acknowledged yet. They survive reload, crash and closing the browser.
// One storage key per change, so that two tabs of one browser never overwrite each other's list.

class Outbox {
  constructor(workshop) {
    this.prefix = `${STORAGE_PREFIX}:outbox:${workshop}:`;
    this.entries = [];
    this.persistent = true;
    this.adopt();
  }

  /**
   * Take over what this browser left unsent, also what another tab left when it was closed.
   * A change of a tab that still runs may be sent twice; the server knows it by its op_id and takes it once.
   */
  adopt() {
    const known = new Set(this.entries.map((entry) => outboxKey(entry.frame)));
    const found = kept.all("localStorage", this.prefix).filter((entry) => entry.frame && !known.has(outboxKey(entry.frame)));
    this.entries = [...this.entries, ...found].sort((a, b) => a.at - b.at);
  }

  /** Queue a frame. `effect` is what it does, so that it can be shown before the server answers: see client.js. */
  add(frame, effect) {
    // Strictly increasing, because order decides what a later change builds on.
    const at = Math.max(Date.now(), (this.entries.at(-1)?.at ?? 0) + 1);
    const entry = { frame, effect, at };
    this.entries.push(entry);
    this.persistent = kept.write("localStorage", this.prefix + outboxKey(frame), entry);
    return entry;
  }

  /** Return the entry that asks for a change, alone or among others, or null when none waits here. */
  entryOf(opId) {
    return this.entries.find((entry) => opIdsOf(entry.frame).includes(opId)) ?? null;
  }

  /** Forget a change that the server has answered, and what was asked for with it: a batch is taken or refused whole.
   *  Returns the entry, or null when it was not waiting here. */
  settle(opId) {
    const entry = this.entryOf(opId);
    kept.remove("localStorage", this.prefix + (entry ? outboxKey(entry.frame) : opId));
    this.entries = this.entries.filter((other) => other !== entry);
    return entry;
  }
}

/** The ids of the changes that a frame asks for, in order. */
function opIdsOf(frame) {
  return frame.t === "ops" ? frame.ops.map((op) => op.op_id) : [frame.op_id];
}

/** What a frame is kept under: a batch by its first change. */
function outboxKey(frame) {
  return opIdsOf(frame)[0];
}
