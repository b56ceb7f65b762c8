// The sheet: puts the parts together, listens to the live client, and draws. Streamlit calls the default export with
// new data at every run of the page; the sheet itself lives as long as the page shows it.

const PHONE_PX = 640;

class Sheet {
  constructor(root, data) {
    this.root = root;
    this.data = data;
    this.client = joinLive(data);
    this.client.drawing.set(this, (item) => item.startsWith(ANSWER));
    this.readOnly = data.me.role === "viewer";
    const mine = `${data.workshop}-${data.me.role}`;
    this.viewKey = `${STORAGE_PREFIX}:sheet-view:${mine}`;
    this.told = null;
    this.asking = new Set();
    this.toasts = new Toasts();
    this.typed = new TypedTexts(mine);
    this.model = new AnswerModel(this.client);
    this.scoring = new RestedAsk(this, "answer");
    this.refusals = new SheetRefusals(this);
    this.actions = new AnswerActions(this);
    this.list = new SheetList(this);
    this.nav = new SectionNav(this);
    this.banner = new Banner(this);
    this.head = new SheetHead(this);
    this.standing = new StandingColumn(this);
    this.pasting = new Pasting(this);
    this.keys = new SheetKeys(this);
    this.phoneBar = new PhoneBar(this);
    this.build();
    this.listen();
  }

  build() {
    this.notice = el("p", { class: "notice", role: "status" });
    this.list.root.append(this.keys.bar);
    const body = el("div", { class: "body" }, this.nav.root, this.list.root, this.standing.root);
    const shell = el("div", { class: "shell" }, this.head.root, this.notice, this.banner.root, body, this.phoneBar.root);
    const dialogs = [this.head.dialog, this.keys.dialog, this.pasting.dialog];
    this.root.replaceChildren(shell, this.toasts.spoken, this.toasts.shelf, ...dialogs);
    // Whoever types a reason or a piece of evidence is writing, and is asked before the room is led elsewhere.
    const tell = () => setTimeout(() => this.ended || this.client.here({ block: null, note: null, writing: this.isWriting() }));
    this.root.addEventListener("focusin", (event) => this.onFocus(event));
    for (const type of ["focusin", "focusout"]) this.root.addEventListener(type, tell);
    this.root.addEventListener("pointerdown", () => (this.byPointer = true));
    this.root.addEventListener("pointerup", () => setTimeout(() => (this.byPointer = false)));
    this.root.addEventListener("pointercancel", () => (this.byPointer = false));
  }

  listen() {
    const { client } = this;
    this.unlisten = [
      client.on("events", (events) => this.onEvents(events)),
      client.on("snapshot", (snapshot) => this.onSnapshot(snapshot)),
      client.on("settled", () => this.redraw()),
      client.on("room", () => this.redraw()),
      client.on("presence", () => this.redraw()),
      client.on("refused", (refusal) => this.refusals.take(refusal), "answer"),
      client.on("status", (status) => this.showStatus(status)),
      client.on("told", (told) => this.take(told)),
    ];
  }

  /** Take the data of a page run. */
  update(data) {
    const first = !this.updated;
    this.updated = true;
    this.data = data;
    this.root.dataset.theme = themeOf(this.root);
    const bar = document.querySelector("[data-testid=stHeader]");
    this.root.style.setProperty("--page-bar", `${bar?.offsetHeight ?? 0}px`);
    this.model.merge(data.answers, data.seq, data.who);
    if (first) {
      this.onEvents(this.client.catchUp(data.seq));
      this.showStatus(this.client.status());
      for (const refusal of this.client.takeRefusals("answer")) this.refusals.take(refusal);
      if (this.client.relay) return this.take(this.client.relay.told);
    }
    this.redraw();
  }

  /** Take what the server makes of the answers. */
  take(told) {
    const first = !this.told;
    const another = !first && (told.model !== this.told.model || JSON.stringify(told.sections) !== JSON.stringify(this.told.sections));
    this.told = told;
    this.chosenModel = null;
    this.scoring.told(told);
    if (first) this.begin();
    else if (another) this.list.choose({ section: this.list.sectionOf(this.list.current)?.id ?? null, filter: null }, this.list.order.includes(this.list.current) ? this.list.current : null);
    this.redraw();
    if (told.said && told.seq !== this.saidAt) this.say(told.said);
    this.saidAt = told.seq;
    this.followFocus(told.focus);
  }

  /** A practice that another part of the page leads to comes up, once. */
  followFocus(focus) {
    if (!focus || this.client.broughtUp === focus.at) return;
    this.client.broughtUp = focus.at;
    this.list.choose({ section: this.list.sectionOf(focus.practice)?.id ?? null, filter: null, onlyOpen: false }, focus.practice);
    this.list.focus(focus.practice);
  }

  openView() {
    const before = kept.read("sessionStorage", this.viewKey);
    const same = before?.model === this.told.model ? before : {};
    this.list.choose({ section: same.section ?? null, onlyOpen: same.onlyOpen ?? false, filter: null }, this.list.sectionOf(same.current) ? same.current : null);
  }

  /** Show where one was. Who comes with the focus nowhere can answer by keys at once; on a phone nothing moves. */
  begin() {
    this.openView();
    const nowhere = !document.activeElement || document.activeElement === document.body;
    if (nowhere && !this.phone) this.list.focus(this.list.current, { still: true });
  }

  keepView() {
    const { view, current } = this.list;
    if (this.told) kept.write("sessionStorage", this.viewKey, { model: this.told.model, ...view, current });
  }

  chooseModel(model) {
    this.chosenModel = model;
    this.ask({ model });
  }

  /** Ask the server for something; see `views/steps/assess/practice_sheet.py`. */
  ask(wanted) {
    this.client.relay?.ask(wanted);
  }

