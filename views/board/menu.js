// "Move to…": the way to move a note without dragging, for everybody who cannot or does not want to drag.

class MoveMenu {
  constructor(board) {
    this.board = board;
    this.list = el("div", { class: "menu-list" });
    const close = iconButton("close", "Close", "dialog-close", () => this.dialog.close());
    const head = el("div", { class: "panel-head" }, el("h2", { id: "menu-title", text: "Move to…" }), close);
    this.dialog = el("dialog", { class: "menu", "aria-labelledby": "menu-title" }, head, this.list);
    this.dialog.addEventListener("keydown", (event) => this.onKey(event));
    closeOnBackdrop(this.dialog);
  }

  open(id) {
    const note = this.board.model.note(id);
    if (!note) return;
    const within = this.board.model.list(note.block);
    const index = within.findIndex((other) => other.id === id);
    const steps = [
      this.entry("↑ Up", index > 0, () => this.board.actions.move(id, note.block, index - 1)),
      this.entry("↓ Down", index < within.length - 1, () => this.board.actions.move(id, note.block, index + 1)),
    ];
    const blocks = [...this.board.frame.blocks.values()].map((view) => this.blockEntry(view, id, note.block));
    this.list.replaceChildren(el("div", { class: "menu-steps" }, ...steps), ...blocks);
    this.dialog.showModal();
    this.list.querySelector("button:not([disabled])")?.focus();
  }

  entry(text, enabled, run) {
    const go = () => {
      this.dialog.close();
      run();
    };
    return el("button", { type: "button", class: "menu-entry", disabled: !enabled, on: { click: go }, text });
  }

  blockEntry(view, id, present) {
    const run = () => this.board.actions.move(id, view.id, this.board.model.list(view.id).length);
    const entry = this.entry("", view.id !== present, run);
    entry.dataset.hue = view.block.hue;
    const here = view.id === present ? el("span", { class: "aside", text: "here" }) : null;
    const badge = el("span", { class: "badge", text: view.mark, "aria-hidden": "true" });
    entry.append(badge, el("span", { text: view.block.title }), ...(here ? [here] : []));
    return entry;
  }

  onKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const entries = [...this.list.querySelectorAll("button:not([disabled])")];
    const at = entries.indexOf(this.board.focusedElement());
    entries[(at + step + entries.length) % entries.length]?.focus();
  }
}
