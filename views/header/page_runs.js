// When the page runs by itself, to show what others have changed: never under somebody's hands, and not in all browsers
// of a room at one instant. What it does to the place on the screen is in `held_place.js`.

const PAGE_RUN_MS = 1_000;
const USUAL_RUN_MS = 500;
const SERVERS_SHARE = 0.5;
const MOST_APART_MS = 10_000;
const RUN_LOST_MS = 20_000;
const SAID_AT_MOST_EVERY_MS = 30_000;
const NEWS_SAID = "Changes by others are on the page now.";

class PageRuns {
  constructor(header) {
    this.header = header;
    this.typing = header.typing;
    this.hands = new Hands(header.typing);
    // What the page does not show yet: {seq, item} of each change, and to where the room is led.
    this.changes = [];
    this.led = 0;
    this.dueAt = Infinity;
    this.endedAt = -Infinity;
    this.saidAt = -Infinity;
    this.tookMs = USUAL_RUN_MS;
  }

  /** What the server needs to run the page for everybody who is here, one after the other; the other half of a run's
   *  time is the browser's. */
  get shareMs() {
    const people = Math.max(1, this.header.client.people.length);
    return Math.min(MOST_APART_MS, people * this.tookMs * SERVERS_SHARE);
  }

  /** Have the page run for what others have changed: once a second at most, and in a full room once in the time that
   *  the room takes, so that what people do themselves is answered first. */
  show(changes) {
    this.changes.push(...changes);
    const next = Math.max(performance.now(), this.endedAt + Math.max(PAGE_RUN_MS, this.shareMs));
    this.runBy(next + Math.random() * this.shareMs);
  }

  /** Have it run soon, because the room is led elsewhere. */
  follow(seq) {
    this.led = Math.max(this.led, seq);
    this.runBy(performance.now() + Math.random() * PAGE_RUN_MS);
  }

  runBy(dueAt) {
    this.dueAt = Math.min(this.dueAt, dueAt);
    this.wait(this.dueAt - performance.now());
  }

  wait(inMs) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), Math.max(0, inMs));
  }

  /** Whether anything is still to be shown; a component that came meanwhile may draw some of it by itself. */
  get behind() {
    const { seq } = this.header.data;
    this.changes = this.changes.filter((change) => change.seq > seq);
    return this.led > seq || this.changes.some(({ item }) => this.header.agesPage(item));
  }

  /** A run that comes anyway shows all of it, and one that a person has started is not broken off. */
  look() {
    const early = this.dueAt - performance.now();
    if (this.running) return;
    if (!this.behind) this.dueAt = Infinity;
    else if (early > 0) this.wait(early);
    else if (this.mayRun) this.run();
    else this.wait(LOOK_EVERY_MS);
  }

  get mayRun() {
    const { testConnectionState, testScriptState } = appState();
    return testConnectionState === "CONNECTED" && testScriptState === "notRunning" && !document.hidden && this.hands.free;
  }

  async run() {
    const began = performance.now();
    const before = this.typing.run;
    // Who is led somewhere is to see what has come in for it.
    const place = new HeldPlace({ holds: this.led <= this.header.data.seq });
    this.running = true;
    this.dueAt = Infinity;
    document.documentElement.toggleAttribute("data-renewing", true);
    this.header.trigger("renew", Date.now());
    const ended = await this.until(() => this.typing.run !== before && runShown() === this.typing.run);
    document.documentElement.toggleAttribute("data-renewing", false);
    this.running = false;
    if (this.over) return;
    this.endedAt = performance.now();
    if (ended) this.ended(place, began);
    if (this.behind) this.show([]);
  }

  ended(place, began) {
    this.tookMs = (this.tookMs + this.endedAt - began) / 2;
    this.typing.mend();
    place.restore({ acted: this.hands.actedAt > began });
    if (this.endedAt - this.saidAt < SAID_AT_MOST_EVERY_MS) return;
    this.saidAt = this.endedAt;
    this.header.say([NEWS_SAID]);
  }

  async until(condition) {
    const end = performance.now() + RUN_LOST_MS;
    while (!this.over && !condition() && performance.now() < end) await new Promise((go) => setTimeout(go, LOOK_EVERY_MS));
    return condition();
  }

  end() {
    this.over = true;
    clearTimeout(this.timer);
    document.documentElement.toggleAttribute("data-renewing", false);
    this.hands.end();
  }
}
