// The inputs in which something is typed: a number with its unit, less and more, and what people often say; and text.
// What is typed is sent as it is; which number it is, the server says.

const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;

class NumberInput {
  constructor(page, id) {
    this.page = page;
    this.id = id;
    const { unit, presets, question } = page.data.questions[id];
    const typed = { input: () => page.answering.typed(id, this.input.value), blur: () => page.card.judge() };
    this.input = el("input", { type: "text", inputmode: "decimal", autocomplete: "off", "aria-label": unit ? `${question} (${unit})` : question, "aria-describedby": "why problem", disabled: page.readOnly, on: typed });
    const less = iconButton("less", "Less", "step-by", () => this.stepBy(-1));
    const more = iconButton("add", "More", "step-by", () => this.stepBy(1));
    for (const button of [less, more]) button.disabled = page.readOnly;
    const box = el("div", { class: "number" }, less, this.input, unit ? el("span", { class: "unit", text: unit, "aria-hidden": "true" }) : null, more);
    this.presets = presets.map(({ typed: value, title }) => el("button", { type: "button", class: "preset", text: title, disabled: page.readOnly, data: { typed: value }, on: { click: () => this.take(value) } }));
    this.root = el("div", { class: "field number-field" }, box, presets.length ? el("div", { class: "presets", role: "group", "aria-label": "Often said" }, ...this.presets) : null);
  }

  show(text) {
    if (this.input.value !== text) this.input.value = text;
    this.input.size = Math.max(4, Math.min(18, text.length + 1));
    for (const preset of this.presets) setAttribute(preset, "aria-pressed", String(preset.dataset.typed === text));
  }

  take(text) {
    this.show(text);
    this.page.answering.typed(this.id, text);
    this.focus();
  }

  /** Nothing yet: begin with what is assumed. A number that only the server can read is stepped once it has read it. */
  stepBy(sign) {
    const { minimum, maximum, whole } = this.page.data.questions[this.id];
    const text = this.input.value.trim();
    const assumed = this.page.said.answer(this.id).assumed?.typed;
    if (!text) return this.take(assumed ?? String(minimum ?? 0));
    if (!PLAIN_NUMBER.test(text)) return this.page.say("Write the number in digits, then it can be made less or more.");
    const value = Number(text);
    const size = stepSize(value, whole);
    const next = Math.min(maximum ?? Infinity, Math.max(minimum ?? -Infinity, value + sign * size));
    this.take(String(Number(next.toPrecision(12))));
  }

  focus() {
    this.input.focus({ preventScroll: true });
  }
}

/** How much one press changes: the second digit of large numbers, one of small ones, less of a fraction. */
function stepSize(value, whole) {
  const size = Math.abs(value);
  if (size >= 20) return 10 ** (Math.floor(Math.log10(size)) - 1);
  if (whole || size >= 2 || Number.isInteger(value)) return 1;
  return size >= 0.1 ? 0.01 : 10 ** (Math.floor(Math.log10(size || 0.1)) - 1);
}

class TextInput {
  constructor(page, id) {
    this.page = page;
    this.id = id;
    const { question } = page.data.questions[id];
    const typed = { input: () => (page.answering.typed(id, this.input.value), this.grow()), blur: () => page.card.judge() };
    this.input = el("textarea", { rows: "2", dir: "auto", "aria-label": question, "aria-describedby": "why problem", disabled: page.readOnly, on: typed });
    this.root = el("div", { class: "field text-field" }, this.input);
  }

  show(text) {
    if (this.input.value !== text) this.input.value = text;
    this.grow();
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${this.input.scrollHeight + 2}px`;
  }

  focus() {
    this.input.focus({ preventScroll: true });
    this.input.setSelectionRange(this.input.value.length, this.input.value.length);
  }
}
