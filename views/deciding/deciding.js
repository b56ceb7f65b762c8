// The decisions: puts the parts together, listens to the live client, and draws. Streamlit calls the default export with
// new data at every run of the page; this lives as long as the page shows it.

const PHONE_PX = 640;
const SLOT_REST_MS = 500;
const ABOVE_PX = 60;
// What the server works out anew when one of these changes.
const READ_FROM = /^(draft|decision|outcome|requirement|row|task|risk|workshop):/;

class Deciding {
  constructor(root, data) {
    this.root = root;
    this.data = data;
    this.client = joinLive(data);
    // Drafts of slots and what they rest on are drawn here; records and drafts beyond the slots stand below as well.
    this.client.drawing.set(this, (item) => READ_FROM.test(item) && !/^(decision|outcome):|^draft:own-/.test(item));
    this.readOnly = data.me.role === "viewer";
    const mine = `${data.workshop}-${data.me.role}`;
    this.viewKey = `${STORAGE_PREFIX}:decide-view:${mine}`;
    this.told = null;
    this.current = null;
    this.toasts = new Toasts();
    this.reasons = new TypedReasons(mine);
    this.model = new SlotModel(this.client);
    this.asking = new RestedAsk(this, "draft");
    this.refusals = new DecideRefusals(this);
    this.actions = new DecideActions(this);
    this.keys = new DecideKeys(this);
    this.list = new SlotList(this);
    this.question = new SlotQuestion(this);
    this.side = new SideColumn(this);
    this.build();
    this.listen();
  }

  build() {
    this.notice = el("p", { class: "notice", role: "status" });
    this.count = el("span", { class: "count" });
    this.undo = el("button", { type: "button", class: "btn", on: { click: () => this.actions.undo() } }, icon("undo"), "Undo");
    this.advised = el("button", { type: "button", class: "btn soft", on: { click: () => this.actions.draftAdvised() } });
    const head = el("header", { class: "head" }, this.count, el("span", { class: "grow" }), this.undo, this.advised);
    this.back = el("button", { type: "button", class: "btn quiet", on: { click: () => this.turn(this.root.dataset.view !== "list") } });
    this.phoneCount = el("span", { class: "count" });
    const phone = el("div", { class: "phone-head" }, this.back, el("span", { class: "grow" }), this.phoneCount);
    const body = el("div", { class: "body" }, this.list.root, this.question.root, this.side.root);
    this.shell = el("div", { class: "shell", hidden: true }, this.notice, head, phone, this.list.strip, body);
    this.root.replaceChildren(this.shell, this.toasts.spoken, this.toasts.shelf, this.keys.dialog, this.side.sketch.dialog);
    const tell = () => setTimeout(() => this.ended || this.client.here({ block: null, note: null, writing: this.isWriting() }));
    for (const type of ["focusin", "focusout"]) this.root.addEventListener(type, tell);
    this.leaving = () => this.question.reason?.save();
    addEventListener("pagehide", this.leaving);
    this.released = () => this.release();
    this.root.addEventListener("pointerdown", () => (this.pressed = true));
    for (const type of ["pointerup", "pointercancel"]) addEventListener(type, this.released, true);
  }

