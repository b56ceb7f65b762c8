// One slot: its question, what the advice rests on, and its options as cards, in the order in which they were found when
// the slot was opened.

const SHOWN_FIRST = 3;
const KEYS_AT_MOST = 9;

class SlotQuestion {
  constructor(page) {
    this.page = page;
    this.slot = null;
    this.number = el("span", { class: "number" });
    this.where = el("span", { class: "where" });
    const up = iconButton("up", "Decision before", "btn beside-it", () => page.list.step(-1));
    const down = iconButton("down", "Decision after", "btn beside-it", () => page.list.step(1));
    this.head = el("div", { class: "question-head" }, this.number, this.where, el("span", { class: "grow" }), up, down);
    this.title = el("h2", { tabindex: "-1" });
    this.rests = el("p", { class: "rests" });
    this.open = el("p", { class: "rests" });
    this.own = el("p", { class: "rests" });
    this.by = el("p", { class: "by" });
    this.boxes = el("div", { class: "boxes" });
    this.cards = el("div", { class: "cards" });
    this.more = el("button", { type: "button", class: "btn", "aria-expanded": "false", on: { click: () => this.unfold() } });
    this.ownInput = el("input", { type: "text", dir: "auto", "aria-label": "In your own words", placeholder: "In your own words", on: { keydown: (event) => this.onOwnKey(event), input: () => this.problem.replaceChildren() } });
    this.ownButton = el("button", { type: "button", class: "btn", text: "Choose these words", on: { click: () => this.chooseOwn() } });
    this.problem = el("p", { class: "problem", role: "alert" });
    this.ownRow = el("div", { class: "own" }, this.ownInput, this.ownButton, this.problem);
    this.foot = el("div", { class: "question-foot" }, this.more, this.ownRow);
    this.root = el("section", { class: "question", data: {}, "aria-label": "Decision" }, this.head, this.title, this.rests, this.open, this.own, this.by, this.boxes, this.cards, this.foot);
  }

  /** Show another slot; its options keep their order while it is shown. */
  show(slot) {
    this.slot = slot;
    this.unfolded = false;
    this.order = [];
    this.known = new Map();
    this.cards.replaceChildren();
    this.ownInput.value = "";
    this.problem.replaceChildren();
    this.reason = new ReasonField(this.page, slot);
    this.beside = new BesideField(this.page, slot);
    this.recording = new Recording(this.page, slot, this.reason);
    this.files = new FilesField(this.page, slot);
    this.holder = el("div", { class: "holder" }, this.reason.root, this.recording.root, this.files.root, this.beside.root);
    this.update();
  }

  card(choice) {
    if (!this.known.has(choice)) this.known.set(choice, new OptionCard(this.page, this.slot, choice));
    return this.known.get(choice);
  }

  /** The options in their order on the screen; new ones come last. */
  arranged() {
    const ids = this.page.optionsOf(this.slot).map(({ id }) => id);
    const kept = this.order.filter((id) => ids.includes(id));
    return (this.order = [...kept, ...ids.filter((id) => !kept.includes(id))]);
  }

  /** Return the choices that are shown, in order: options, those of the team's own, nothing yet, not at all. */
  shown() {
    const { gone, draft, record } = this.page.model.slot(this.slot);
    if (gone) return [];
    const order = this.arranged();
    const chosen = [draft?.choice, record?.choice].filter(Boolean);
    const options = order.filter((id, index) => this.unfolded || index < SHOWN_FIRST || chosen.includes(id));
    const own = [...new Set(chosen)].filter((choice) => choice.startsWith(OWN_WORDS));
    return [...options, ...own, NONE_YET, NOT_APPLICABLE];
  }

  unfold() {
    this.unfolded = !this.unfolded;
    this.update();
  }

  /** Draft a choice; then its reason can be typed at once, but a phone does not raise its keyboard by itself. */
  choose(choice, { typing = false } = {}) {
    const looked = this.shown().filter((id) => this.page.data.entries[id]);
    this.page.actions.choose(this.slot, choice, looked);
    this.page.redraw();
    if (!typing || this.page.readOnly) return;
    if (this.page.phone) this.reason.root.scrollIntoView({ block: "center" });
    else this.typeReason();
  }

  typeReason() {
    const { area } = this.reason;
    area.focus({ preventScroll: true });
    area.setSelectionRange(area.value.length, area.value.length);
    this.card(this.heldBy).root.scrollIntoView({ block: "nearest" });
  }

