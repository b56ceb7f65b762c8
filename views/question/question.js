// One question at a time: puts the parts together, listens to the live client and the relay, and draws. Streamlit calls
// the default export with new data at every run of the page; this lives as long as the page shows it.

Object.assign(ICONS, {
  less: "M6 12h12",
  list: "M9 6h11M9 12h11M9 18h11M4.5 6h.1M4.5 12h.1M4.5 18h.1",
  check: "M5 12.5l4.5 4.5L19 7.5",
  open: "M9 9.2a3 3 0 1 1 4.3 2.7c-.9.5-1.3 1-1.3 2.1M12 17.5v.1",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 7.5V12l3 2",
  flag: "M6 21V4M6 4.5h12l-3 4.5 3 4.5H6",
  down: "M5 9l7 7 7-7",
});
const REQUIREMENT = "requirement:";
const COUNTING = new Set(["requirement", "row", "draft", "decision", "import"]);
// What a page keeps free below the component: what leads on from the page.
const BELOW_PX = 8;

class Questions {
  constructor(root, data) {
    this.root = root;
    this.data = data;
    this.client = joinLive(data);
    this.client.drawing.set(this, (item) => item.startsWith("requirement:"));
    this.readOnly = data.me.role === "viewer";
    const mine = `${data.workshop}-${data.me.role}`;
    this.told = null;
    this.drafts = new Drafts(mine);
    // Reasons typed and not sent, by question; what the server refused, by question; who answered what last.
    this.reasons = new Map();
    this.refused = new Map();
    this.authors = new Map();
    this.calledTo = null;
    // The newest change that the advice may rest on.
    this.newest = 0;
    this.toasts = new Toasts();
    this.saving = new Saving(this);
    this.said = new Said(this);
    this.answering = new Answering(this);
    this.path = new Path(this, `${mine}:${data.step}`);
    this.progress = new Progress(this);
    this.card = new QuestionCard(this);
    this.side = new Side(this);
    this.nav = new Nav(this);
    this.build();
    this.keys = new QuestionKeys(this);
    this.listen();
    keepView("one");
  }

  build() {
    this.notice = el("p", { class: "notice", role: "status" });
    const main = el("div", { class: "main" }, this.card.root, this.othersLine(), this.nav.root);
    const body = el("div", { class: "body" }, main, this.side.root, this.side.changed);
    this.root.replaceChildren(el("div", { class: "shell" }, this.progress.root, this.notice, body), this.toasts.spoken, this.toasts.shelf);
    const tell = () => setTimeout(() => this.ended || this.client.here({ block: null, note: null, writing: this.isWriting }));
    for (const type of ["focusin", "focusout"]) this.root.addEventListener(type, tell);
    this.onResize = () => this.measure();
    addEventListener("resize", this.onResize);
  }

  /** What of this step is on the list alone: tables, tasks, risks. */
  othersLine() {
    const { others } = this.data;
    if (!others.length) return null;
    const links = others.map(({ id, title }) => el("button", { type: "button", class: "link", text: title, on: { click: () => this.leave({ part: id }) } }));
    return el("p", { class: "others-line" }, el("span", { class: "muted", text: "Also in this step, on the list: " }), ...links);
  }

  listen() {
    const { client } = this;
    this.unlisten = [
      client.on("events", (events) => this.onEvents(events)),
      client.on("snapshot", () => this.saving.restForOthers()),
      client.on("room", () => this.onRoom()),
      client.on("presence", () => this.redraw()),
      client.on("status", (status) => this.showStatus(status)),
      client.on("told", (told) => this.take(told)),
    ];
  }

  /** Take the data of a page run. */
  update(data) {
    this.data = data;
    this.root.dataset.theme = themeOf(this.root);
    if (!this.updated) {
      this.updated = true;
      this.showStatus(this.client.status());
      if (this.client.relay?.told.answers) this.take(this.client.relay.told);
      this.onEvents(this.client.catchUp(data.seq));
    }
    this.redraw();
    this.measure();
  }

  /** Take what the server makes of the answers and of what is typed. */
  take(told) {
    if (!told.answers || told.step !== this.data.step) return;
    const first = !this.told;
    this.told = told;
    for (const { save, refused } of this.saving.settle(told.results)) this.answering.settled(save, refused);
    this.answering.dropEqualDrafts();
    if (first) this.begin();
    else if (this.path.current && !this.path.order.includes(this.path.current)) this.movedAway();
    this.redraw();
    this.tellTheirs();
    if (first) this.onRoom();
  }

  begin() {
    this.path.begin();
    this.path.keep();
    this.redraw();
    if (this.path.current && this.said.textOf(this.path.current) !== "") this.saving.rest();
    const nowhere = !document.activeElement || document.activeElement === document.body;
    if (nowhere) this.card.focus();
  }

  /** The question that was shown has become pointless by an answer: the next one takes its place, and it is said. */
  movedAway() {
    const gone = this.path.current;
    const all = this.data.groups.flatMap(({ questions }) => questions);
    const rest = all.slice(all.indexOf(gone) + 1).filter((id) => this.path.order.includes(id));
    this.toasts.show(`"${this.data.questions[gone].title}" is not asked any more: ${this.told.left[gone] ?? ""} What was answered is kept.`);
    this.go(rest[0] ?? this.path.order.at(-1) ?? null);
  }

  get isWriting() {
    const active = this.root.getRootNode().activeElement;
    return this.root.contains(active) && active.matches("textarea, input");
  }

  // What people do

