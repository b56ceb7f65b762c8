// The sheet from the keyboard. Single keys work only while the sheet has the focus, never in a field or a dialog, and
// can be switched off, which this browser remembers (WCAG 2.1.4).

const KEYS_OFF = `${STORAGE_PREFIX}:sheet-keys-off`;
const KEY_HELP = [
  [["1", "to", "5"], "answer, and go on to the next open one"],
  [["Enter"], "accept what the board says"],
  [["↑", "↓"], "move by rows"],
  [["←", "→"], "move among the answers, Space takes one"],
  [["e"], "write down evidence"],
  [["z"], "take back my last answer"],
  [["?"], "show these keys"],
];

class SheetKeys {
  constructor(sheet) {
    this.sheet = sheet;
    this.off = kept.read("localStorage", KEYS_OFF) === true;
    this.bar = this.keyBar();
    this.dialog = this.keyDialog();
    sheet.root.addEventListener("keydown", (event) => this.onKey(event));
    sheet.root.addEventListener("keydown", shieldPage);
    sheet.root.addEventListener("click", (event) => this.onClick(event));
  }

  /** A click on the words of a practice brings the keys to it. Who marks words to copy them keeps what is marked. */
  onClick({ target }) {
    if (target.closest("button, a, input, textarea, select, label, dialog, [role=radio]") || String(getSelection())) return;
    const id = target.closest(".row")?.dataset.id;
    if (id) this.sheet.list.focus(id);
  }

  keyBar() {
    const short = [[["1", "to", "5"], "answer"], [["↵"], "accept the board"], [["↑", "↓"], "move"], [["e"], "evidence"], [["z"], "undo"]];
    const help = el("button", { type: "button", class: "btn quiet help", "aria-label": "Keys", title: "Keys", text: "?", on: { click: () => this.help() } });
    this.short = el("span", { class: "short-keys" }, ...short.map(([keys, words]) => el("span", {}, ...keyCaps(keys), words)));
    this.offWords = el("span", { class: "keys-off", text: "Single keys are off." });
    return el("div", { class: "keys" }, this.short, this.offWords, el("span", { class: "grow" }), help);
  }

  keyDialog() {
    const title = el("h2", { id: "keys-title", text: "Keys of the sheet" });
    const close = iconButton("close", "Close", "dialog-close", () => this.dialog.close());
    const lines = KEY_HELP.flatMap(([keys, words]) => [el("dt", {}, ...keyCaps(keys)), el("dd", { text: words })]);
    this.switch = el("input", { type: "checkbox", role: "switch", on: { change: () => this.turn(!this.switch.checked) } });
    const toggle = el("label", { class: "switch" }, this.switch, "Single keys (digits and letters) do something here");
    const note = el("p", { class: "faint", text: "They work only while the focus is in the sheet, and not in a field. This browser remembers the switch." });
    const dialog = el("dialog", { class: "box", "aria-labelledby": "keys-title" }, el("div", { class: "box-head" }, title, close), el("dl", { class: "key-list" }, ...lines), toggle, note);
    closeOnBackdrop(dialog);
    return dialog;
  }

  help() {
    this.switch.checked = !this.off;
    this.dialog.showModal();
  }

  turn(off) {
    this.off = off;
    kept.write("localStorage", KEYS_OFF, off);
    this.update();
  }

  update() {
    this.short.hidden = this.off;
    this.offWords.hidden = !this.off;
  }

  onKey(event) {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!plain || event.isComposing || event.defaultPrevented || event.target.closest("dialog, textarea, input, select, a")) return;
    const id = event.target.closest(".row")?.dataset.id ?? null;
    const handled = this.move(event, id) || (!this.off && this.single(event, id));
    if (!handled) return;
    event.preventDefault();
    event.stopPropagation();
  }

  move({ key, target }, id) {
    const { list } = this.sheet;
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (!id && !list.current) return false;
      if (id) list.open(id);
      list.step(key === "ArrowDown" ? 1 : -1);
      return true;
    }
    const radios = target.role === "radio" || target.getAttribute("role") === "radio" ? [...target.parentElement.children] : [];
    if ((key === "ArrowRight" || key === "ArrowLeft") && radios.length) {
      const by = key === "ArrowRight" ? 1 : -1;
      this.reach(radios, radios[(radios.indexOf(target) + by + radios.length) % radios.length]);
      return true;
    }
    if (key === "Enter" && radios.length) return this.accept(target, id);
    return false;
  }

  reach(radios, radio) {
    for (const one of radios) one.tabIndex = one === radio ? 0 : -1;
    radio.focus();
  }

  /** Enter takes the board's word while the focus is on it. A moved focus answers with Space, as radio groups do. */
  accept(radio, id) {
    if (this.sheet.suggestionOf(id)?.value === radio.dataset.answer && !this.sheet.readOnly) {
      this.sheet.actions.accept([id]);
      this.sheet.goOn(id);
    }
    return true;
  }

  single({ key }, id) {
    const { list, actions, data, readOnly } = this.sheet;
    const practice = id ?? list.current;
    if (key === "?") return this.help() ?? true;
    if (readOnly) return false;
    if (key === "z") return this.undo();
    if (!practice) return false;
    const choice = /^[1-9]$/.test(key) ? data.words[Number(key) - 1]?.id : null;
    if (choice) return this.answer(practice, choice);
    if (key === "e") return this.evidence(practice);
    return false;
  }

  answer(id, choice) {
    if (this.sheet.actions.give(id, choice)) this.sheet.goOn(id);
    else {
      this.sheet.list.focus(id, { quiet: true });
      this.sheet.list.row(id).askWhyNot();
    }
    return true;
  }

  undo() {
    const ids = this.sheet.actions.undo();
    if (ids?.length) this.sheet.list.focus(ids[0]);
    return true;
  }

  evidence(id) {
    this.sheet.list.focus(id, { quiet: true });
    const { area } = this.sheet.list.row(id).card.evidence;
    if (area.disabled) this.sheet.say("Answer first, then say what shows it.");
    else area.focus();
    return true;
  }
}

function keyCaps(keys) {
  return keys.map((key) => (key === "to" ? "to" : el("kbd", { text: key })));
}
