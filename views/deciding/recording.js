// The way from a draft to a record: one button that records and goes on, one that keeps the draft, and behind a line the
// day, what else it can be recorded as, and the way back.

const LEADS_ONLY = "The facilitator records decisions: a record keeps its number for ever.";

class Recording {
  constructor(page, slot, reason) {
    this.page = page;
    this.slot = slot;
    this.reason = reason;
    const button = (text, look, run) => el("button", { type: "button", class: `btn ${look}`, text, on: { click: run } });
    this.leads = page.data.me.role === "facilitator";
    this.record = button("Record and next", "primary", () => this.recordAs("accepted"));
    this.keep = button(this.leads ? "Keep as draft" : "Keep as draft and next", this.leads ? "quiet" : "primary", () => this.keepDraft());
    this.record.hidden = !this.leads;
    this.root = el("div", { class: "recording" }, el("div", { class: "acts" }, this.record, this.keep), this.leads ? this.otherwise(button) : this.notLeading(button));
    this.root.hidden = page.readOnly;
  }

  otherwise(button) {
    this.day = el("input", { type: "text", inputmode: "numeric", id: `when-${this.slot}`, placeholder: this.page.data.today, on: { input: () => this.tell("") } });
    this.problem = el("p", { class: "problem", role: "alert", hidden: true });
    const when = el("label", { for: this.day.id }, "Decided on (a day, a month or a year; left empty it is today) ", this.day);
    const ways = el("div", { class: "ways" }, button("Record as proposed", "", () => this.recordAs("proposed")), button("Record as rejected", "", () => this.recordAs("rejected")), button("Take the draft back", "quiet", () => this.takeBack()));
    const note = el("p", { class: "faint", text: "Proposed: not agreed yet. Rejected: looked at, and turned down." });
    return (this.details = el("details", {}, el("summary", { text: "Another day, or record it otherwise" }), when, ways, note, this.problem));
  }

  notLeading(button) {
    return el("div", { class: "ways" }, el("p", { class: "faint", text: LEADS_ONLY }), button("Take the draft back", "quiet", () => this.takeBack()));
  }

  tell(text) {
    this.problem.hidden = !text;
    setText(this.problem, text);
    if (text) this.details.open = true;
  }

  takeBack() {
    this.page.actions.takeBack(this.slot);
    this.page.question.focus();
  }

  /** Return the day that was typed, or today; null when it is none, which is told. */
  dayTyped() {
    const typed = this.day.value.trim();
    if (!typed) return this.page.data.today;
    if (/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.test(typed)) return typed;
    this.tell("This is no day. Write it as 2026-11-23, 2026-11 or 2026.");
    return null;
  }

  /** Whether the reason stands at the choice it was written for: when somebody else was faster it does not. */
  get meant() {
    const { model, question, refusals } = this.page;
    return model.slot(this.slot).draft?.choice === question.heldBy && !refusals.open.has(this.slot) && !refusals.elsewhere(this.slot);
  }

  /** Nothing is recorded or kept before it is settled whose choice stands. */
  settleFirst() {
    this.page.say("Somebody else was faster. Say first which choice stands.");
    this.page.question.focus();
    this.page.redraw();
    const way = this.page.question.boxes.querySelector("button");
    way?.scrollIntoView({ block: "center" });
    way?.focus({ preventScroll: true });
  }

  recordAs(status) {
    const { text, excess } = this.reason;
    if (!this.leads || !this.page.model.slot(this.slot).draft) return;
    if (!this.meant) return this.settleFirst();
    const day = this.dayTyped();
    if (!text) this.page.say("Write why first, then record it.");
    if (!text || excess > 0) return this.reason.area.focus();
    if (!day) return this.day.focus();
    this.page.actions.record(this.slot, text, { decided_on: day, status });
    this.page.goOn(this.slot);
  }

  /** Save the reason with the draft as it stands, and go on: it is not recorded. */
  keepDraft() {
    const { text, excess } = this.reason;
    if (!this.meant) return this.settleFirst();
    if (excess > 0) return this.reason.area.focus();
    const { draft } = this.page.model.slot(this.slot);
    this.page.reasons.drop(this.slot);
    if (draft && text !== (draft.because ?? "")) this.page.actions.saveReason(this.slot, text);
    this.page.say(`${this.page.titleOf(this.slot)} stays a draft.`);
    this.page.goOn(this.slot);
  }

  /** What the main button does: record for who leads, else keep the draft. */
  main() {
    if (this.leads) this.recordAs("accepted");
    else this.keepDraft();
  }

  update() {
    const ready = Boolean(this.reason.text) && this.reason.excess <= 0;
    this.record.disabled = !ready;
    this.keep.disabled = this.reason.excess > 0;
  }
}
