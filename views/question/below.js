// What stands below the input: why an answer is not saved and the ways on, how sure an answer is, what is assumed while
// there is none, and what else can be done with a question. Their places are there before they are needed.

const SURE = [["decided", "Decided"], ["assumed", "Assumed"]];

class Below {
  constructor(page) {
    this.page = page;
    this.problem = el("p", { class: "problem", id: "problem", role: "status" });
    this.clash = el("div", { class: "clash", role: "group", "aria-label": "Not saved", hidden: true });
    this.sure = el("div", { class: "sure", role: "radiogroup", "aria-label": "How sure is this?" }, ...SURE.map(([id, text]) => this.sureButton(id, text)));
    this.sure.addEventListener("keydown", (event) => this.pressSure(event));
    this.assumed = el("p", { class: "assumed" });
    this.absent = el("div", { class: "absent", hidden: true });
    this.more = this.moreMenu();
    this.place = el("div", { class: "answered-place" }, this.sure, this.assumed);
    this.root = el("div", { class: "below" }, this.problem, this.clash, this.absent, this.place, this.more);
  }

  sureButton(id, text) {
    return el("button", { type: "button", role: "radio", data: { sure: id }, text, disabled: this.page.readOnly, on: { click: () => this.page.answering.setSure(id) } });
  }

  pressSure(event) {
    if (!["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].includes(event.key) || event.altKey || this.page.readOnly) return;
    event.preventDefault();
    const other = [...this.sure.children].find((one) => one !== event.target);
    this.page.answering.setSure(other.dataset.sure);
    other.focus();
  }

  moreMenu() {
    const { page } = this;
    this.reason = el("textarea", { rows: "2", dir: "auto", "aria-label": "Why it does not apply", placeholder: "Why it does not apply" });
    this.reason.addEventListener("input", () => page.answering.reasonTyped(this.reason.value));
    const say = el("button", { type: "button", class: "btn small", text: "Does not apply", on: { click: () => page.answering.sayAbsent(this.reason.value) } });
    this.alone = el("button", { type: "button", class: "btn small alone", on: { click: () => page.answering.askAlone() } }, icon("unseen"), "Ask everybody alone");
    const body = el("div", { class: "more-body" }, el("div", { class: "saying" }, this.reason, say), page.data.leads ? this.alone : null);
    return el("details", { class: "more", hidden: page.readOnly }, el("summary", { text: page.data.leads ? "Does not apply, or ask everybody alone" : "Does not apply" }), body);
  }

  update() {
    const { page } = this;
    const id = page.path.current;
    const answer = page.said.answer(id);
    const alone = page.said.alone(id);
    const text = page.said.textOf(id);
    this.showProblem(id);
    this.showClash(id);
    this.showAbsent(id, answer);
    const sure = page.said.sureOf(id);
    const answered = !alone && answer.state !== "not-applicable" && text !== "";
    this.sure.classList.toggle("away", !answered);
    for (const one of this.sure.children) {
      setAttribute(one, "aria-checked", String(one.dataset.sure === sure));
      one.tabIndex = one.dataset.sure === sure && answered ? 0 : -1;
    }
    this.place.hidden = alone;
    this.showAssumed(answer, !answered && !alone);
    this.more.hidden = page.readOnly || alone || answer.state === "not-applicable";
    setAttribute(this.alone, "disabled", Boolean(page.client.room.facts?.assessing));
    setAttribute(this.alone, "title", page.client.room.facts?.assessing ? "A blind round is going on. Close it first." : null);
  }

  showAssumed({ assumed, because }, shown) {
    this.assumed.classList.toggle("away", !shown || !assumed);
    if (!assumed) return this.assumed.replaceChildren();
    const key = `${assumed.printed}|${because}`;
    if (this.assumed.dataset.key === key) return;
    this.assumed.dataset.key = key;
    this.assumed.replaceChildren(icon("clock"), el("span", {}, el("b", { text: `Assumed meanwhile: ${assumed.printed}. ` }), because ?? ""));
  }

  showProblem(id) {
    const { text, hint } = this.page.said.problemOf(id);
    setText(this.problem, text);
    this.problem.classList.toggle("hint", hint);
  }

  /** Somebody else was faster: both answers, and whose is to stand. */
  showClash(id) {
    const clash = this.page.said.clashOf(id);
    const key = JSON.stringify(clash);
    if (key === this.clashKey) return;
    this.clashKey = key;
    this.clash.hidden = !clash;
    if (!clash) return this.clash.replaceChildren();
    const act = (label, look, run) => el("button", { type: "button", class: `btn small ${look}`, text: label, on: { click: run } });
    this.clash.replaceChildren(
      el("p", {}, el("b", { text: `${clash.who || "Somebody else"} answered this meanwhile. ` }), "Theirs is saved, yours is not."),
      el("p", { dir: "auto", text: `Theirs: ${clash.theirs}` }),
      el("p", { dir: "auto", text: `Yours: ${clash.mine}` }),
      el("div", { class: "acts" }, act("Keep mine", "primary", () => this.page.answering.keepMine()), act("Take theirs", "", () => this.page.answering.takeTheirs())),
    );
    this.page.say(`${clash.who || "Somebody else"} answered this meanwhile: ${clash.theirs}. Yours is not saved.`);
  }

  showAbsent(id, answer) {
    const shown = answer.state === "not-applicable";
    const key = shown ? `${id}|${answer.absent}` : "";
    this.absent.hidden = !shown;
    if (key === this.absentKey) return;
    this.absentKey = key;
    const applies = el("button", { type: "button", class: "btn small", text: "It does apply", disabled: this.page.readOnly, on: { click: () => this.page.answering.act("applies", "") } });
    this.absent.replaceChildren(...(shown ? [el("p", { dir: "auto" }, el("b", { text: "Does not apply: " }), answer.absent), applies] : []));
  }
}
