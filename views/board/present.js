// The present view for a projector: nothing but the canvas, larger. With the arrow keys, or when the facilitator brings
// everybody to a block, one block fills the sheet; so does the result of a vote. Escape leaves one thing at a time.

const PAGE_CHROME = "[data-testid=stSidebar], [data-testid=stHeader], [data-testid=stSidebarCollapsedControl]";

class PresentView {
  constructor(board) {
    this.board = board;
    this.on = false;
    this.block = null;
    this.onKeyDown = (event) => this.onKey(event);
    this.onFullscreen = () => !document.fullscreenElement && this.wasFull && this.leaveFullscreen();
    document.addEventListener("keydown", this.onKeyDown, true);
    document.addEventListener("fullscreenchange", this.onFullscreen);
  }

  turn(on = !this.on) {
    if (on === this.on || !this.board.data.live) return;
    this.on = on;
    this.wasFull = false;
    setAttribute(this.board.root, "data-presenting", on);
    this.hidePage(on);
    this.fill(on ? this.startingPage() : null);
    this.board.client.emit("presenting", on);
    this.fullscreen(on);
    if (!this.block) this.board.toasts.say(on ? "Present view. Escape leaves it, arrow keys show one block after another." : "Back.");
    this.board.fit.measure();
  }

  /** Where the room is: the block that everybody was led to, or a result that has been shown since. */
  startingPage() {
    const { focus } = this.board.client.room.facts ?? {};
    const elsewhere = focus && focus.step !== "canvas";
    return focus?.block ?? (this.board.top.shown && !elsewhere ? RESULT : null);
  }

  /** The browser leaves the whole screen at Escape without telling the page of the key. */
  leaveFullscreen() {
    this.wasFull = false;
    this.escape();
  }

  /** Leave what is open: what fills the sheet, else the present view. */
  escape() {
    if (this.block) this.fill(null);
    else this.turn(false);
  }

  /** Streamlit's own bars go; our header stays, with title, timer and how to join. */
  hidePage(on) {
    this.style?.remove();
    const room = ".stMainBlockContainer { padding-top: 0.75rem; }";
    this.style = on ? el("style", { text: `${PAGE_CHROME} { display: none !important; } ${room}` }) : null;
    if (on) document.head.append(this.style);
  }

  /** Browsers may refuse the whole screen; the view works without it. */
  async fullscreen(on) {
    try {
      if (on) await document.documentElement.requestFullscreen?.();
      else if (document.fullscreenElement) await document.exitFullscreen();
      this.wasFull = on && Boolean(document.fullscreenElement);
    } catch {
      this.wasFull = false;
    }
  }

  /** Let one block, or the result of the vote, fill the sheet; null shows the whole canvas again. */
  fill(block) {
    this.block = this.on && this.pages().includes(block) ? block : null;
    for (const view of this.board.frame.blocks.values()) {
      view.section.classList.toggle("filled", view.id === this.block);
      if (view.id === this.block) this.board.toasts.say(view.block.title);
    }
    this.fillWithResult(this.block === RESULT);
    this.board.root.classList.toggle("one-block", this.block !== null);
    this.board.toolbar.show();
    this.board.frame.measure();
  }

  fillWithResult(on) {
    const { page } = this.board.top;
    page.section.hidden = !on;
    page.section.classList.toggle("filled", on);
    if (!on) return;
    const { first, entries } = page.show();
    this.board.toasts.say(`Result of the vote. ${entries.length ? first : "Nobody has put a dot on a note."}`);
  }

  /** What can fill the sheet, in the order of the arrow keys: the whole canvas, the result of a vote, the blocks. */
  pages() {
    const result = this.board.top.shown ? [RESULT] : [];
    return [null, ...result, ...this.board.frame.blocks.keys()];
  }

  onKey(event) {
    const typing = event.composedPath()[0]?.matches?.("input, textarea, select, [contenteditable=true]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || this.dialogOpen()) return;
    // A single letter is a command only on the board, or while there is nothing else.
    const here = this.on || event.composedPath().includes(this.board.root);
    if (event.key.toLowerCase() === "p" && !event.shiftKey && here) this.handled(event, () => this.turn());
    else if (!this.on) return;
    else if (event.key === "Escape") this.handled(event, () => this.escape());
    else if (event.key === "ArrowRight" || event.key === "PageDown") this.handled(event, () => this.step(1));
    else if (event.key === "ArrowLeft" || event.key === "PageUp") this.handled(event, () => this.step(-1));
  }

  handled(event, run) {
    event.preventDefault();
    event.stopPropagation();
    run();
  }

  dialogOpen() {
    return this.board.root.querySelector("dialog[open]") ?? document.querySelector("[role=dialog]");
  }

  step(by) {
    const order = this.pages().filter((id) => id !== this.board.parking.view?.id);
    this.fill(order[(order.indexOf(this.block) + by + order.length) % order.length]);
  }

  end() {
    this.turn(false);
    document.removeEventListener("keydown", this.onKeyDown, true);
    document.removeEventListener("fullscreenchange", this.onFullscreen);
  }
}
