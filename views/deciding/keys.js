// The decisions from the keyboard. Single keys work only while list or cards have the focus, never in a field, and can be
// switched off, which this browser remembers (WCAG 2.1.4). Ctrl + Enter works in the field of the reason as well.

const DECIDE_KEYS_OFF = `${STORAGE_PREFIX}:decide-keys-off`;
const DECIDE_KEYS = [
  [["1", "to", "9"], "choose an option"],
  [["Ctrl", "↵"], "record, and go on to the next open one"],
  [["↑", "↓"], "move through the decisions"],
  [["z"], "take back my last draft"],
  [["?"], "show these keys"],
];

class DecideKeys {
  constructor(page) {
    this.page = page;
    this.off = kept.read("localStorage", DECIDE_KEYS_OFF) === true;
    this.short = el("span", { class: "short-keys" });
    this.offWords = el("span", { text: "Single keys are off." });
    const help = el("button", { type: "button", class: "btn quiet help", "aria-label": "Keys", title: "Keys", text: "?", on: { click: () => this.help() } });
    this.lines = DECIDE_KEYS.map(([keys, words]) => [keys, page.data.me.role === "facilitator" ? words : words.replace("record,", "keep the draft,")]);
    this.short.append(...this.lines.slice(0, 3).map(([keys, words]) => el("span", {}, ...capsOf(keys), words.split(",")[0])));
    this.bar = el("div", { class: "keys" }, this.short, this.offWords, el("span", { class: "grow" }), help);
    this.dialog = this.keyDialog();
    page.root.addEventListener("keydown", (event) => this.onKey(event));
    page.root.addEventListener("keydown", shieldPage);
  }

  keyDialog() {
    const title = el("h2", { id: "decide-keys-title", text: "Keys for the decisions" });
    const close = iconButton("close", "Close", "dialog-close", () => this.dialog.close());
    const lines = this.lines.flatMap(([keys, words]) => [el("dt", {}, ...capsOf(keys)), el("dd", { text: words })]);
    this.switch = el("input", { type: "checkbox", role: "switch", on: { change: () => this.turn(!this.switch.checked) } });
    const toggle = el("label", { class: "switch" }, this.switch, "Single keys (digits and letters) do something here");
    const note = el("p", { class: "faint", text: "They work only while the focus is in the list or on the options, and not in a field. This browser remembers the switch." });
    const dialog = el("dialog", { class: "box", "aria-labelledby": "decide-keys-title" }, el("div", { class: "box-head" }, title, close), el("dl", { class: "key-list" }, ...lines), toggle, note);
    closeOnBackdrop(dialog);
    return dialog;
  }

  help() {
    this.switch.checked = !this.off;
    this.dialog.showModal();
  }

  turn(off) {
    this.off = off;
    kept.write("localStorage", DECIDE_KEYS_OFF, off);
    this.page.redraw();
  }

  update() {
    this.short.hidden = this.off;
    this.offWords.hidden = !this.off;
  }

  onKey(event) {
    if (event.isComposing || event.defaultPrevented || event.altKey || event.target.closest("dialog")) return;
    const { question, readOnly } = this.page;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      if (readOnly || !question.slot) return;
      if (this.page.model.slot(question.slot).draft) question.recording.main();
      else this.page.say("Choose an option first.");
    } else if (event.ctrlKey || event.metaKey || event.target.closest("textarea, input, select, a, summary")) return;
    else if (!this.move(event) && (this.off || !this.single(event))) return;
    event.preventDefault();
    event.stopPropagation();
  }

  move({ key }) {
    if (key !== "ArrowDown" && key !== "ArrowUp") return false;
    this.page.list.step(key === "ArrowDown" ? 1 : -1);
    return true;
  }

  single({ key }) {
    const { question, readOnly, actions } = this.page;
    if (key === "?") return this.help() ?? true;
    if (readOnly) return false;
    if (key === "z") return actions.undo() ?? true;
    const choice = /^[1-9]$/.test(key) ? question.shown()[Number(key) - 1] : null;
    if (!choice) return false;
    question.choose(choice, { typing: true });
    return true;
  }
}

function capsOf(keys) {
  return keys.map((key) => (key === "to" ? " to " : el("kbd", { text: key })));
}
