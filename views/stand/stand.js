// "Where we stand": puts the cards together, and asks the server anew when somebody has changed something. Streamlit
// calls the default export with new data at every run of the page.

const REST_MS = 1_000;
const SPREAD_MS = 600;
// Notes come in crowds and change little here.
const NOTES_REST_MS = 6_000;
const LEAVES_PAGE = new Set(["room", "vote", "judgement"]);

class Stand {
  constructor(root, data) {
    this.root = root;
    this.data = data;
    this.client = joinLive(data);
    this.client.drawing.set(this, () => true);
    this.toasts = new Toasts();
    this.assigning = new Assigning(this);
    this.choosing = new Choosing(this);
    this.build();
    this.presenting = new Presenting(this);
    this.unlisten = [
      this.client.on("events", (events) => this.onEvents(events)),
      this.client.on("snapshot", () => this.rest(REST_MS)),
      this.client.on("told", (told) => this.take(told)),
    ];
    this.onPrint = () => this.print(true);
    this.afterPrint = () => this.print(false);
    addEventListener("beforeprint", this.onPrint);
    addEventListener("afterprint", this.afterPrint);
  }

  build() {
    this.head = el("p", { class: "page-head" });
    this.presentButton = el("button", { type: "button", class: "btn primary present", text: "Present", on: { click: () => this.presenting.turn() } });
    const print = el("button", { type: "button", class: "btn print", text: "Print", on: { click: () => globalThis.print() } });
    this.grid = el("div", { class: "cards" });
    const top = el("div", { class: "top" }, this.head, el("span", { class: "grow" }), print, this.presentButton);
    const shell = el("div", { class: "shell" }, top, this.grid);
    this.root.replaceChildren(shell, this.toasts.spoken, this.toasts.shelf, this.choosing.dialog);
  }

  get summary() {
    return (this.told ?? this.data).summary;
  }

  get picture() {
    return this.told?.picture ?? this.data.picture;
  }

  /** Take the data of a page run. */
  update(data) {
    this.data = data;
    if (this.told && this.told.seq < data.seq) this.told = null;
    this.root.dataset.theme = this.onPaper ? "light" : themeOf(this.root);
    this.draw();
    if (!this.started) this.onEvents(this.client.catchUp(data.seq));
    this.started = true;
    const waiting = this.client.relay?.told;
    if (waiting && waiting.seq > data.seq) this.take(waiting);
  }

  /** Take what the server makes of the workshop now. */
  take(told) {
    this.told = told;
    this.assigning.told(told);
    if (told.named) this.momentName = "";
    this.momentRefused = told.momentRefused ?? null;
    if (told.refused && told.refused !== this.saidRefused) this.toasts.show(told.refused);
    this.saidRefused = told.refused;
    this.draw();
  }

  draw() {
    const { title, team, date } = this.summary;
    this.head.replaceChildren([title, team].filter(Boolean).join(" · "), ...(date ? [" · ", el("span", { class: "day", text: `workshop of ${date}` })] : []));
    const key = JSON.stringify([this.summary, this.told?.unchanged, this.data.mayChoose, this.shownModel, [...this.assigning.refused], this.momentRefused, this.picture]);
    if (key === this.drawnAs) return;
    this.drawnAs = key;
    const held = this.held();
    const cards = [verdictCard(this), levelCard(this), holdingCard(this), this.assigning.card(), pictureCard(this), clashesCard(this), sinceCard(this)];
    this.grid.replaceChildren(...cards);
    this.presenting?.show();
    this.giveBack(held);
  }

  /** What somebody is typing in stays under their fingers, with the cursor where it was. */
  held() {
    const active = this.root.getRootNode().activeElement;
    if (!active || !this.grid.contains(active)) return null;
    const { key } = active.dataset;
    if (key) return { find: `[data-key="${CSS.escape(key)}"]`, value: active.value, at: active.selectionStart };
    const card = active.closest(".card");
    const nth = card ? [...card.querySelectorAll("button")].indexOf(active) : -1;
    return nth >= 0 ? { find: `[data-part="${card.dataset.part}"]`, nth } : null;
  }

  giveBack(held) {
    const found = held && this.grid.querySelector(held.find);
    if (!found) return;
    const target = held.nth === undefined ? found : found.querySelectorAll("button")[held.nth];
    if (held.value !== undefined) target.value = held.value;
    target?.focus({ preventScroll: true });
    if (held.at !== undefined && held.at !== null && target.type === "text") target.setSelectionRange(held.at, held.at);
  }

  card(part, title, { kind } = {}, ...content) {
    const head = title ? el("h2", { text: title, dir: "auto" }) : null;
    return el("section", { class: `card ${part}`, "aria-label": title, data: kind ? { part, kind } : { part } }, head, ...content);
  }

  cards() {
    return [...this.grid.children];
  }

  cardOf(part) {
    return this.cards().find((card) => card.dataset.part === part);
  }

  /** A link to the page where the answers behind a figure are. */
  leadingTo(step, text, more = {}) {
    return step ? el("button", { type: "button", class: "link go", text, on: { click: () => this.ask({ go: step, ...more }) } }) : null;
  }

  showModel(model) {
    this.shownModel = model;
    this.draw();
    this.cardOf("level")?.querySelector("button")?.focus({ preventScroll: true });
  }

  nameMoment(name) {
    if (name) this.ask({ name });
  }

  /** Ask the server for something; see `views/steps/stand/where_we_stand.py`. What waits to be kept goes along. */
  ask(wanted) {
    this.client.relay?.ask({ at: Date.now(), assign: this.assigning.waiting, ...wanted });
  }

  onEvents(events) {
    const kinds = events.map(({ item }) => item.split(":", 1)[0]).filter((kind) => !LEAVES_PAGE.has(kind));
    if (kinds.length) this.rest(kinds.every((kind) => kind === "note") ? NOTES_REST_MS : REST_MS);
  }

  /** Ask anew after a rest, not everybody at one instant. A sooner time that is set already stays. */
  rest(inMs) {
    const at = Date.now() + inMs;
    if (this.timer && this.restsUntil <= at) return;
    clearTimeout(this.timer);
    this.restsUntil = at;
    this.timer = setTimeout(() => this.fresh(), inMs + Math.random() * SPREAD_MS);
  }

  fresh() {
    this.timer = null;
    if (this.client.seq > Math.max(this.told?.seq ?? 0, this.data.seq)) this.ask({ fresh: this.client.seq });
  }

  /** Paper is light. */
  print(on) {
    this.onPaper = on;
    this.root.dataset.theme = on ? "light" : themeOf(this.root);
  }

  end() {
    clearTimeout(this.timer);
    removeEventListener("beforeprint", this.onPrint);
    removeEventListener("afterprint", this.afterPrint);
    for (const stop of this.unlisten) stop();
    this.presenting.end();
    this.client.drawing.delete(this);
    this.client.release();
    this.root.replaceChildren();
  }
}

const stands = new WeakMap();

export default function ({ data, parentElement }) {
  const present = stands.get(parentElement);
  const same = present?.data.workshop === data.workshop;
  if (present && !same) present.end();
  if (!same) stands.set(parentElement, new Stand(parentElement.querySelector("#stand"), data));
  stands.get(parentElement).update(data);
  return () => {
    stands.get(parentElement)?.end();
    stands.delete(parentElement);
  };
}
