// The board under facilitation: locks, private writing, where everybody is led. It only shows; the server decides.

const LED_MS = 4_000;

class Leading {
  constructor(board) {
    this.board = board;
  }

  get room() {
    return this.board.client.room;
  }

  /** Whether this person may change notes of a block now; says why not. */
  refuses(block) {
    if (this.board.readOnly) return true;
    if (this.board.leads || !this.room.locks(block)) return false;
    this.board.toasts.show(`The facilitator has locked ${this.board.titleOf(block)}.`);
    return true;
  }

  show() {
    for (const view of this.board.frame.blocks.values()) view.showLock(this.room.locks(view.id), this.board.leads);
  }

  /** Lead to a block, or to the result of the vote; forget it once done. */
  follow() {
    const { client, frame } = this.board;
    const { called } = client;
    client.called = null;
    if (called?.votes) this.board.top.open();
    const view = frame.blocks.get(called?.block);
    if (!view) return;
    if (this.board.present.on) return this.board.present.fill(view.id);
    if (called.writes && !this.refuses(view.id)) return this.board.editors.add(view.id);
    view.section.classList.add("led-here");
    setTimeout(() => view.section.classList.remove("led-here"), LED_MS);
    if (client.place.writing || called.keepsFocus) view.section.scrollIntoView({ block: "nearest" });
    else frame.jumpTo(view);
  }

  /** What the facilitator can do with one block, for its drawer. */
  blockTools(block) {
    if (!this.board.leads) return null;
    const locked = this.room.locks(block.id);
    const whole = (this.room.facts?.locked ?? []).includes(WHOLE_BOARD);
    const bring = { type: "button", class: "plain", text: "Bring everyone here" };
    const lock = { type: "button", class: "plain", text: locked ? "Unlock for participants" : "Lock for participants" };
    return el(
      "p",
      { class: "lead-block" },
      el("button", { ...bring, on: { click: () => this.bring(block) } }),
      whole ? null : el("button", { ...lock, on: { click: () => this.lock(block, !locked) } }),
    );
  }

  bring(block) {
    this.board.client.set("room:", "focus", { step: "canvas", block: block.id });
    this.board.panel.dialog.close();
    this.board.toasts.show(`Everyone is led to ${block.title}.`);
  }

  lock(block, on) {
    const others = (this.room.facts?.locked ?? []).filter((id) => id !== block.id);
    this.board.client.set("room:", "locked", on ? [...others, block.id] : others);
    this.board.panel.dialog.close();
  }
}
