// Where somebody is: the title of the tab, and on each page how far it was scrolled, what was opened, which tab was in
// front. Kept in this tab of the browser, by workshop, role and page; coming back, with Back or by a link, finds it so.

const KEPT_AS = "stack-canvas:place";
const SCROLLER = "[data-testid=stMain]";
const LOOK_EVERY_MS = 50;
const PATIENCE_MS = 10_000;
const TRIES = 40;
const HANDS_ON = ["wheel", "touchstart", "pointerdown", "keydown"];
const TYPED_IN = "input, textarea, [contenteditable=true]";

class Place {
  constructor() {
    this.asks = pageAsks();
    this.heard = { scroll: () => this.scrolled(), click: ({ target }) => this.clicked(target) };
    for (const [type, listener] of Object.entries(this.heard)) document.addEventListener(type, listener, true);
    this.onHand = ({ isTrusted }) => isTrusted && (this.turn = null);
    for (const type of HANDS_ON) document.addEventListener(type, this.onHand, { capture: true, passive: true });
    this.onKeyboard = () => this.showFocused();
    globalThis.visualViewport?.addEventListener("resize", this.onKeyboard);
  }

  /** Take the data of a page run; on another page than before, go to where one was there. */
  update(data) {
    const before = this.key;
    this.data = data;
    this.key = `${KEPT_AS}:${data.workshop}:${data.role}:${data.step}`;
    this.asks.arrived(data.step);
    this.followTitle();
    if (before === this.key) return;
    this.comeBack();
  }

  /** The page that is shown is not always that of the address: while the next one comes, nothing counts for either. One
   *  that is left jumps to its beginning before the address says so. */
  get settled() {
    const path = location.pathname;
    const here = this.data.step === "start" ? path.endsWith("/") : path.endsWith(`/${this.data.step}`);
    return here && !this.turn && !this.asks.leaving;
  }

  scrolled() {
    const scroller = document.querySelector(SCROLLER);
    if (scroller && this.settled && isAtRest()) this.keep({ top: scroller.scrollTop });
  }

  clicked(target) {
    const part = target.closest?.("summary, [role=tab]");
    if (!part?.closest(SCROLLER) || !this.settled) return;
    const { opened = {}, fronts = {} } = this.kept();
    if (part.matches("summary")) this.keep({ opened: { ...opened, [nameOf(part)]: !part.closest("details").open } });
    else this.keep({ fronts: { ...fronts, [tabsOf(part)]: part.textContent } });
  }

  kept() {
    try {
      return JSON.parse(sessionStorage.getItem(this.key) ?? "{}");
    } catch {
      return {};
    }
  }

  keep(more) {
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ ...this.kept(), ...more }));
    } catch {
      // A browser that keeps nothing comes back to the top, as browsers do.
    }
  }

  async comeBack() {
    const { top = 0, opened = {}, fronts = {} } = this.wasLedHere() ? {} : this.kept();
    const turn = (this.turn = {});
    await this.until(turn, isAtRest);
    for (const tab of partsOf("[role=tab]")) {
      if (fronts[tabsOf(tab)] === tab.textContent && tab.ariaSelected !== "true") tab.click();
    }
    for (const summary of partsOf("summary")) {
      const wanted = opened[nameOf(summary)];
      if (wanted !== undefined && wanted !== summary.closest("details").open) summary.click();
    }
    if (!location.hash) await this.scrollTo(turn, top);
    if (this.turn === turn) this.turn = null;
  }

  /** What is opened and pictures that arrive make the page longer, step by step. */
  async scrollTo(turn, top) {
    for (let tries = 0; this.turn === turn && tries < TRIES; tries += 1) {
      const scroller = document.querySelector(SCROLLER);
      if (scroller) scroller.scrollTop = top;
      if (scroller && Math.abs(scroller.scrollTop - top) < 2 && isAtRest()) return;
      await pause();
    }
  }

  async until(turn, condition) {
    const end = performance.now() + PATIENCE_MS;
    while (this.turn === turn && !condition() && performance.now() < end) await pause();
  }

  /** Whoever is led to a page sees what the room sees: its beginning. The board looks itself to where it is led. */
  wasLedHere() {
    const client = this.client();
    const led = client?.called?.step === this.data.step;
    if (led && this.data.step !== "canvas") client.called = null;
    return led;
  }

  client() {
    return globalThis[Symbol.for("stack-canvas.live")]?.get(this.data.workshop);
  }

  /** Somebody else gives the workshop another title: the tab says so without a run of the page. */
  async followTitle() {
    for (let tries = 0; tries < TRIES && this.data.workshop && !this.client(); tries += 1) await pause();
    const client = this.client();
    if (!client || client === this.followed) return;
    this.unlisten?.();
    this.followed = client;
    this.unlisten = client.on("events", (events) => {
      const named = events.findLast(({ item, prop }) => item === "workshop:" && prop === "title");
      if (named?.value) document.title = `${this.data.stepTitle} · ${named.value}`;
    });
  }

  /** A phone's keyboard has come up: the field that is typed into stays in sight. The board looks after its own. */
  showFocused() {
    const field = document.activeElement;
    if (!field?.matches(TYPED_IN) || !field.closest(SCROLLER)) return;
    const { offsetTop, height } = visualViewport;
    const { top, bottom } = field.getBoundingClientRect();
    if (top < offsetTop || bottom > offsetTop + height) field.scrollIntoView({ block: "center" });
  }

  end() {
    this.turn = null;
    this.unlisten?.();
    for (const [type, listener] of Object.entries(this.heard)) document.removeEventListener(type, listener, true);
    for (const type of HANDS_ON) document.removeEventListener(type, this.onHand, true);
    globalThis.visualViewport?.removeEventListener("resize", this.onKeyboard);
  }
}

const pause = () => new Promise((go) => setTimeout(go, LOOK_EVERY_MS));

function isAtRest() {
  const app = document.querySelector("[data-testid=stApp]");
  return app?.dataset.testScriptState === "notRunning" && !document.querySelector(`${SCROLLER} [data-stale=true]`);
}

function partsOf(kind) {
  return [...document.querySelectorAll(`${SCROLLER} ${kind}`)];
}

/** The name of what can be opened: what it is in, and what it says. */
function nameOf(summary) {
  return `${keyOf(summary)}/${summary.textContent}`;
}

function tabsOf(tab) {
  const all = [...(tab.closest("[role=tablist]")?.querySelectorAll("[role=tab]") ?? [tab])];
  return `${keyOf(tab)}/${all.map((one) => one.textContent).join("|")}`;
}

function keyOf(part) {
  const named = part.closest("[class*=st-key-]");
  return [...(named?.classList ?? [])].find((name) => name.startsWith("st-key-")) ?? "";
}

let place = null;

export default function ({ data }) {
  place ??= new Place();
  place.update(data);
  return () => {
    place?.end();
    place = null;
  };
}
