// The reason of a drafted choice, inside the card of that choice: filled in from what speaks for it until somebody edits
// it, and never overwritten after that.

const WHY = "Why this one, in a sentence that still makes sense in a year";
const WHY_NOT = "Why your system has no use for this";
const FILLED_IN = "filled in from the plus reasons; change what is not yours";
const WRITTEN_BEFORE = "This reason was written before this was chosen. Does it still hold?";

class ReasonField {
  constructor(page, slot) {
    this.page = page;
    this.slot = slot;
    this.about = el("span", { class: "about" });
    const id = `because-${slot}`;
    this.area = el("textarea", { id, rows: "2", dir: "auto", on: { input: () => this.typed(), focusout: () => this.left() } });
    this.area.readOnly = page.readOnly;
    this.older = el("p", { class: "older", hidden: true });
    this.fill = el("button", { type: "button", class: "btn quiet", text: "Fill in from the plus reasons", on: { click: () => this.fillIn() } });
    this.problem = el("p", { class: "problem", role: "alert", hidden: true });
    const label = el("label", { for: id }, el("b", { text: "Because" }), " ", this.about);
    this.root = el("div", { class: "because" }, label, this.area, el("div", { class: "older-row" }, this.older, this.fill), this.problem);
  }

  get draft() {
    return this.page.model.slot(this.slot).draft;
  }

  /** What speaks for the drafted choice as a sentence; empty where nothing does. */
  get prefill() {
    return this.page.model.option(this.slot, this.draft?.choice)?.reason ?? "";
  }

  get text() {
    return this.area.value.trim();
  }

  get excess() {
    return Array.from(this.text).length - this.page.data.letters.reason;
  }

  get focused() {
    return this.page.root.getRootNode().activeElement === this.area;
  }

  typed() {
    const { reasons, model } = this.page;
    const before = reasons.get(this.slot);
    const base = before?.base ?? model.bases(this.slot, ["because"]).because;
    // It is the reason of the card it is written in, whatever somebody else has chosen meanwhile.
    const choice = this.page.question.heldBy ?? this.draft?.choice ?? before?.choice ?? null;
    reasons.keep(this.slot, { text: this.area.value, choice, base });
    this.grow();
    this.page.redraw();
  }

  /** What had to stay in its place while the field had the focus moves now. */
  left() {
    this.save();
    setTimeout(() => this.page.ended || this.page.redraw());
  }

  /** Save what was edited when its field is left; what is too long stays here until it is shortened. */
  save() {
    const typed = this.page.reasons.get(this.slot);
    if (!typed || !this.draft || this.excess > 0 || this.page.readOnly) return;
    const text = typed.text.trim();
    if (this.page.refusals.box(this.slot)) return;
    if (text) this.page.reasons.drop(this.slot);
    if (text !== (this.draft.because ?? "")) this.page.actions.saveReason(this.slot, text);
  }

  fillIn() {
    this.area.value = this.prefill;
    this.page.reasons.drop(this.slot);
    this.typed();
    this.area.focus();
  }

  /** Browsers without `field-sizing` are told how high the field has to be. */
  grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.area.style.height = "auto";
    this.area.style.height = `${this.area.scrollHeight + 2}px`;
  }

  update() {
    const typed = this.page.reasons.get(this.slot);
    const { draft, prefill } = this;
    const text = typed?.text ?? draft?.because ?? prefill;
    // While the field has the focus only its own typing changes what is in it.
    if (this.area.value !== text && (!this.focused || this.area.value === "")) {
      this.area.value = text;
      requestAnimationFrame(() => this.grow());
    }
    const filledIn = !typed && !draft?.because && Boolean(prefill);
    setText(this.about, filledIn ? FILLED_IN : "");
    this.area.placeholder = draft?.choice === NOT_APPLICABLE ? WHY_NOT : WHY;
    const older = typed?.text ? Boolean(draft) && typed.choice !== draft.choice : Boolean(draft?.because) && this.page.model.reasonIsOlder(this.slot);
    this.older.hidden = !older;
    setText(this.older, older ? WRITTEN_BEFORE : "");
    this.fill.hidden = this.page.readOnly || filledIn || !prefill || this.area.value.trim() === prefill || !(older || !this.text);
    this.problem.hidden = this.excess <= 0;
    setText(this.problem, this.excess > 0 ? `Nothing is saved until it is shortened by ${plural(this.excess, "letter")}.` : "");
  }
}
