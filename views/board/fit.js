// How tall the board is: on a wide screen the whole canvas ends at the lower edge of the window.

const LEAST_HEIGHT = 600;
const GAP_BELOW = 10;

class Fit {
  constructor(root) {
    this.root = root;
    this.measure = this.measure.bind(this);
    // What stands above the board changes its height too: messages come and go, fonts arrive.
    this.observer = new ResizeObserver(this.measure);
    this.observer.observe(document.body);
    const host = root.getRootNode().host;
    if (host?.parentElement) this.observer.observe(host.parentElement);
    const column = host?.closest("[data-testid=stMainBlockContainer]");
    if (column) this.observer.observe(column);
    addEventListener("resize", this.measure);
  }

  measure() {
    const scroller = scrollerOf(this.root);
    const above = this.root.getBoundingClientRect().top + scroller.scrollTop;
    const height = Math.max(LEAST_HEIGHT, Math.floor(innerHeight - above - GAP_BELOW));
    this.root.style.setProperty("--fit", `${height}px`);
    const bar = document.querySelector("[data-testid=stHeader]");
    this.root.style.setProperty("--page-bar", `calc(${bar?.offsetHeight ?? 0}px + var(--stuck, 0px))`);
  }

  end() {
    this.observer.disconnect();
    removeEventListener("resize", this.measure);
  }
}
