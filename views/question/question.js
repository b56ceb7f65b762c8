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
const KEY_WORDS = { "Alt+ArrowLeft": "Alt + ←", "Alt+ArrowRight": "Alt + →", Enter: "Enter" };
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
    this.held = null;
    this.calledTo = null;
    // The newest change that the advice may rest on.
    this.newest = 0;
    this.toasts = new Toasts();
    this.saving = new Saving(this);
    this.path = new Path(this, `${mine}:${data.step}`);
    this.progress = new Progress(this);
    this.card = new QuestionCard(this);
    this.side = new Side(this);
    this.build();
    this.keys = new QuestionKeys(this);
    this.listen();
    keepView("one");
  }

  build() {
    const act = (keys, look, run, ...inside) => el("button", { type: "button", class: `btn ${look}`, title: KEY_WORDS[keys], "aria-keyshortcuts": keys, on: { click: run } }, ...inside);
    this.backButton = act("Alt+ArrowLeft", "back", () => this.back(), icon("back"), el("span", { text: "Back" }));
    // The bar of the room has a Back and a Next of its own.
    this.backButton.setAttribute("aria-label", "Back one question");
    this.next = el("p", { class: "next muted" });
    this.skipButton = act("Alt+ArrowRight", "skip", () => this.skip());
    this.saveWords = el("span");
    this.saveButton = act("Enter", "primary save", () => this.save(), this.saveWords, icon("on"));
    this.nav = el("div", { class: "nav" }, this.backButton, this.next, el("span", { class: "grow" }), this.skipButton, this.saveButton);
    this.notice = el("p", { class: "notice", role: "status" });
    const main = el("div", { class: "main" }, this.card.root, this.othersLine(), this.nav);
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
    for (const { save, refused } of this.saving.settle(told.results)) this.settled(save, refused);
    this.dropEqualDrafts();
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
    if (this.path.current && this.textOf(this.path.current) !== "") this.saving.rest();
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

  // What is shown of a question

  answer(id) {
    return this.told.answers[id] ?? { typed: "", state: "open", base: 0 };
  }

  isOpen(id) {
    const waits = this.saving.pending(id, "value");
    if (waits && !this.refused.has(id)) return waits.typed === "";
    return this.answer(id).state === "open";
  }

  /** Whether everybody answers a question alone just now. */
  alone(id) {
    const running = this.client.room.facts?.assessing;
    return running?.state === "open" && running.question === id;
  }

  draftKey(id) {
    return this.alone(id) ? `alone:${this.client.room.facts.assessing.round}:${id}` : id;
  }

  savedText(id) {
    if (!this.alone(id)) return this.answer(id).typed;
    return this.told.round?.question === id ? (this.told.round.own ?? "") : "";
  }

  textOf(id) {
    const draft = this.drafts.get(this.draftKey(id));
    return draft?.typed ?? this.saving.pending(id, this.alone(id) ? "reply" : "value")?.typed ?? this.savedText(id);
  }

  /** What is typed and not saved, which the advice is to count in; never what is for nobody's eyes. */
  draftText(id) {
    return this.alone(id) ? null : (this.drafts.get(id)?.typed ?? null);
  }

  sureOf(id) {
    const waits = this.saving.pending(id, "state")?.typed;
    const { state } = this.answer(id);
    return this.drafts.get(id)?.sure ?? waits ?? (state === "assumed" ? "assumed" : "decided");
  }

  /** Whether what is shown of the advice is older than what is typed. */
  get isAhead() {
    const id = this.path.current;
    const found = this.told.with;
    const typed = id === null ? null : this.draftText(id);
    return typed !== null && (found?.question !== id || found.typed !== typed);
  }

  problemOf(id) {
    if (this.card.asking) return { text: this.card.asking, hint: true };
    const refused = this.refused.get(id);
    if (refused && refused.code !== "stale") return { text: refused.message, hint: false };
    const found = this.told.with;
    const same = found?.question === id && found.typed !== null && found.typed === this.draftText(id);
    if (same && found.refused) return { text: found.refused, hint: !this.card.judged };
    return { text: same ? (found.reads ?? "") : "", hint: true };
  }

  /** Both answers, where somebody else has given one since mine was begun. */
  clashOf(id) {
    const draft = this.drafts.get(id);
    const { base, typed, printed } = this.answer(id);
    if (this.alone(id) || !draft || draft.typed === typed) return null;
    const stale = this.refused.get(id)?.code === "stale";
    if (!stale && base <= draft.base) return null;
    return { who: this.nameOf(this.authors.get(id)), theirs: printed ?? "no answer", mine: this.wordsOf(id, draft.typed) };
  }

  wordsOf(id, typed) {
    const { options, kind } = this.data.questions[id];
    if (!typed) return "no answer";
    return kind === "choice" ? (options.find((option) => option.id === typed)?.title ?? typed) : typed;
  }

  nameOf(author) {
    if (!author || this.client.room.facts?.hide_authors) return "";
    return this.client.people.find(({ id }) => id === author)?.name ?? "";
  }

  get isWriting() {
    const active = this.root.getRootNode().activeElement;
    return this.root.contains(active) && active.matches("textarea, input");
  }

  // What people do

  typed(id, typed) {
    const key = this.draftKey(id);
    const before = this.drafts.get(key);
    this.refused.delete(id);
    if (typed === this.savedText(id) && !before?.sure && !this.clashOf(id)) this.drafts.drop(key);
    else this.drafts.set(key, { ...before, typed, base: before?.base ?? this.answer(id).base });
    this.card.judged = false;
    this.card.asking = "";
    this.redraw();
    this.saving.rest();
  }

  reasonTyped(text) {
    this.reasons.set(this.path.current, text);
  }

  setSure(sure) {
    const id = this.path.current;
    const draft = this.drafts.get(id);
    if (draft) this.drafts.set(id, { ...draft, sure });
    else {
      this.saving.add("state", id, sure, { base: this.answer(id).stateBase });
      this.saving.ask();
    }
    this.redraw();
  }

  /** Save what is typed and go on. A number waits until it is read, so that what is wrong with it is seen with it. */
  save() {
    const id = this.path.current;
    if (id === null) return;
    const draft = this.drafts.get(this.draftKey(id));
    if (this.held?.id === id) return;
    if (!draft && !this.readOnly && this.textOf(id) === "" && (this.isOpen(id) || this.alone(id))) return this.card.ask("Answer first, or skip.");
    if (this.readOnly || !draft) return this.goOn({ saved: false });
    if (this.clashOf(id)) return this.say("Somebody else answered this meanwhile. Choose below whose answer stands.");
    this.refused.delete(id);
    const found = this.told.with;
    const known = found?.question === id && found.typed === draft.typed;
    if (known && found.refused && !this.alone(id)) return this.card.judge() ?? this.say(found.refused);
    const wasOpen = this.answer(id).state === "open";
    const saveId = this.send(id, draft);
    const unread = this.data.questions[id].kind === "number" && draft.typed !== "" && !(known && found.printed);
    if (unread || this.alone(id)) this.held = { id, saveId, wasOpen };
    else this.goOn({ saved: true, wasOpen });
    this.saving.ask();
    this.redraw();
  }

  /** Queue an answer, and how sure it is where that is said with it. Returns the id of the first. */
  send(id, { typed, base, sure }, over = false) {
    if (this.alone(id)) return this.saving.add("reply", id, typed, { key: this.draftKey(id) });
    const saveId = this.saving.add("value", id, typed, { base, over });
    const { state, stateBase } = this.answer(id);
    if (sure && typed !== "" && sure !== state) this.saving.add("state", id, sure, { base: stateBase ?? 0, over: true });
    return saveId;
  }

  /** Act on a question in one step: take what somebody said, or say that it does apply. */
  act(kind, typed) {
    this.saving.add(kind, this.path.current, typed);
    if (kind === "take") this.drafts.drop(this.path.current);
    this.saving.ask();
  }

  sayAbsent(reason) {
    if (!reason.trim()) return this.say("Say why it does not apply first.") ?? this.card.below.reason.focus();
    this.saving.add("absent", this.path.current, reason);
    this.saving.ask();
  }

  askAlone() {
    this.client.set("room:", "assessing", { state: "open", question: this.path.current });
  }

  keepMine() {
    const id = this.path.current;
    const draft = this.drafts.get(id);
    this.refused.delete(id);
    this.drafts.set(id, { ...draft, base: this.answer(id).base });
    this.send(id, draft, true);
    this.saving.ask();
    this.redraw();
    this.card.focus();
  }

  takeTheirs() {
    const id = this.path.current;
    this.drafts.drop(id);
    this.refused.delete(id);
    this.redraw();
    this.saving.rest();
    this.card.focus();
  }

  skip() {
    const id = this.path.current;
    if (id === null) return;
    this.path.skip(id);
    this.goOn({ saved: false, skipped: true });
  }

  /** Whoever answers an open question comes to the next open one; who looks through answers, to the next. */
  goOn({ saved, skipped = false, wasOpen = this.isOpen(this.path.current) }) {
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
    this.held = null;
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

  settled(save, refused) {
    const { question: id, kind } = save;
    const held = this.held?.saveId === save.id ? this.held : null;
    if (held) this.held = null;
    if (!refused) {
      this.accepted(save);
      if (held && this.path.current === id && kind === "value") this.goOn({ saved: true, wasOpen: held.wasOpen });
      return;
    }
    if (kind === "value" || kind === "reply") this.refused.set(id, refused);
    if (held || this.path.current === id) return this.say(refused.message) ?? (kind === "value" || kind === "reply" ? null : this.toasts.show(refused.message));
    const title = this.data.questions[id].title;
    this.toasts.show(`"${title}" was not saved: ${refused.message}`, { label: "Go there", run: () => this.go(id) });
  }

  accepted({ kind, question: id, typed, key = id }) {
    if (kind === "absent") this.reasons.delete(id);
    // Who types on while it is saved keeps that.
    const draft = ["value", "reply"].includes(kind) ? this.drafts.get(key) : null;
    if (draft?.typed === typed) this.drafts.drop(key);
    else if (draft) this.drafts.set(key, { ...draft, base: this.answer(id).base });
    if (kind === "take") this.toasts.show("Taken as the answer.");
  }

  /** What is kept here and saved by now, from another tab or before a reload, is no draft any more. */
  dropEqualDrafts() {
    for (const [key, { typed, sure }] of [...this.drafts.all]) {
      if (key in this.told.answers && !sure && typed === this.answer(key).typed && !this.saving.pending(key, "value")) this.drafts.drop(key);
    }
  }

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
    const { printed, state } = this.answer(id);
    const now = state === "not-applicable" ? "it does not apply" : (printed ?? "no answer");
    this.toasts.show(`${this.nameOf(author) || "Somebody else"} answered this: ${now}.`);
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
    this.showNav();
  }

  showNav() {
    const { path } = this;
    const id = path.current;
    this.nav.hidden = false;
    this.backButton.disabled = !path.canGoBack;
    this.skipButton.hidden = this.saveButton.hidden = id === null;
    if (id === null) return setText(this.next, "");
    const draft = this.drafts.get(this.draftKey(id));
    const follows = path.following(this.answer(id).state === "open");
    setText(this.next, follows ? `Next: ${this.data.questions[follows].question}` : "This is the last question.");
    const { assumed, printed } = this.answer(id);
    const stays = printed ?? assumed?.printed ?? "";
    setText(this.skipButton, stays && stays.length <= 24 && !this.alone(id) ? `Skip, keep ${stays}` : "Skip");
    const away = this.readOnly || (!draft && !this.isOpen(id));
    this.skipButton.classList.toggle("away", away);
    setText(this.saveWords, this.saveLabel(id, draft));
  }

  saveLabel(id, draft) {
    if (this.held?.id === id) return "Saving…";
    if (this.readOnly || (!draft && this.savedText(id) !== "")) return "Next question";
    if (!this.alone(id)) return !draft && !this.isOpen(id) ? "Next question" : "Save and next";
    return "Send my answer";
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