  listen() {
    const { client } = this;
    this.unlisten = [
      client.on("events", (events) => this.onEvents(events)),
      client.on("snapshot", ({ seq }) => this.asking.changed(seq, { own: false })),
      client.on("made", ({ opId, seq }) => this.model.made(opId, seq)),
      client.on("refused", (refusal) => this.refusals.take(refusal), "draft"),
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
    if (first) {
      this.onEvents(this.client.catchUp(data.seq));
      this.showStatus(this.client.status());
      if (this.client.relay?.told.slots) this.take(this.client.relay.told);
    }
    this.redraw();
  }

  /** Take what the server has worked out. */
  take(told) {
    if (!told.slots) return;
    const first = !this.told;
    const before = first ? [] : this.model.ids.map((id) => [id, this.model.slots.get(id)]);
    this.told = told;
    this.wanted = {};
    if (told.refused) this.toasts.show(told.refused);
    this.model.take(told);
    this.asking.told(told);
    this.shell.hidden = false;
    if (first) this.begin();
    else this.tellReplaced(before);
    this.redraw();
  }

  /** Show where one was, else the first open slot. Who comes with the focus nowhere can decide by keys at once. */
  begin() {
    const before = kept.read("sessionStorage", this.viewKey)?.slot ?? this.data.slot;
    const open = this.model.ids.find((id) => this.model.isOpen(id));
    this.open(this.model.slots.has(before) ? before : (open ?? this.model.ids[0]));
    for (const refusal of this.client.takeRefusals("draft")) this.refusals.take(refusal);
    const nowhere = !document.activeElement || document.activeElement === document.body;
    if (nowhere && !this.phone) this.question.focus();
  }

  /** Whose draft somebody else replaces, records or takes back reads it, wherever on the page that is. */
  tellReplaced(before) {
    for (const [id, was] of before) {
      const now = this.model.slots.get(id);
      if (!was.draft || !was.who.choice?.mine || !now) continue;
      const [by, mine] = [now.who.choice?.name || "Somebody else", now.who.choice?.mine];
      if (mine || now.draft?.choice === was.draft.choice) continue;
      const what = now.draft ? `chose ${this.choiceTitle(now.draft.choice)}` : now.records > was.records ? "recorded it" : "took the draft back";
      this.toasts.show(`${this.titleOf(id)}: ${by} ${what}. You had drafted ${this.choiceTitle(was.draft.choice)}.`);
    }
  }

  onEvents(events) {
    for (const event of events) {
      // What an earlier page has left waiting is news to this one.
      const own = this.model.ahead.has(event.op_id);
      if (own) this.model.made(event.op_id, event.seq);
      if (READ_FROM.test(event.item)) this.asking.changed(event.seq, { own });
    }
  }

  askAnew(newest) {
    this.ask({ upto: newest });
  }

  /** Ask the server for something; see `views/steps/decide/decide.py`. */
  ask(wanted) {
    // What is asked for while an answer is on its way is asked for together: the last request is the one that counts.
    this.wanted = { ...this.wanted, ...wanted };
    this.client.relay?.ask(this.wanted);
  }

  /** My own change is drawn at once; what it amounts to comes after a rest. */
  changed() {
    this.asking.answered();
    this.redraw();
  }

  /** Open a slot. The records below the component are brought when one stays at a slot that has some. */
  open(id, { focus = false } = {}) {
    this.turn(false);
    if (id === this.current) return focus ? this.question.focus() : undefined;
    this.question.reason?.save();
    const records = (slot) => this.model.slots.get(slot)?.records ?? 0;
    const below = records(this.belowSlot ?? this.data.slot) + records(id) > 0;
    this.current = id;
    kept.write("sessionStorage", this.viewKey, { slot: id });
    this.question.show(id);
    this.redraw();
    this.list.bringUp();
    if (focus) {
      this.question.focus();
      this.bringUp();
    }
    clearTimeout(this.restingAt);
    if (below) this.restingAt = setTimeout(() => this.showBelow(id), SLOT_REST_MS);
  }

  /** Scroll to the question when it has left the window at the top, or begins far below. */
  bringUp() {
    const { top } = this.question.root.getBoundingClientRect();
    if (top < ABOVE_PX || top > innerHeight / 2) this.question.root.scrollIntoView({ block: "start" });
  }

  showBelow(id) {
    this.belowSlot = id;
    this.ask({ slot: id });
  }

  goOn(slot) {
    const next = this.list.nextOpen(slot);
    if (next) return this.open(next, { focus: true });
    this.question.focus();
    this.say("No decision is open any more.");
    this.redraw();
    this.restingAt = setTimeout(() => this.showBelow(slot), SLOT_REST_MS);
  }

  mend(slot, choice) {
    this.open(slot);
    this.question.choose(choice, { typing: true });
  }

  turn(toList) {
    this.root.dataset.view = toList ? "list" : "one";
    if (this.told) this.updateHead();
  }

  /** Between the press and the release of a button nothing moves: a field that is left may not take it away. */
  release() {
    this.pressed = false;
    setTimeout(() => this.due && !this.ended && this.redraw());
  }

  /** Bring everything in line. What is under the finger or has the focus stays where it is in the window. */
  redraw() {
    if (!this.told || !this.current) return;
    this.due = Boolean(this.pressed);
    if (this.due) return;
    const held = this.root.querySelector(".option:hover, .option:focus-within, .side-card:hover, .slot:hover");
    const scroller = scrollerOf(this.root);
    const before = held?.getBoundingClientRect().top;
    this.list.update();
    this.question.update();
    this.side.update();
    this.keys.update();
    this.updateHead();
    if (held?.isConnected) scroller.scrollTop += held.getBoundingClientRect().top - before;
  }

  updateHead() {
    const all = this.model.ids.filter((id) => this.model.state(id) !== "gone");
    const count = (state) => all.filter((id) => this.model.state(id) === state).length;
    setText(this.count, `${count("recorded")} of ${all.length} recorded`);
    const against = this.told.contradictions.length;
    setText(this.phoneCount, `${count("open")} open · ${plural(count("draft"), "draft")} · ${count("recorded")} recorded${against ? ` · ${plural(against, "contradiction")}` : ""}`);
    setText(this.back, this.root.dataset.view === "list" ? "Back to the decision" : `All ${this.model.ids.length}`);
    const ready = this.actions.advised.length;
    this.advised.hidden = this.readOnly || !ready;
    const open = count("open");
    const which = ready < open ? `${ready} of the ${open} open ones` : ready === 1 ? "the open one" : `the ${ready} open ones`;
    setText(this.advised, `Draft ${which} as advised`);
    this.undo.hidden = this.readOnly;
    this.undo.disabled = !this.client.histories.draft.last();
  }

  get phone() {
    return this.root.clientWidth < PHONE_PX;
  }

  isWriting() {
    const active = this.root.getRootNode().activeElement;
    return this.root.contains(active) && active.matches("textarea, input[type=text]");
  }

  showStatus({ state, waiting, reason, persistent }) {
    const warning = persistent ? "" : "This browser keeps nothing: do not close the page while it is saving.";
    const told = waiting ? `${plural(waiting, "change")} kept in this browser, sent when the connection is back.` : "Go on: what you decide is kept in this browser, and sent when the connection is back.";
    const lines = { offline: `Offline. ${warning || told} The advice stays as it was.`, stopped: `${reason} ${waiting ? told : ""}` };
    setText(this.notice, (lines[state] ?? warning).trim());
    this.redraw();
  }

  say(text) {
    this.toasts.say(text);
  }

  titleOf(id) {
    return this.model.slots.get(id)?.title ?? id;
  }

  choiceTitle(choice) {
    if (choice.startsWith(OWN_WORDS)) return choice.slice(OWN_WORDS.length);
    return this.data.titles[choice] ?? this.data.entries[choice]?.title ?? choice;
  }

  optionsOf(slot) {
    return this.model.told.ranked[slot]?.options ?? [];
  }

  end() {
    this.question.reason?.save();
    this.ended = true;
    for (const stop of this.unlisten) stop();
    removeEventListener("pagehide", this.leaving);
    for (const type of ["pointerup", "pointercancel"]) removeEventListener(type, this.released, true);
    clearTimeout(this.restingAt);
    this.asking.end();
    this.client.drawing.delete(this);
    this.client.here({ block: null, note: null, writing: false });
    this.client.release();
    this.root.replaceChildren();
  }
}

const pages = new WeakMap();

export default function ({ data, parentElement }) {
  const present = pages.get(parentElement);
  const same = present?.data.workshop === data.workshop;
  if (present && !same) present.end();
  if (!same) pages.set(parentElement, new Deciding(parentElement.querySelector("#deciding"), data));
  pages.get(parentElement).update(data);
  return () => {
    pages.get(parentElement)?.end();
    pages.delete(parentElement);
  };
}