  onOwnKey(event) {
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.chooseOwn();
  }

  chooseOwn() {
    const text = this.ownInput.value.trim();
    const excess = Array.from(text).length - this.page.data.letters.own;
    if (excess > 0) return setText(this.problem, `Nothing is saved until it is shortened by ${plural(excess, "letter")}.`);
    if (!text) return this.ownInput.focus();
    this.ownInput.value = "";
    this.choose(`${OWN_WORDS}${text}`, { typing: true });
  }

  focus() {
    const { draft, record } = this.page.model.slot(this.slot);
    const at = draft?.choice ?? record?.choice ?? this.shown()[0];
    if (at) this.card(at).button.focus({ preventScroll: true });
    else this.title.focus({ preventScroll: true });
  }

  update() {
    if (!this.slot) return;
    const { model, data } = this.page;
    const slot = model.slot(this.slot);
    const block = data.blocks[slot.block];
    this.root.dataset.hue = block.hue;
    this.number.hidden = block.number === null;
    setText(this.number, String(block.number ?? ""));
    setText(this.where, `${block.title} · ${slot.title}`);
    setText(this.title, slot.question);
    this.updateRests(slot);
    this.updateBoxes();
    const shown = this.shown();
    this.arrange(shown);
    shown.forEach((choice, index) => this.card(choice).update(index < KEYS_AT_MOST ? index + 1 : null));
    this.hold(slot.draft);
    this.reason.update();
    this.beside.update();
    this.recording.update();
    this.files.update();
    this.updateFoot(slot, shown);
  }

  updateRests({ gone, draft }) {
    const ranking = this.page.model.told.ranked[this.slot];
    const used = ranking?.from ?? [];
    this.rests.hidden = !gone && !used.length;
    if (gone) setText(this.rests, `Does not apply: ${gone.why} ${gone.because} What is recorded here is kept, and counts again once that is no longer so.`);
    else {
      const key = JSON.stringify(used);
      if (key !== this.usedKey) this.rests.replaceChildren("From phase zero: ", ...used.flatMap(([title, value], index) => [index ? " · " : "", `${title} `, el("b", { text: value })]));
      this.usedKey = key;
    }
    if (gone) this.usedKey = null;
    tellIn(this.open, ranking?.open.length ? `Not answered yet, so not counted: ${ranking.open.join(", ")}` : "");
    tellIn(this.own, ranking?.own.length ? `Decided in your own words, so not judged: ${ranking.own.join(", ")}` : "");
    const { mine, name } = this.page.model.slots.get(this.slot).who.choice ?? {};
    const whose = draft && !mine && name ? `Draft by ${name}.` : "";
    tellIn(this.by, [draft?.advised ? "Drafted from the advice, together with others." : "", whose].filter(Boolean).join(" "));
  }

  updateBoxes() {
    const box = this.page.refusals.box(this.slot);
    const key = box?.textContent ?? "";
    if (key !== this.boxKey) this.boxes.replaceChildren(...(box ? [box] : []));
    this.boxKey = key;
  }

  /** Put the cards in place; what stands where it should is not touched, so that the focus stays. */
  arrange(shown) {
    const roots = shown.map((choice) => this.card(choice).root);
    for (const child of [...this.cards.children]) if (!roots.includes(child)) child.remove();
    roots.forEach((root, index) => {
      if (this.cards.children[index] !== root) this.cards.insertBefore(root, this.cards.children[index] ?? null);
    });
  }

  /** The reason stands in the card of the drafted choice. While somebody types in it, it stays where it is. */
  hold(draft) {
    const at = draft?.choice ?? null;
    if (at === this.heldBy && this.holder.isConnected === Boolean(at)) return;
    if (this.holder.isConnected && this.holder.contains(this.page.root.getRootNode().activeElement)) return;
    this.heldBy = at;
    if (at) this.card(at).place.append(this.holder);
    else this.holder.remove();
  }

  updateFoot({ gone }, shown) {
    this.foot.hidden = Boolean(gone);
    const hidden = this.order.length - shown.filter((choice) => this.page.data.entries[choice]).length;
    this.more.hidden = !this.unfolded && hidden <= 0;
    setText(this.more, this.unfolded ? "Fewer options" : `${plural(hidden, "more option")}`);
    setAttribute(this.more, "aria-expanded", String(this.unfolded));
    this.ownRow.hidden = this.page.readOnly;
  }
}

function tellIn(line, text) {
  line.hidden = !text;
  setText(line, text);
}
