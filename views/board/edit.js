// Editing one note in place. The text on screen belongs to the person who types: others' changes are reported beside
// it, never into it, and every keystroke is kept as a draft.

const EDITED = ["text", "kind", "source"];
const BROUGHT_IN = new Set(["insertFromPaste", "insertFromDrop"]);

class Editor {
  /**
   * `draft`: {id, canvas, block, fresh, renew, text, kind, source, start, bases, asked, several}. `start` holds the
   * values the edit began with and `bases` their sequences; `fresh`: the note is not on the board yet; `renew`: it was
   * deleted under the editor and is to come back as a new one; `several`: each line is a note, and `verbatim`: its
   * bullets belong to it.
   */
  constructor(board, item, draft) {
    this.board = board;
    this.item = item;
    this.draft = draft;
    this.closed = false;
    this.build();
    item.classList.add("editing");
    item.append(this.form);
    this.leaving = new Leaving(this);
    this.keep();
  }

  build() {
    const { draft } = this;
    this.buildFields();
    this.clash = new Clash(this);
    this.several = new SeveralNotes(this);
    this.excess = new Excess(this);
    this.refusal = el("p", { class: "refusal", role: "status" });
    this.submit = el("button", { type: "submit", class: "primary", text: "Save" });
    const cancel = { type: "button", class: "plain", text: "Cancel", on: { click: () => this.cancel() } };
    this.form = el(
      "form",
      { class: "editor", "aria-label": draft.fresh ? "New note" : "Edit note", autocomplete: "off" },
      draft.asked ? el("p", { class: "asked", text: draft.asked }) : null,
      this.text,
      this.several.offer,
      this.clash.box,
      this.kinds,
      this.source,
      this.excess.box,
      this.several.rest,
      this.refusal,
      el("div", { class: "editor-row" }, this.submit, el("button", cancel), this.several.toggle),
    );
    this.several.show();
    this.hear();
  }

  /** No `maxlength`: it would cut what is pasted without a word. `Excess` says what is too long. */
  buildFields() {
    const { draft } = this;
    const text = { class: "text-input", "aria-label": "Note text", rows: 2, dir: "auto" };
    this.text = el("textarea", { ...text, placeholder: draft.asked ? "Your answer" : "One thought" });
    this.text.value = draft.text;
    const source = { class: "source-input", type: "text", "aria-label": "Source (optional)", dir: "auto" };
    this.source = el("input", { ...source, placeholder: "Source (optional)" });
    this.source.value = draft.source;
    const kinds = KINDS.map((kind) => this.kindChoice(kind));
    this.kinds = el("fieldset", { class: "kinds" }, el("legend", { text: "Kind" }), ...kinds);
  }

