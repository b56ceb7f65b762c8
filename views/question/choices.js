// The input of a question with a few possible answers: buttons that are one radio group. Arrows choose, digits as well,
// and pressing the chosen one again takes it back.

// So many options have room for what each means; of more the meaning of one is shown below them.
const EXPLAINED = 6;
const YES_NO = [{ id: "yes", title: "Yes" }, { id: "no", title: "No" }];

class ChoiceInput {
  constructor(page, id) {
    this.page = page;
    this.id = id;
    const { kind, question } = page.data.questions[id];
    this.options = kind === "yes-no" ? YES_NO : inOrder(page.data.questions[id].options, page.told.orders[id]);
    const few = this.options.length <= EXPLAINED && this.options.some(({ help }) => help);
    this.radios = this.options.map((option, place) => this.radio(option, place, few));
    this.meaning = few || kind === "yes-no" ? null : el("p", { class: "meaning" });
    const group = el("div", { class: few ? "options explained" : "options", role: "radiogroup", "aria-label": question, "aria-describedby": "why problem", "aria-disabled": page.readOnly }, ...this.radios);
    group.addEventListener("keydown", (event) => this.press(event));
    this.root = el("div", { class: "field choice-field" }, group, this.meaning);
  }

  radio({ id, title, help }, place, explained) {
    const digit = place < 9 ? el("kbd", { "aria-hidden": "true", text: String(place + 1) }) : null;
    const words = el("span", { class: "words" }, el("b", { text: title }), explained && help ? el("span", { class: "help", text: help }) : null);
    const node = el("button", { type: "button", role: "radio", class: "option", data: { id }, tabindex: "-1", disabled: this.page.readOnly }, digit, words);
    node.addEventListener("click", () => this.choose(node, node.ariaChecked === "true" ? "" : id));
    node.addEventListener("focus", () => this.explain(id));
    return node;
  }

  show(text) {
    const at = this.radios.find(({ dataset }) => dataset.id === text) ?? null;
    for (const radio of this.radios) {
      setAttribute(radio, "aria-checked", String(radio === at));
      radio.tabIndex = radio === (at ?? this.radios[0]) ? 0 : -1;
    }
    this.explain(text);
  }

  explain(id) {
    if (this.meaning) setText(this.meaning, this.options.find((option) => option.id === id)?.help ?? "");
  }

  choose(radio, text) {
    this.page.answering.typed(this.id, text);
    this.show(text);
    radio.tabIndex = 0;
    radio.focus({ preventScroll: true });
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || this.page.readOnly) return;
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const digit = /^[1-9]$/.test(event.key) ? this.radios[Number(event.key) - 1] : null;
    const at = this.radios.indexOf(event.target);
    const radio = by ? this.radios[(at + by + this.radios.length) % this.radios.length] : digit;
    if (!radio) return;
    event.preventDefault();
    this.choose(radio, radio.dataset.id);
  }

  focus() {
    this.radios.find(({ tabIndex }) => tabIndex === 0)?.focus({ preventScroll: true });
  }
}

/** Options in the order in which they suit what else is answered. */
function inOrder(options, order) {
  if (!order) return options;
  return [...options].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
}
