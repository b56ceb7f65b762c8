// Which notes are open for writing: new ones, edited ones, and drafts that come back after a reload.

class OpenEditors {
  constructor(board) {
    this.board = board;
    this.open = new Map();
    // Drafts of tabs that gave no sign of life, as they were when they opened here.
    this.adopted = new Map();
  }

  has(id) {
    return this.open.has(id);
  }

  get(id) {
    return this.open.get(id) ?? null;
  }

  /** Return an editor that is open in a block, or null. */
  in(block) {
    return [...this.open.values()].find(({ item }) => item.closest(".block")?.dataset.block === block) ?? null;
  }

  closed(id) {
    this.open.delete(id);
    this.adopted.delete(id);
    this.board.tellWhere();
  }

  /** Start a new note in a block; `asked` is the guiding question it answers. */
  add(block, { asked = null } = {}) {
    if (this.board.refuses(block)) return;
    const isEmpty = ({ draft }) => draft.block === block && draft.fresh && !draft.text.trim();
    const started = [...this.open.values()].find(isEmpty);
    if (started && !asked) return started.focus();
    started?.cancel();
    const start = { text: "", kind: asked ? "proposal" : "fact", source: "" };
    const canvas = this.board.model.canvasOf(block);
    this.show({ id: `n-${randomId(10)}`, canvas, block, fresh: true, ...start, start, bases: {}, asked });
  }

  /** Open a note that is on the board. */
  edit(id) {
    const note = this.board.model.note(id);
    if (!note || this.board.refuses(note.block)) return;
    if (this.has(id)) this.get(id).focus();
    else this.show(draftOf(note));
  }

  /** Go on with the lines of a list that one step could not take. */
  goOn({ canvas, block, kind, source }, lines, focus) {
    const start = { text: "", kind, source: "" };
    const list = { text: lines.join("\n"), kind, source, several: true, verbatim: true };
    this.show({ id: `n-${randomId(10)}`, canvas, block, fresh: true, ...list, start, bases: {}, asked: null }, { focus });
    this.board.toasts.say(`${plural(lines.length, "note")} of the list still to be added.`);
  }

  /** Bring back a text that was given up, beside whatever the note says now. */
  reopen(draft) {
    if (this.has(draft.id)) return;
    const gone = !draft.fresh && !this.board.model.note(draft.id);
    this.show(gone ? { ...draft, id: `n-${randomId(10)}`, fresh: true } : draft);
  }

  show(draft, { focus = true } = {}) {
    const view = this.board.frame.blocks.get(draft.block) ?? [...this.board.frame.blocks.values()][0];
    this.board.parking.reveal(view.id);
    const { item } = this.board.deck.card(draft.id);
    if (!item.isConnected) view.list.append(item);
    item.dataset.kind = draft.kind;
    const editor = new Editor(this.board, item, { ...draft, block: view.id });
    this.open.set(draft.id, editor);
    this.board.render();
    item.scrollIntoView({ block: "nearest" });
    if (focus) editor.focus();
    editor.grow();
    return editor;
  }

  /** Open what was being written when this page, or another tab of this browser, went away. */
  async restore() {
    const own = this.board.drafts.own().filter((draft) => this.fits(draft));
    for (const draft of own) this.restoreOne(draft, draft === own.at(-1));
    const orphans = await this.board.drafts.orphans();
    if (this.board.ended) return;
    for (const draft of orphans.filter((left) => this.fits(left))) {
      this.restoreOne(draft, false);
      this.adopted.set(draft.id, this.get(draft.id).values());
    }
  }

  /** Another tab has this draft open after all: what nobody has touched here closes again, and stays the other's. */
  giveBack(id) {
    const editor = this.get(id);
    const taken = this.adopted.get(id);
    if (!editor || !taken || EDITED.some((prop) => editor.values()[prop] !== taken[prop])) return;
    editor.detach();
    this.board.drafts.leave(id);
    this.closed(id);
    this.board.render();
  }

  fits(draft) {
    return this.board.model.shows(draft) && !this.has(draft.id);
  }

  restoreOne(draft, focus) {
    const note = this.board.model.note(draft.id);
    // A new note that another tab has saved meanwhile is an edit now.
    this.show(draft.fresh && note ? { ...draftOf(note), ...editedValues(draft) } : draft, { focus });
  }

  /** Let every open editor see what the server has now; while own changes are under way nothing can be compared. */
  check() {
    const { model } = this.board;
    for (const [id, editor] of this.open) if (!model.pending(id)) editor.clash.check(model.server(id));
  }

  detach() {
    for (const editor of this.open.values()) editor.detach();
    this.open.clear();
  }
}

function draftOf(note) {
  const start = editedValues(note);
  const { id, canvas, block } = note;
  return { id, canvas, block, fresh: false, ...start, start, bases: { ...note.seqs }, asked: null };
}
