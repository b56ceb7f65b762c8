// One practice as a row: its title, what is known about its answer in one line, and the five answers as a radio group.
// The row that is open shows the question, the digits of the keys and the card (`card.js`).

class Row {
  constructor(sheet, id) {
    this.sheet = sheet;
    this.id = id;
    const { title, question } = sheet.data.practices[id];
    this.title = el("button", { type: "button", class: "title", "aria-expanded": "false", text: title, on: { click: () => this.pressTitle() } });
    this.question = el("p", { class: "question", text: question, hidden: true });
    this.meta = el("div", { class: "meta" });
    this.radios = sheet.data.words.map((answer, index) => this.radio(answer, index));
    this.chips = el("div", { class: "chips", role: "radiogroup", "aria-label": title }, ...this.radios);
    this.what = el("div", { class: "what" }, this.title, this.question, this.meta);
    this.item = el("li", { class: "row", data: { id } }, this.what, this.chips);
    this.card = null;
    this.update();
  }

  radio({ id, title, short }, index) {
    const words = [el("span", { class: "short", text: short })];
    if (short.length < 4) words.push(el("span", { class: "long", text: title }));
    const name = short.length < 4 ? `${title}, ${short}` : title;
    return el(
      "button",
      { type: "button", role: "radio", "aria-label": name, title, data: { answer: id }, on: { click: () => this.press(id) } },
      el("kbd", { "aria-hidden": "true", text: String(index + 1) }),
      ...words,
    );
  }

  get isOpen() {
    return this.card !== null;
  }

  pressTitle() {
    this.sheet.list.steady(this.item, () => this.sheet.list.open(this.isOpen && !this.sheet.phone ? null : this.id));
    this.focus();
  }

  /** A click answers and stays where it is; what does not apply opens the row, to ask for the reason. */
  press(choice) {
    if (this.sheet.readOnly) return;
    const given = this.sheet.actions.give(this.id, choice);
    if (!given) this.sheet.list.steady(this.item, () => this.askWhyNot());
    else if (this.sheet.phone) this.sheet.goOn(this.id);
  }

  askWhyNot() {
    this.sheet.asking.add(this.id);
    this.sheet.list.open(this.id);
    this.update();
    this.card.reason.focus();
  }

  open() {
    if (this.isOpen) return;
    this.card = new Card(this.sheet, this.id);
    this.item.append(this.card.root);
    this.shown(true);
  }

  close() {
    if (!this.isOpen) return;
    this.card.root.remove();
    this.card = null;
    this.shown(false);
  }

  shown(open) {
    this.item.classList.toggle("open", open);
    setAttribute(this.item, "aria-current", open ? "true" : null);
    setAttribute(this.title, "aria-expanded", String(open));
    this.question.hidden = !open;
    this.update();
  }

  /** The radio that Tab reaches: the one chosen, else the one suggested, else the first. */
  get entry() {
    return this.radios.find((radio) => radio.tabIndex === 0);
  }

  focus() {
    this.entry.focus({ preventScroll: true });
  }

  /** Bring the row in line with the answers; nothing is rebuilt in vain. */
  update() {
    const answer = this.sheet.model.answer(this.id);
    const suggested = this.sheet.suggestionOf(this.id)?.value ?? null;
    if (answer.choice === NOT_APPLICABLE) this.sheet.asking.delete(this.id);
    const asking = this.sheet.asking.has(this.id);
    const focused = this.radios.find((radio) => radio.matches(":focus"));
    for (const [index, radio] of this.radios.entries()) {
      const id = radio.dataset.answer;
      radio.classList.toggle("on", id === answer.choice);
      radio.classList.toggle("suggested", id === suggested || (asking && id === NOT_APPLICABLE));
      setAttribute(radio, "aria-checked", String(id === answer.choice));
      setAttribute(radio, "aria-description", id === suggested ? "suggested by the board" : null);
      setAttribute(radio, "aria-disabled", this.sheet.readOnly ? "true" : null);
      const entry = focused ? radio === focused : answer.choice ?? suggested ? id === (answer.choice ?? suggested) : index === 0;
      radio.tabIndex = entry ? 0 : -1;
    }
    this.item.classList.toggle("pending", answer.pending);
    this.showMeta(answer, suggested);
    this.card?.update(answer);
  }

  showMeta(answer, suggested) {
    const refused = this.sheet.refusals.get(this.id);
    const denied = this.sheet.denials(this.id, answer.choice);
    const again = this.sheet.outdated(this.id, answer);
    const key = JSON.stringify([answer, suggested, refused, denied, again, this.isOpen, this.sheet.nameOf(answer.who)]);
    if (key === this.metaKey) return;
    this.metaKey = key;
    const held = this.meta.contains(this.meta.getRootNode().activeElement);
    this.meta.replaceChildren(...this.metaParts(answer, suggested, denied, again));
    if (held) this.focus();
    this.refused?.remove();
    this.refused = refused ? this.sheet.refusals.box(this.id) : null;
    if (this.refused) this.chips.after(this.refused);
  }

  metaParts(answer, suggested, denied, again) {
    const parts = [];
    if (again) parts.push(el("span", { class: "tag warn", text: "check again" }));
    if (denied.length) parts.push(el("span", { class: "tag warn", text: `the board says: ${this.sheet.withinOf(denied[0].value)}` }));
    if (suggested) parts.push(el("span", { class: "board-says", text: `board says: ${this.sheet.withinOf(suggested)}` }));
    if (suggested && !this.sheet.readOnly) parts.push(this.acceptButton(suggested));
    if (answer.choice === null && !suggested) parts.push(el("span", { text: "no hint on the board" }));
    if (answer.choice !== null) parts.push(el("span", { class: "known", dir: "auto", text: this.knownWords(answer) }));
    return parts;
  }

  acceptButton(suggested) {
    const label = `Accept: ${this.sheet.wordOf(suggested)}, for ${this.sheet.titleOf(this.id)}`;
    return el("button", { type: "button", class: "accept", "aria-label": label, text: "Accept", on: { click: () => this.accept() } });
  }

  accept() {
    this.sheet.actions.accept([this.id]);
    if (this.sheet.phone) this.sheet.goOn(this.id);
  }

  /** Say in one line who answered when, and what shows it. */
  knownWords({ choice, evidence, reason, who }) {
    const [first, ...more] = evidence.filter(({ hint }) => !hint);
    const rest = more.length ? ` and ${more.length} more` : "";
    const claims = choice === "manual" || choice === "automated";
    const shown = first ? `evidence: ${first.ref}${rest}` : evidence.length && claims ? "a hint, no evidence yet" : claims ? "no evidence yet" : "";
    return [this.sheet.whoWords(who), choice === NOT_APPLICABLE ? reason : shown].filter(Boolean).join(" · ") || "answered";
  }
}
