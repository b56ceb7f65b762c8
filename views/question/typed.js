// What somebody has typed or chosen and not saved yet, by question. It outlives a reload, a change of page and closing
// the browser; it goes once it is saved or given up.

class Drafts {
  constructor(mine) {
    this.key = `${STORAGE_PREFIX}:question-typed:${mine}`;
    this.all = new Map(kept.read("localStorage", this.key) ?? []);
  }

  /** {typed, base, state}: `base` is the sequence of the answer on which it was begun. */
  get(id) {
    return this.all.get(id) ?? null;
  }

  set(id, draft) {
    this.all.set(id, draft);
    this.keep();
  }

  drop(id) {
    if (this.all.delete(id)) this.keep();
  }

  keep() {
    kept.write("localStorage", this.key, [...this.all]);
  }
}
