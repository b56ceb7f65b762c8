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
    const known = new Set(this.entries.map((entry) => entry.frame.op_id));
    const found = kept.all("localStorage", this.prefix).filter((entry) => !known.has(entry.frame?.op_id));
    this.entries = [...this.entries, ...found].sort((a, b) => a.at - b.at);
  }

  /** Queue a frame. `effect` is what it does to a note, so that the board can show it before the server answers. */
  add(frame, effect) {
    // Strictly increasing, because order decides what a later change builds on.
    const at = Math.max(Date.now(), (this.entries.at(-1)?.at ?? 0) + 1);
    const entry = { frame, effect, at };
    this.entries.push(entry);
    this.persistent = kept.write("localStorage", this.prefix + frame.op_id, entry);
    return entry;
  }

  /** Forget a change that the server has answered. Returns the entry, or null when it was not waiting here. */
  settle(opId) {
    kept.remove("localStorage", this.prefix + opId);
    const index = this.entries.findIndex((entry) => entry.frame.op_id === opId);
    return index < 0 ? null : this.entries.splice(index, 1)[0];
  }
}
