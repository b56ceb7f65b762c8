// What is said beside a drafted choice: what else is in use next to it, and which entry own words are like.

class BesideField {
  constructor(page, slot) {
    this.page = page;
    this.slot = slot;
    this.like = el("select", { "aria-label": "Most like", on: { change: () => page.actions.setLike(slot, this.like.value || null) } });
    this.likeRow = el("label", { class: "like" }, el("span", { text: "Most like" }), this.like, el("small", { text: "Advice, diagram and project treat it as that one, and print your words." }));
    this.chips = el("ul", { class: "chips", "aria-label": "In use beside it" });
    this.add = el("input", { type: "text", list: `beside-${slot}`, "aria-label": "Also in use beside it", placeholder: "Pick or type what else is in use", on: { keydown: (event) => this.onKey(event) } });
    this.known = el("datalist", { id: `beside-${slot}` });
    this.button = el("button", { type: "button", class: "btn", text: "Add", on: { click: () => this.take() } });
    this.problem = el("p", { class: "problem", role: "alert", hidden: true });
    this.form = el("div", { class: "adding" }, this.add, this.known, this.button);
    const summary = el("summary", { text: "Also in use beside it" });
    this.details = el("details", {}, summary, this.chips, this.form, this.problem);
    this.root = el("div", { class: "beside" }, this.likeRow, this.details);
  }

  get beside() {
    return this.page.model.slot(this.slot).draft?.beside ?? [];
  }

  onKey(event) {
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.take();
  }

  /** Add what was picked or typed; the title of an option is that option, anything else is the team's own words. */
  take() {
    const text = this.add.value.trim();
    if (!text) return;
    const found = this.page.optionsOf(this.slot).find(({ id }) => this.page.choiceTitle(id).toLowerCase() === text.toLowerCase());
    const excess = Array.from(text).length - this.page.data.letters.own;
    const choice = found?.id ?? `${OWN_WORDS}${text}`;
    const twice = [this.page.model.slot(this.slot).draft?.choice, ...this.beside].includes(choice);
    this.tell(!found && excess > 0 ? `Nothing is saved until it is shortened by ${plural(excess, "letter")}.` : twice ? "This stands there already." : "");
    if (!this.problem.hidden) return;
    this.add.value = "";
    this.page.actions.setBeside(this.slot, [...this.beside, choice]);
  }

  tell(text) {
    this.problem.hidden = !text;
    setText(this.problem, text);
  }

  update() {
    const { draft } = this.page.model.slot(this.slot);
    this.root.hidden = !draft || [NONE_YET, NOT_APPLICABLE].includes(draft.choice);
    if (this.root.hidden) return;
    const options = this.page.optionsOf(this.slot);
    this.likeRow.hidden = !draft.choice.startsWith(OWN_WORDS);
    const key = JSON.stringify([options.map(({ id }) => id), draft.like, draft.choice, draft.beside]);
    if (key === this.key) return;
    this.key = key;
    this.like.replaceChildren(el("option", { value: "", text: "None of these" }), ...options.map(({ id }) => el("option", { value: id, text: this.page.choiceTitle(id) })));
    this.like.value = draft.like ?? "";
    this.known.replaceChildren(...options.filter(({ id }) => id !== draft.choice).map(({ id }) => el("option", { value: this.page.choiceTitle(id) })));
    this.chips.replaceChildren(...draft.beside.map((choice) => this.chip(choice)));
    if (draft.beside.length) this.details.open = true;
    this.form.hidden = this.like.disabled = false;
    if (this.page.readOnly) this.form.hidden = this.like.disabled = true;
  }

  chip(choice) {
    const title = this.page.choiceTitle(choice);
    const drop = iconButton("close", `Remove ${title}`, "drop", () => {
      this.page.actions.setBeside(this.slot, this.beside.filter((other) => other !== choice));
      this.add.focus();
    });
    drop.hidden = this.page.readOnly;
    return el("li", {}, el("span", { dir: "auto", text: title }), drop);
  }
}
