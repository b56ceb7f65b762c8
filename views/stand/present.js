// Present: nothing but the cards, on the whole screen. Arrow keys walk from part to part, Escape leaves one thing at a
// time, as on the board.

const AROUND_THE_PAGE =
  "[data-testid=stSidebar], [data-testid=stHeader], [data-testid=stExpandSidebarButton], [class*=st-key-header-], .st-key-stand-files, .st-key-next-step, .stMain .stAlert";

class Presenting {
  constructor(stand) {
    this.stand = stand;
    this.on = false;
    this.part = null;
    this.onKeyDown = (event) => this.onKey(event);
    this.onFullscreen = () => !document.fullscreenElement && this.wasFull && this.leaveFullscreen();
    document.addEventListener("keydown", this.onKeyDown, true);
    document.addEventListener("fullscreenchange", this.onFullscreen);
  }

  turn(on = !this.on) {
    if (on === this.on) return;
    this.on = on;
    this.wasFull = false;
    setAttribute(this.stand.root, "data-presenting", on);
    this.hidePage(on);
    this.fill(null);
    this.fullscreen(on);
    this.stand.toasts.say(on ? "Presenting. Arrow keys walk part by part, Escape leaves." : "Back.");
    this.stand.presentButton.textContent = on ? "Leave" : "Present";
    if (!on) this.stand.presentButton.focus({ preventScroll: true });
  }

  hidePage(on) {
    this.style?.remove();
    const room = ".stMainBlockContainer { padding: 0.75rem 1.25rem !important; max-width: none; }";
    this.style = on ? el("style", { text: `${AROUND_THE_PAGE} { display: none !important; } ${room}` }) : null;
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

  /** The browser leaves the whole screen at Escape without telling the page of the key. */
  leaveFullscreen() {
    this.wasFull = false;
    this.escape();
  }

  escape() {
    if (this.part) this.fill(null);
    else this.turn(false);
  }

  /** Let one part fill the screen; null shows all of them. */
  fill(part) {
    this.part = this.on && this.parts().includes(part) ? part : null;
    this.show();
    if (this.part) this.stand.toasts.say(this.stand.cardOf(this.part)?.getAttribute("aria-label") ?? "");
  }

  /** Cards are drawn anew when something changes: the part that fills the screen stays the same. */
  show() {
    this.stand.root.classList.toggle("one-part", this.part !== null);
    for (const card of this.stand.cards()) card.classList.toggle("filled", card.dataset.part === this.part);
  }

  parts() {
    return [null, ...this.stand.cards().map((card) => card.dataset.part)];
  }

  onKey(event) {
    if (!this.on || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("[role=dialog]")) return;
    if (event.composedPath()[0]?.matches?.("input, textarea, select") || this.stand.choosing.dialog.open) return;
    const steps = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
    if (event.key === "Escape") this.handled(event, () => this.escape());
    else if (steps[event.key]) this.handled(event, () => this.step(steps[event.key]));
  }

  handled(event, run) {
    event.preventDefault();
    event.stopPropagation();
    run();
  }

  step(by) {
    const order = this.parts();
    this.fill(order[(order.indexOf(this.part) + by + order.length) % order.length]);
  }

  end() {
    this.turn(false);
    document.removeEventListener("keydown", this.onKeyDown, true);
    document.removeEventListener("fullscreenchange", this.onFullscreen);
  }
}
