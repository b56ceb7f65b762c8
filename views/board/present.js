// The present view for a projector: nothing but the canvas, larger. With the arrow keys, or when the facilitator brings
// everybody to a block, one block fills the sheet.

const PAGE_CHROME = "[data-testid=stSidebar], [data-testid=stHeader], [data-testid=stSidebarCollapsedControl]";

class PresentView {
  constructor(board) {
    this.board = board;
    this.on = false;
    this.block = null;
    this.onKeyDown = (event) => this.onKey(event);
    this.onFullscreen = () => !document.fullscreenElement && this.wasFull && this.turn(false);
    document.addEventListener("keydown", this.onKeyDown, true);
    document.addEventListener("fullscreenchange", this.onFullscreen);
  }

  turn(on = !this.on) {
    if (on === this.on || !this.board.data.live) return;
    this.on = on;
    this.wasFull = false;
    setAttribute(this.board.root, "data-presenting", on);
    this.hidePage(on);
    this.fill(on ? (this.board.client.room.facts?.focus?.block ?? null) : null);
    this.board.client.emit("presenting", on);
    this.fullscreen(on);
    this.board.toasts.say(on ? "Present view. Escape leaves it, arrow keys show one block after another." : "Back.");
    this.board.toolbar.show();
    this.board.fit.measure();
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

  /** Let one block fill the sheet; null shows the whole canvas again. */
  fill(block) {
    this.block = this.on && this.board.frame.blocks.has(block) ? block : null;
    for (const view of this.board.frame.blocks.values()) {
      view.section.classList.toggle("filled", view.id === this.block);
      if (view.id === this.block) this.board.toasts.say(view.block.title);
    }
    this.board.root.classList.toggle("one-block", this.block !== null);
    this.board.frame.measure();
  }

  onKey(event) {
    const typing = event.composedPath()[0]?.matches?.("input, textarea, select, [contenteditable=true]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || this.dialogOpen()) return;
    if (event.key.toLowerCase() === "p" && !event.shiftKey) this.handled(event, () => this.turn());
    else if (!this.on) return;
    else if (event.key === "Escape") this.handled(event, () => (this.block ? this.fill(null) : this.turn(false)));
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
    const order = [null, ...this.board.frame.blocks.keys()].filter((id) => id !== this.board.parking.view?.id);
    this.fill(order[(order.indexOf(this.block) + by + order.length) % order.length]);
  }

  end() {
    this.turn(false);
    document.removeEventListener("keydown", this.onKeyDown, true);
    document.removeEventListener("fullscreenchange", this.onFullscreen);
  }
}
