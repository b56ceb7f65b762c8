// Reasons that are typed and not saved yet, by slot: {text, choice, base}. They outlive a reload and a change of page. An
// empty one stays as well: whoever emptied the field does not want it filled again.

class TypedReasons {
  constructor(workshop) {
    this.key = `${STORAGE_PREFIX}:reasons:${workshop}`;
    this.typed = new Map(kept.read("sessionStorage", this.key) ?? []);
  }

  get(slot) {
    return this.typed.get(slot) ?? null;
  }

  keep(slot, reason) {
    this.typed.set(slot, reason);
    this.write();
  }

  drop(slot) {
    if (this.typed.delete(slot)) this.write();
  }

  write() {
    kept.write("sessionStorage", this.key, [...this.typed]);
  }
}