  skip() {
    const id = this.path.current;
    if (id === null) return;
    this.path.skip(id);
    this.goOn({ saved: false, skipped: true });
  }

  /** Whoever answers an open question comes to the next open one; who looks through answers, to the next. */
  goOn({ saved, skipped = false, wasOpen = this.said.isOpen(this.path.current) }) {
    const id = this.path.current;
    if (wasOpen && !skipped && !saved) this.path.skip(id);
    if (saved) this.path.skipped.delete(id);
    const comes = this.path.forward({ onlyOpen: wasOpen });
    if (comes) this.toasts.show(`${plural(this.path.again.length, "question")} you skipped: they come back once.`);
    this.shown();
  }

  back() {
    this.path.back();
    this.shown();
  }

  go(id) {
    if (this.calledTo === id) this.calledTo = null;
    this.path.jump(id);
    this.shown();
  }

  /** Another question is shown: from its top, with the focus in its input. */
  shown() {
    this.answering.held = null;
    this.redraw();
    this.toTop();
    this.card.focus();
    this.say(this.path.current ? `${this.progress.count.textContent}: ${this.data.questions[this.path.current].question}` : "That was the last question.");
    this.saving.rest();
  }

  toTop() {
    const { top } = this.root.getBoundingClientRect();
    const main = document.querySelector("[data-testid=stMain]");
    if (top < (parseFloat(getComputedStyle(main).scrollPaddingTop) || 0)) scrollPageTo(this.root);
  }

  leave({ part = null } = {}) {
    const question = part ? null : this.path.current;
    const first = this.data.groups[0].questions[0];
    keepView("list");
    this.saving.ask({ view: "list" });
    showInList({ question, part: part ?? this.data.questions[question ?? first].part });
  }

  // What happens

  /** The advice rests on more than the answers here: tables and decisions count as well. */
  onEvents(events) {
    const counting = events.filter(({ item }) => COUNTING.has(item?.split(":", 1)[0]));
    for (const { item, author, prop, seq } of counting.filter((event) => event.author !== this.client.me.id)) {
      const id = item.slice(REQUIREMENT.length);
      if (!item.startsWith(REQUIREMENT)) continue;
      if (prop === "value") this.authors.set(id, author);
      if (id === this.path.current) this.theirs = { id, author, seq };
    }
    for (const { seq } of counting) this.newest = Math.max(this.newest, seq);
    if (counting.length) this.saving.restForOthers();
  }

  /** Who looks at a question that somebody else answers reads who it was. */
  tellTheirs() {
    if (!this.theirs || this.theirs.seq > this.told.seq) return;
    const { id, author } = this.theirs;
    this.theirs = null;
    if (id !== this.path.current || this.drafts.get(id)) return;
    const { printed, state } = this.said.answer(id);
    const now = state === "not-applicable" ? "it does not apply" : (printed ?? "no answer");
    this.toasts.show(`${this.said.nameOf(author) || "Somebody else"} answered this: ${now}.`);
  }

  /** A blind round begins, is revealed or ends. Nobody is torn away from a text. */
  onRoom() {
    if (!this.told) return;
    const running = this.client.room.facts?.assessing ?? null;
    const key = running && `${running.round}:${running.state}:${running.question}`;
    if (key !== this.roundSeen) {
      const begins = running?.state === "open" && this.path.order.includes(running.question) && running.question !== this.path.current;
      const first = this.roundSeen === undefined;
      this.roundSeen = key;
      this.calledTo = null;
      if (begins && this.isWriting && this.drafts.get(this.path.current) && !first) this.calledTo = running.question;
      else if (begins) this.go(running.question);
      this.saving.rest(Math.random() * REST_MS);
    }
    this.redraw();
  }

  showStatus({ state, reason }) {
    const lines = { offline: "Offline. Go on: what you answer is kept in this browser, and sent when the connection is back.", stopped: `${reason ?? ""} What you answer here now is not saved.` };
    setText(this.notice, lines[state] ?? "");
    if (state === "live" && this.wasAway) this.saving.ask();
    this.wasAway = state === "offline";
  }

  redraw() {
    if (!this.told || !this.updated) return;
    this.progress.update();
    this.card.update();
    this.side.update();
    this.nav.update();
  }

  say(text) {
    this.toasts.say(text);
  }

  /** The buttons stand at the lower edge of the window, as long as the question has room above them. */
  measure() {
    const scroller = scrollerOf(this.root);
    const top = this.root.getBoundingClientRect().top + (scroller?.scrollTop ?? 0);
    const bar = document.querySelector("[data-testid=stHeader]");
    this.root.style.setProperty("--page-bar", `${bar?.offsetHeight ?? 0}px`);
    this.root.style.setProperty("--free", `${Math.max(0, innerHeight - top - BELOW_PX)}px`);
  }

  end() {
    this.ended = true;
    for (const stop of this.unlisten) stop();
    removeEventListener("resize", this.onResize);
    this.saving.end();
    this.keys.end();
    this.client.drawing.delete(this);
    this.client.here({ block: null, note: null, writing: false });
    this.client.release();
    this.root.replaceChildren();
  }
}

const shown = new WeakMap();

export default function ({ data, parentElement }) {
  const present = shown.get(parentElement);
  const same = present?.data.workshop === data.workshop && present?.data.step === data.step;
  if (present && !same) present.end();
  if (!same) shown.set(parentElement, new Questions(parentElement.querySelector("#question"), data));
  shown.get(parentElement).update(data);
  return () => {
    shown.get(parentElement)?.end();
    shown.delete(parentElement);
  };
}
