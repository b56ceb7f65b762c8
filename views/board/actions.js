// What a person does to notes, as changes for the live client: save, move, delete, take back. Shown at once, confirmed
// by the server later.

class NoteActions {
  constructor(board) {
    this.board = board;
  }

  change(parts) {
    const step = this.board.client.change(parts);
    this.board.render();
    return step;
  }

  /** Send what an editor holds, who draws it; `changed` are the properties that differ. Returns the id of the note. */
  save(draft, values, changed) {
    if (draft.fresh) return this.create(draft, values);
    const parts = this.settings(draft, values, changed);
    if (parts.length) this.board.client.change(parts);
    return draft.id;
  }

  settings(draft, values, changed) {
    const note = this.board.model.note(draft.id);
    return changed.map((prop) => {
      const before = note?.[prop] ?? null;
      return { action: "set", id: draft.id, prop, value: values[prop] || null, base: draft.bases[prop], before };
    });
  }

  /** Send several notes of one kind for a block, as one step. Returns the id of the last one. */
  createAll(block, texts, values) {
    const { model } = this.board;
    const parts = this.additions(block, texts, values, model.makeRoom(block, model.list(block).length, null));
    return this.tellStep(parts, `${plural(parts.length, "note")} added to ${this.board.titleOf(block)}`);
  }

  /** Keep the first of several texts in the note under edit and put the others below it, as one step. */
  divide(draft, [first, ...others], values, changed) {
    const { model } = this.board;
    const block = model.note(draft.id)?.block ?? draft.block;
    const below = model.list(block).findIndex((note) => note.id === draft.id) + 1;
    const room = model.makeRoom(block, below, null, others.length);
    const props = changed.filter((prop) => prop !== "text");
    const kept = this.settings(draft, { ...values, text: first }, ["text", ...props]);
    const moves = room.shifted.map(([other, at]) => this.placing(other, block, at));
    const parts = [...kept, ...this.additions(block, others, values, room), ...moves];
    return this.tellStep(parts, `Split into ${plural(others.length + 1, "note")}`, draft.id);
  }

  additions(block, texts, { kind, source }, { pos, step }) {
    return texts.map((text, index) => {
      const place = { canvas: this.board.model.canvasOf(block), block, pos: pos + index * step };
      return { action: "add", id: `n-${randomId(10)}`, value: { place, kind, text, ...(source ? { source } : {}) } };
    });
  }

  /** Send a step that can be taken back at once. Returns the id of the last note it adds. */
  tellStep(parts, what, otherwise = null) {
    const step = this.board.client.change(parts);
    this.board.toasts.show(what, { label: "Undo", run: () => this.undo(step) });
    return parts.findLast(({ action }) => action === "add")?.id ?? otherwise;
  }

  create(draft, { text, kind, source }) {
    const { model } = this.board;
    const id = draft.renew ? `n-${randomId(10)}` : draft.id;
    const { pos } = model.makeRoom(draft.block, model.list(draft.block).length, id);
    const place = { canvas: model.canvasOf(draft.block), block: draft.block, pos };
    const value = { place, kind, text, ...(source ? { source } : {}) };
    this.board.client.change([{ action: "add", id, value }]);
    this.board.toasts.say(`Note added to ${this.board.titleOf(draft.block)}`);
    return id;
  }

  /** Put a note at `index` among the other notes of a block. */
  move(id, block, index) {
    const { model } = this.board;
    const note = model.note(id);
    if (note && (this.board.refuses(note.block) || this.board.refuses(block))) return this.board.render();
    const present = model.list(block).findIndex((other) => other.id === id);
    if (!note || present === index) return this.board.render();
    const { pos, shifted } = model.makeRoom(block, index, id);
    this.change([this.placing(note, block, pos), ...shifted.map(([other, at]) => this.placing(other, block, at))]);
    this.board.focusNote(id);
    const notes = model.list(block);
    const rank = notes.findIndex((other) => other.id === id) + 1;
    this.board.toasts.say(`Moved to ${this.board.titleOf(block)}, ${rank} of ${notes.length}`);
  }

  /** Put a note at the end of the parking lot. */
  park(id) {
    const { parking, model } = this.board;
    parking.isUnder(null);
    this.move(id, parking.view.id, model.list(parking.view.id).length);
  }

  remove(id) {
    const note = this.board.model.note(id);
    if (!note || this.board.refuses(note.block)) return;
    const step = this.change([{ action: "set", id, prop: "deleted", value: true, before: false }]);
    const ledTo = this.board.data.led_to?.[id] ?? [];
    const lost = ledTo.length ? `, and decision ${ledTo.join(" and ")} names it no more` : "";
    this.board.toasts.show(`Note deleted${lost}`, { label: "Undo", run: () => this.undo(step) });
  }

  /** Take back one step, by default this tab's latest. */
  undo(step) {
    this.went(this.board.client.undo(step), "Taken back", "Nothing to take back");
  }

  /** Do again what was taken back last. */
  redo() {
    this.went(this.board.client.redo(), "Done again", "Nothing to do again");
  }

  went(reversed, done, nothing) {
    if (!reversed) return this.board.toasts.say(nothing);
    this.board.render();
    this.board.toasts.say(done);
    this.board.focusNote(reversed[0].effect.id);
  }

  placing(note, block, pos) {
    const before = { canvas: note.canvas, block: note.block, pos: note.pos };
    const value = { canvas: this.board.model.canvasOf(block), block, pos };
    return { action: "set", id: note.id, prop: "place", value, base: note.seqs.place, before };
  }
}
