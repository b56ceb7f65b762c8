// The question itself: which one it is, why it is asked and what it decides, its input, and what stands below it.

const PHONE_PX = 640;

class QuestionCard {
  constructor(page) {
    this.page = page;
    this.place = el("p", { class: "place" });
    this.title = el("h2", { class: "question", dir: "auto", tabindex: "-1" });
    this.why = el("p", { dir: "auto", id: "why" });
    this.decides = el("ul", { role: "list" });
    // Open where there is room; on a phone it opens by a touch.
    this.whyBox = el("details", { class: "why", open: true }, el("summary", { text: "Why we ask" }), this.why);
    const decides = el("div", { class: "decides" }, el("h3", { text: "What it decides" }), this.decides);
    this.called = el("div", { class: "called", role: "status", hidden: true });
    this.field = el("div", { class: "answer" });
    this.wrong = el("p", { class: "wrong" });
    this.below = new Below(page);
    this.roomSays = new RoomSays(page);
    this.shown = el("div", { class: "q" }, this.place, this.title, el("div", { class: "whys" }, this.whyBox, decides), this.field, this.roomSays.root, this.wrong, this.below.root);
    this.end = el("div", { class: "q end", hidden: true });
    this.root = el("div", { class: "card" }, this.called, this.shown, this.end);
    // The question whose input is drawn, and what was pressed or left there, so that a problem is no hint any more.
    this.id = null;
    this.judged = false;
    this.asking = "";
  }

  update() {
    const { page } = this;
    const id = page.path.current;
    this.showCalled();
    this.shown.hidden = id === null;
    this.end.hidden = id !== null;
    if (id === null) return this.showEnd();
    if (id !== this.id) this.open(id);
    const group = page.path.groupOf(id);
    const asked = group.questions.filter((one) => !(one in page.told.left));
    setText(this.place, `${group.title} · ${asked.indexOf(id) + 1} of ${asked.length}, about ${plural(group.minutes, "minute")}`);
    const answer = page.said.answer(id);
    this.field.hidden = answer.state === "not-applicable" && !page.said.alone(id);
    this.input.show(page.said.textOf(id));
    setText(this.wrong, page.drafts.get(id) || page.said.alone(id) ? "" : (answer.wrong ?? ""));
    this.below.update();
    this.roomSays.update();
  }

  open(id) {
    const { kind, question, why, decides } = this.page.data.questions[id];
    this.id = id;
    this.judged = false;
    this.asking = "";
    setText(this.title, question);
    setText(this.why, why);
    this.whyBox.open = this.page.root.clientWidth >= PHONE_PX;
    this.decides.replaceChildren(...decides.map((text) => el("li", { text })));
    const inputs = { number: NumberInput, choice: ChoiceInput, "yes-no": ChoiceInput };
    this.input = new (inputs[kind] ?? TextInput)(this.page, id);
    this.field.dataset.question = id;
    this.field.replaceChildren(this.input.root);
    this.below.more.open = false;
    this.below.reason.value = this.page.reasons.get(id) ?? "";
  }

  /** What is wrong with what is typed is told as such once it was sent or its field was left. */
  judge() {
    this.judged = true;
    this.below.update();
  }

  /** Say below the input what is needed before one can go on. */
  ask(text) {
    this.asking = text;
    this.below.update();
    this.focus();
  }

  focus() {
    if (this.page.path.current && !this.field.hidden && !this.page.readOnly) this.input.focus();
    else (this.end.hidden ? this.title : this.end.querySelector("h2"))?.focus({ preventScroll: true });
  }

  /** Everybody is asked something alone while this person is at another question, in the middle of a text. */
  showCalled() {
    const { page } = this;
    const question = page.calledTo;
    const shown = question && question !== page.path.current;
    this.called.hidden = !shown;
    if (!shown || this.called.dataset.at === question) return;
    this.called.dataset.at = question;
    const go = el("button", { type: "button", class: "btn small", text: "Go there", on: { click: () => page.go(question) } });
    this.called.replaceChildren(el("span", { text: `Everybody answers one question alone now: ${page.data.questions[question].title}. ` }), go);
  }

  showEnd() {
    const { page } = this;
    const open = page.path.order.filter((id) => page.said.isOpen(id));
    const key = JSON.stringify([open, page.data.next]);
    if (key === this.endKey) return;
    this.endKey = key;
    const assumed = open.filter((id) => page.said.answer(id).assumed);
    const words = open.length
      ? `${plural(open.length, "question")} of ${page.path.order.length} stay open. For ${assumed.length} of them something is assumed meanwhile, and every output says so.`
      : `All ${page.path.order.length} questions are answered.`;
    const act = (label, look, run) => el("button", { type: "button", class: `btn ${look}`, text: label, on: { click: run } });
    const openOnes = open.length ? act("To the first open one", "", () => page.go(open[0])) : null;
    const list = act("All questions as a list", "", () => page.leave());
    const next = page.data.next ? act(`Next: ${page.data.next.title}`, "primary", () => page.saving.ask({ go: page.data.next.id })) : null;
    this.id = null;
    this.end.replaceChildren(el("h2", { class: "question", tabindex: "-1", text: "That was the last question" }), el("p", { text: words }), el("p", { class: "muted", text: `You leave with: ${page.data.outcome}` }), el("div", { class: "acts" }, openOnes, list, next));
  }
}
