// How tall the board is: on a wide screen the whole canvas ends at the lower edge of the window, with the line that leads
// on to the next step below it.

const LEAST_HEIGHT = 600;
const GAP_BELOW = 10;
const NEXT = ".st-key-next-step";

class Fit {
  constructor(root) {
    this.root = root;
    this.measure = this.measure.bind(this);
    // What stands above the board changes its height too: messages come and go, fonts arrive.
    this.observer = new ResizeObserver(this.measure);
    this.observer.observe(document.body);
    this.host = root.getRootNode().host ?? null;
    if (this.host?.parentElement) this.observer.observe(this.host.parentElement);
    const column = this.host?.closest("[data-testid=stMainBlockContainer]");
    if (column) this.observer.observe(column);
    addEventListener("resize", this.measure);
  }

  measure() {
    const scroller = scrollerOf(this.root);
    const above = this.root.getBoundingClientRect().top + scroller.scrollTop;
    const height = Math.max(LEAST_HEIGHT, Math.floor(innerHeight - above - GAP_BELOW - this.below()));
    const bar = document.querySelector("[data-testid=stHeader]")?.offsetHeight ?? 0;
    this.set("--fit", `${height}px`);
    this.set("--page-bar", `calc(${bar}px + var(--stuck, 0px))`);
  }

  /** Each change of what the whole board is drawn by lays all of it out again. */
  set(name, value) {
    if (this.root.style.getPropertyValue(name) !== value) this.root.style.setProperty(name, value);
  }

  /** The room that the line below the board takes, with the gap above it; none in the present view, which hides it. */
  below() {
    const next = document.querySelector(NEXT);
    const follows = Boolean(next && this.host?.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_FOLLOWING);
    const presenting = this.root.hasAttribute("data-presenting");
    if (follows) next.style.visibility = presenting ? "hidden" : "";
    if (!follows || presenting) return 0;
    return next.getBoundingClientRect().bottom - this.host.getBoundingClientRect().bottom;
  }

  end() {
    this.observer.disconnect();
    const next = document.querySelector(NEXT);
    if (next) next.style.visibility = "";
    removeEventListener("resize", this.measure);
  }
}
