// Where the bar stays: at the top of the window while the page scrolls below it. Streamlit lays the page out, so the box
// that is made to stay is the one in which it puts this component.

// More than this share of a window is not taken from what scrolls: what is typed must be seen, keyboard or not.
const MOST_OF_WINDOW = 0.42;
// A window as tall as this keeps title, people and Invite in sight too, and so does the present view.
const TALL_PX = 1000;
const BOX = "[data-testid=stMainBlockContainer] > [data-testid=stVerticalBlock] > *";

class Sticking {
  constructor(header) {
    this.header = header;
    this.sheet = el("style");
    document.head.append(this.sheet);
    this.look = () => {
      header.roomBar.fold();
      this.measure();
    };
    this.observer = new ResizeObserver(this.look);
    this.observer.observe(header.root);
    addEventListener("resize", this.look);
    visualViewport?.addEventListener("resize", this.look);
  }

  get box() {
    return this.header.root.getRootNode().host?.closest(BOX) ?? null;
  }

  measure() {
    const { box } = this;
    const bar = this.header.roomBar.root;
    if (!box || !bar.isConnected) return;
    box.setAttribute("data-stuck-bar", "");
    const chrome = document.querySelector("[data-testid=stHeader]")?.offsetHeight ?? 0;
    const height = bar.offsetHeight;
    const free = visualViewport?.height ?? innerHeight;
    const stays = bar.dataset.idle !== "true" && height > 0 && chrome + height <= free * MOST_OF_WINDOW;
    const above = bar.getBoundingClientRect().top - box.getBoundingClientRect().top;
    const tall = innerHeight >= TALL_PX || this.header.root.hasAttribute("data-presenting");
    const top = chrome - (tall ? 0 : above);
    const taken = stays ? height + (tall ? above : 0) : 0;
    this.stick(stays, top, taken, chrome);
  }

  /** Anchors, and fields that take the focus, come to stand below the bar and not under it. */
  stick(stays, top, taken, chrome) {
    const rules = [
      `:root { --stuck: ${taken}px; }`,
      `[data-testid=stMain] { scroll-padding-top: ${chrome + taken + 8}px; }`,
      stays ? `[data-stuck-bar] { position: sticky; top: ${top}px; z-index: 100; }` : "",
    ];
    setText(this.sheet, rules.join("\n"));
    this.header.root.dataset.stays = stays;
  }

  end() {
    this.observer.disconnect();
    removeEventListener("resize", this.look);
    visualViewport?.removeEventListener("resize", this.look);
    this.box?.removeAttribute("data-stuck-bar");
    this.sheet.remove();
  }
}
