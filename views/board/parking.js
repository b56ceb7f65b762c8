// The parking lot: a block of a canvas of its own, shown as a strip under the sheet. It takes notes from everywhere.

class ParkingLot {
  constructor(board) {
    this.board = board;
    this.definition = board.data.parking?.blocks[0] ?? null;
    this.openKey = `${STORAGE_PREFIX}:parking-open`;
    const turn = { click: () => this.press() };
    const button = { type: "button", class: "tool-button park", "aria-expanded": "false", "aria-controls": "parking" };
    this.button = el("button", { ...button, on: turn });
    this.button.hidden = !this.definition;
    this.drawer = el("div", { class: "parking", id: "parking" });
    this.drawer.hidden = true;
  }

  update({ parking }) {
    const [block] = parking?.blocks ?? [];
    if (!block) return;
    const { blocks } = this.board.frame;
    if (blocks.has(block.id)) return blocks.get(block.id).update(block, parking);
    this.view = new BlockView(block, parking, this.board);
    this.view.section.classList.add("lot");
    blocks.set(block.id, this.view);
    this.board.frame.watch(this.view);
    this.turn(kept.read("sessionStorage", this.openKey) ?? false);
  }

  get open() {
    return !this.drawer.hidden;
  }

  /** Open or close the strip, but never over a text that is not saved yet. */
  press() {
    const writing = this.open && this.board.editors.in(this.view.id);
    if (!writing) return this.turn();
    writing.focus();
    this.board.toasts.show(`A note in ${this.definition.title} is not saved yet.`);
  }

  turn(open = !this.open) {
    this.drawer.hidden = !open;
    this.drawer.replaceChildren(...(open && this.view ? [this.view.section] : []));
    setAttribute(this.button, "aria-expanded", String(open));
    kept.write("sessionStorage", this.openKey, open);
    this.board.frame.measure();
  }

  /** Open the strip when what is to be seen is in it. */
  reveal(block) {
    if (block === this.view?.id && !this.open) this.turn(true);
  }

  show() {
    if (!this.view) return;
    const count = this.board.model.list(this.view.id).length;
    setText(this.button, count ? `${this.definition.title} · ${count}` : this.definition.title);
  }

  /** Whether a point lies on the button, so that a note dropped there is parked while the strip is closed. */
  isUnder(element) {
    const under = Boolean(element?.closest(".park"));
    this.button.classList.toggle("over", under);
    return under;
  }
}