  hear() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    this.form.addEventListener("input", ({ inputType }) => {
      this.keep();
      // What can be done with a long paste is below it.
      if (BROUGHT_IN.has(inputType)) this.submit.scrollIntoView({ block: "nearest" });
    });
    this.form.addEventListener("keydown", (event) => this.onKey(event));
    this.form.addEventListener("focusin", () => this.board.dock.take(this));
  }

  kindChoice({ id, glyph }) {
    const radio = el("input", { type: "radio", name: `kind-${this.draft.id}`, value: id, "aria-label": id });
    radio.checked = id === this.draft.kind;
    const words = [el("span", { class: "glyph", text: glyph }), el("span", { class: "name", text: id })];
    return el("label", { class: "kind-choice", data: { kind: id }, title: id }, radio, ...words);
  }

  values() {
    const kind = this.form.querySelector("input[type=radio]:checked")?.value ?? this.draft.kind;
    return { text: cleaned(this.text.value), kind, source: cleaned(this.source.value) };
  }

  focus(atEnd = true) {
    this.text.focus({ preventScroll: false });
    if (atEnd) this.text.setSelectionRange(this.text.value.length, this.text.value.length);
  }

  grow() {
    this.text.style.height = "auto";
    this.form.classList.toggle("tall", this.text.scrollHeight > 2 * this.text.clientHeight);
    this.text.style.height = `${this.text.scrollHeight + 2}px`;
    this.board.dock.measure();
  }

  keep() {
    this.grow();
    this.several.count();
    this.excess.check();
    const { text, source } = this;
    this.draft = { ...this.draft, ...this.values(), text: text.value, source: source.value, at: Date.now() };
    const unsaved = this.changed().length || this.draft.fresh;
    const kept = unsaved ? this.board.drafts.keep(this.draft) : this.board.drafts.drop(this.draft.id);
    if (kept === false) this.tell("This browser cannot keep the text meanwhile. Save before you leave the page.");
    else this.tell(this.reason ? `Not saved: ${this.reason}` : "");
  }

  /** The properties that differ from what the edit began with. */
  changed() {
    const values = this.values();
    // A file may hold a tab or a space at the end: opening its note changes nothing.
    return EDITED.filter((prop) => values[prop] !== cleaned(this.draft.start[prop]));
  }

  onKey(event) {
    // Everything typed here stays here: neither the board's keys nor the page's shortcuts may see it.
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      this.cancel();
    } else if (event.key === "Enter" && this.enterSaves(event)) {
      event.preventDefault();
      this.save();
    }
  }

  /** In a list of notes Enter starts the next one; Ctrl + Enter always saves. */
  enterSaves(event) {
    if (event.ctrlKey || event.metaKey) return true;
    const inList = this.several?.on && event.target === this.text;
    return !event.shiftKey && !inList && event.target.matches("textarea, input");
  }

  leave() {
    if (this.closed || this.clash.open) return;
    if (this.values().text) this.save({ stay: false });
    else this.cancel({ stay: false });
  }

  save({ stay = true } = {}) {
    if (this.closed) return;
    if (this.clash.open) return this.clash.insist();
    if (this.excess.open) return this.excess.insist();
    const values = this.values();
    if (!values.text) return this.cancel();
    // A lock that fell meanwhile takes nothing away: the text stays in the open editor.
    if (this.board.refuses(this.draft.block)) return;
    const { draft } = this;
    const texts = this.several.texts();
    const rest = texts?.splice(NOTES_AT_ONCE) ?? [];
    // On its way before anything is drawn: the others see it sooner.
    const id = this.send(texts, values);
    this.close();
    if (rest.length) this.board.editors.goOn(draft, rest, stay);
    else if (stay) this.board.focusNote(id);
  }

  /** Send what is written, one note or several. Returns the id of the note, or of the last one. */
  send(texts, values) {
    const { actions } = this.board;
    const { draft } = this;
    if (!texts) return actions.save(draft, values, this.changed());
    return draft.fresh ? actions.createAll(draft.block, texts, values) : actions.divide(draft, texts, values, this.changed());
  }

  cancel({ stay = true } = {}) {
    const { draft } = this;
    const values = this.values();
    const lost = this.changed().some((prop) => prop !== "kind" && values[prop]);
    this.close();
    if (stay) this.board.focusNote(draft.id, draft.block);
    if (lost) this.offerBack("Changes given up", "Get them back", draft);
  }

  /** A change this tab sent before has arrived: it is the new starting point, not somebody else's change. */
  rebase(prop, value, seq) {
    const values = prop === null ? value : { [prop]: value };
    for (const name of EDITED.filter((edited) => edited in values)) {
      this.draft.start = { ...this.draft.start, [name]: values[name] ?? "" };
      this.draft.bases = { ...this.draft.bases, [name]: seq };
    }
  }

  /** The server refused a change of this note: it counts as unsaved again. What the writer has not touched comes back. */
  takeBack(values, start, reason) {
    for (const prop of EDITED.filter((edited) => edited in values)) {
      const present = this.values()[prop];
      const untouched = present === this.draft.start[prop] || present === this.returned?.[prop];
      if (untouched) this.put(prop, values[prop] ?? "");
      this.draft.start = { ...this.draft.start, [prop]: start[prop] ?? "" };
    }
    this.returned = { ...this.returned, ...values };
    this.reason = reason;
    this.keep();
  }

  put(prop, value) {
    if (prop === "kind") this.form.querySelector(`input[value="${value}"]`).checked = true;
    else this[prop].value = value;
  }

  tell(words) {
    setText(this.refusal, words);
    this.refusal.hidden = !words;
  }

  /** Nothing that was typed is beyond recall: offer a text that has just left the screen. */
  offerBack(what, label, draft) {
    this.board.toasts.show(what, { label, run: () => this.board.editors.reopen(draft) });
  }

  close() {
    this.detach();
    this.board.drafts.drop(this.draft.id);
    this.board.editors.closed(this.draft.id);
    this.board.render();
  }

  /** Take the editor off the page and leave the draft where it is: the page goes away, the text does not. */
  detach() {
    this.closed = true;
    this.leaving.end();
    this.board.dock.release(this);
    this.item.classList.remove("editing", "clashing");
    this.form.remove();
  }
}

/** The three properties an editor shows, where an empty source is an empty text. */
function editedValues({ text, kind, source }) {
  return { text, kind, source: source ?? "" };
}
