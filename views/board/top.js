// The result of a vote as a list: notes by their dots, those with equally many in the order of the canvas.

class TopVoted {
  constructor(board) {
    this.board = board;
    this.list = el("ol", { class: "top-list", role: "list" });
    const close = iconButton("close", "Close", "dialog-close", () => this.dialog.close());
    const head = el("div", { class: "panel-head" }, el("h2", { id: "top-title", text: "Result of the vote" }), close);
    const body = el("div", { class: "panel-body" }, this.list);
    this.dialog = el("dialog", { class: "top", "aria-labelledby": "top-title" }, head, body);
    closeOnBackdrop(this.dialog);
  }

  open() {
    this.show();
    if (!this.dialog.open) this.dialog.showModal();
  }

  show() {
    const ranked = this.ranked();
    const none = el("li", { class: "top-none", text: "Nobody has put a dot on a note." });
    this.list.replaceChildren(...(ranked.length ? ranked.map((entry) => this.entry(entry)) : [none]));
  }

  /** The list follows its vote; the next vote has no result yet. */
  keepUp() {
    if (!this.dialog.open) return;
    if (this.board.client.room.facts?.voting?.state === "open") this.dialog.close();
    else this.show();
  }

  ranked() {
    const totals = this.board.client.room.facts?.totals ?? {};
    const notes = [...this.board.frame.blocks.keys()].flatMap((block) => this.board.model.list(block));
    const voted = notes.map((note) => ({ note, dots: totals[note.id] ?? 0 })).filter(({ dots }) => dots > 0);
    return voted.sort((a, b) => b.dots - a.dots);
  }

  entry({ note, dots }) {
    const view = this.board.frame.blocks.get(note.block);
    const { block } = view;
    const go = () => {
      this.dialog.close();
      this.board.parking.reveal(note.block);
      this.board.focusNote(note.id);
    };
    const badge = el("span", { class: "badge", text: view.mark, "aria-hidden": "true" });
    const words = el("span", { class: "top-text", text: note.text, dir: "auto" });
    const count = el("strong", { class: "top-dots", text: plural(dots, "dot") });
    const where = el("span", { class: "top-block" }, badge, block.title);
    const button = el("button", { type: "button", class: "top-entry", on: { click: go } }, count, words, where);
    return el("li", { data: { hue: block.hue } }, button);
  }
}
