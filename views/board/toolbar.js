// What concerns the whole board and has no better place: take back, do again, parking lot, counting, present view.

class Toolbar {
  constructor(board) {
    this.board = board;
    const { client, actions } = board;
    this.undo = iconButton("undo", "Undo (Ctrl + Z)", "tool-button icon-only undo", () => actions.undo());
    this.redo = iconButton("redo", "Redo (Ctrl + Shift + Z)", "tool-button icon-only redo", () => actions.redo());
    for (const button of [this.undo, this.redo]) button.hidden = board.readOnly;
    const counting = { type: "button", class: "tool-button", "aria-pressed": "false", text: "Count for the room" };
    this.counting = el("button", { ...counting, on: { click: () => board.voting.toggleCounting() } });
    const present = { type: "button", class: "tool-button present-button", text: "Present", title: "Present (P)" };
    this.present = el("button", { ...present, on: { click: () => board.present.turn() } });
    this.present.hidden = !board.data.live;
    const parts = [this.undo, this.redo, this.counting, board.parking.button, this.present];
    this.root = el("div", { class: "tool-row", role: "group", "aria-label": "Board" }, ...parts);
    this.client = client;
  }

  show() {
    const { steps, room } = this.client;
    setAttribute(this.undo, "aria-disabled", String(!steps?.last()));
    setAttribute(this.redo, "aria-disabled", String(!steps?.lastUndone()));
    this.counting.hidden = !room.voteOpen || !this.board.leads;
    setAttribute(this.counting, "aria-pressed", String(this.board.voting.counting));
    const { on, block } = this.board.present;
    // From a block the key leads to the whole canvas first; the button leaves from everywhere.
    setText(this.present, !on ? "Present" : block ? "Leave" : "Leave (Esc)");
  }
}