  askAnew(newest, mine) {
    this.ask({ score: newest, mine });
  }

  onEvents(events) {
    const ids = [];
    const mine = this.model.mine(events);
    for (const event of events) {
      const id = this.model.apply(event);
      if (!id) continue;
      ids.push(id);
      this.scoring.changed(event.seq, event);
    }
    this.tellReplaced(mine);
    if (ids.length) this.redraw(ids);
  }

  /** Whose answer somebody else replaces reads it, wherever on the sheet that is. `mine` holds what they had said. */
  tellReplaced(mine) {
    const replaced = [...mine].filter(([id, choice]) => choice !== this.model.choice(id)).map(([id]) => id);
    if (!replaced.length) return;
    const [id] = replaced;
    const { choice, who } = this.model.answer(id);
    const by = this.nameOf(who) || "Somebody else";
    const now = choice === null ? "no answer" : this.wordOf(choice);
    this.toasts.show(replaced.length > 1 ? `${by} changed ${replaced.length} of your answers.` : `${by} changed your answer to “${this.titleOf(id)}”: now ${now}.`);
  }

  onSnapshot({ answers, seq }) {
    if (!answers) return;
    this.model.merge(answers, seq);
    this.scoring.changed(seq, { own: false });
    this.redraw();
  }

  /** My own answers are drawn at once; what they amount to comes after a pause. */
  answered(ids) {
    this.scoring.answered();
    this.redraw(ids);
  }

  /** Bring the sheet in line with the answers; the row under the finger or with the focus stays where it is. */
  redraw(ids = null) {
    if (!this.told) return;
    const held = this.root.querySelector(".row:hover, .row:focus-within");
    const draw = () => {
      this.list.update(ids);
      this.nav.update();
      this.banner.update();
      this.head.update();
      this.standing.update();
      this.keys.update();
    };
    if (held) this.list.steady(held, draw);
    else draw();
  }

  get waiting() {
    return this.scoring.waiting;
  }

  get phone() {
    return this.root.clientWidth < PHONE_PX;
  }

  get today() {
    return this.data.today;
  }

  goOn(id) {
    const next = this.list.nextOpen(id);
    if (next) this.list.focus(next);
    else {
      this.list.focus(id);
      this.redraw();
    }
  }

  onFocus(event) {
    const row = event.target.closest(".row");
    if (!row || this.byPointer || row.dataset.id === this.list.current) return;
    this.list.steady(row, () => this.list.open(row.dataset.id));
  }

  isWriting() {
    const active = this.root.getRootNode().activeElement;
    return this.root.contains(active) && active.matches("textarea");
  }

  showStatus({ state, waiting, reason, persistent }) {
    const warning = persistent ? "" : "This browser keeps nothing: do not close the page while it is saving.";
    const told = waiting ? `${plural(waiting, "change")} kept in this browser, sent when the connection is back.` : "Go on: your answers are kept in this browser, and sent when the connection is back.";
    const lines = { offline: `Offline. ${warning || told}`, stopped: `${reason} ${waiting ? told : ""}` };
    setText(this.notice, (lines[state] ?? warning).trim());
    this.redraw();
  }

  say(text) {
    this.toasts.say(text);
  }

  suggestionOf(id) {
    const found = this.data.hints[id];
    return found && this.model.choice(id) === null ? found : null;
  }

  /** Return the hints that an answer contradicts: one says automated, the other not done. */
  denials(id, choice) {
    const hints = this.data.hints[id]?.hints ?? [];
    return hints.filter(({ value }) => (choice === "none" && value === "automated") || (choice === "automated" && value === "none"));
  }

  /** Whether a practice has changed since it was answered. "Don't know" claims nothing, so there is nothing to check. */
  outdated(id, { choice, revision }) {
    return choice !== null && choice !== "unknown" && (revision ?? 1) < this.data.practices[id].revision;
  }

  titleOf(id) {
    return this.data.practices[id]?.title ?? id;
  }

  answerWords(choice, name) {
    return this.data.words.find(({ id }) => id === choice)?.[name] ?? String(choice);
  }

  wordOf(choice) {
    return this.answerWords(choice, "title");
  }

  shortOf(choice) {
    return this.answerWords(choice, "short");
  }

  withinOf(choice) {
    return this.answerWords(choice, "within");
  }

  spreadWords(spread) {
    const said = Object.entries(spread ?? {}).filter(([choice]) => this.data.words.some(({ id }) => id === choice));
    return said.map(([choice, count]) => `${this.wordOf(choice)} ${count}`).join(" · ");
  }

  /** Return how somebody is called here; nothing while authors are hidden. */
  nameOf(who) {
    if (!who?.author) return "";
    if (who.author === this.client.me.id) return "you";
    if (this.client.room.facts?.hide_authors) return "";
    return this.client.people.find(({ id }) => id === who.author)?.name || this.data.names[who.author] || "someone";
  }

  whoWords(who) {
    const time = who?.at ? new Date(who.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }) : "";
    return [this.nameOf(who), time].filter(Boolean).join(", ");
  }

  end() {
    this.ended = true;
    for (const stop of this.unlisten) stop();
    this.scoring.end();
    this.client.drawing.delete(this);
    this.client.here({ block: null, note: null, writing: false });
    this.client.release();
    this.root.replaceChildren();
  }
}

const sheets = new WeakMap();

export default function ({ data, parentElement }) {
  const present = sheets.get(parentElement);
  const same = present?.data.workshop === data.workshop;
  if (present && !same) present.end();
  if (!same) sheets.set(parentElement, new Sheet(parentElement.querySelector("#sheet"), data));
  sheets.get(parentElement).update(data);
  return () => {
    sheets.get(parentElement)?.end();
    sheets.delete(parentElement);
  };
}
