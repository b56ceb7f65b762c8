// What the components of a page ask its server for, in an order that Streamlit can take: each in a message of its own,
// and nothing for a page that is left.
//
// What is asked within one moment goes as one message. When one of those asks only for a part of the page to run, the
// others are not heard. And what a page that is left still asks for is answered as if it were the page that is shown:
// the next one is taken off the screen.

const APART_MS = 10;
const LEAVES_WITHIN_MS = 5_000;
const FIRST_STEP = "start";

class PageAsks {
  constructor() {
    this.queue = [];
    this.here = null;
    this.goal = null;
    this.held = [];
    document.addEventListener("click", (event) => this.clicked(event), true);
    addEventListener("popstate", () => stepAt(location) !== this.here && this.leaveFor(stepAt(location)));
  }

  /** Call `ask`, which sends something, apart from all that was sent before. */
  send(ask) {
    this.queue.push(ask);
    if (!this.sending) this.sendNext();
  }

  sendNext() {
    const ask = this.queue.shift();
    this.sending = Boolean(ask);
    if (!ask) return;
    // First, so that one that fails does not hold up the others.
    setTimeout(() => this.sendNext(), APART_MS);
    ask();
  }

  /** Send it now, or when it turns out that this tab stays where it is. */
  sendUnlessLeft(ask) {
    if (this.leaving) this.held.push(ask);
    else this.send(ask);
  }

  /** Whether this tab is on its way to another page. */
  get leaving() {
    return this.goal !== null;
  }

  leaveFor(step) {
    this.goal = step;
    clearTimeout(this.staying);
    this.staying = setTimeout(() => this.end(this.held), LEAVES_WITHIN_MS);
  }

  /** The page of a step is here, which is not yet the last one when people go on quickly. What the one before wanted to
   *  ask went with it. */
  arrived(step) {
    if (step === this.here) return;
    this.here = step;
    if (step === this.goal) this.end([]);
  }

  end(held) {
    clearTimeout(this.staying);
    this.goal = null;
    this.held = [];
    for (const ask of held) this.send(ask);
  }

  clicked(event) {
    const link = event.composedPath()[0]?.closest?.("a[href]");
    const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey;
    if (!link || elsewhere || link.target === "_blank" || link.download || link.origin !== location.origin) return;
    if (stepAt(link) !== this.here) this.leaveFor(stepAt(link));
  }
}

function stepAt({ pathname }) {
  return pathname.split("/").at(-1) || FIRST_STEP;
}

/** One for the tab, because each component is a module of its own. */
function pageAsks() {
  return (globalThis[Symbol.for("stack-canvas.asks")] ??= new PageAsks());
}
