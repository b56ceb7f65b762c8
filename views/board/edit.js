// Editing one note in place. The text on screen belongs to the person who types: others' changes are reported beside
// it, never into it, and every keystroke is kept as a draft.

const EDITED = ["text", "kind", "source"];
const PRESSES = ["pointerdown", "click"];
const LONGEST = { text: 2000, source: 200 };

class Editor {
  /**
   * `draft`: {id, canvas, block, fresh, renew, text, kind, source, start, bases, asked, several}. `start` holds the
   * values the edit began with and `bases` their sequences; `fresh`: the note is not on the board yet; `renew`: it was
   * deleted under the editor and is to come back as a new one; `several`: each line is a note.
   */
  constructor(board, item, draft) {
    this.board = board;
    this.item = item;
    this.draft = draft;
    this.closed = false;
    this.build();
    item.classList.add("editing");
    item.append(this.form);
    this.pressed = false;
    this.outside = (event) => this.onPress(event);
    for (const type of PRESSES) document.addEventListener(type, this.outside, true);
    this.grow();
    this.keep();
  }

  build() {
    const { draft } = this;
    const text = { class: "text-input", "aria-label": "Note text", maxlength: LONGEST.text, rows: 2, dir: "auto" };
    this.text = el("textarea", { ...text, placeholder: draft.asked ? "Your answer" : "One thought" });
    this.text.value = draft.text;
    const source = { class: "source-input", type: "text", maxlength: LONGEST.source, dir: "auto" };
    this.source = el("input", { ...source, "aria-label": "Source (optional)", placeholder: "Source (optional)" });
    this.source.value = draft.source;
    const kinds = KINDS.map((kind) => this.kindChoice(kind));
    this.kinds = el("fieldset", { class: "kinds" }, el("legend", { text: "Kind" }), ...kinds);
    this.clash = new Clash(this);
    this.several = draft.fresh && !draft.asked ? new SeveralNotes(this) : null;
    this.submit = el("button", { type: "submit", class: "primary", text: "Save" });
    this.form = el(
      "form",
      { class: "editor", "aria-label": draft.fresh ? "New note" : "Edit note", autocomplete: "off" },
      draft.asked ? el("p", { class: "asked", text: draft.asked }) : null,
      this.text,
      this.clash.box,
      this.kinds,
      this.source,
      el(
        "div",
        { class: "editor-row" },
        this.submit,
        el("button", { type: "button", class: "plain", text: "Cancel", on: { click: () => this.cancel() } }),
        this.several?.toggle,
      ),
    );
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    this.form.addEventListener("input", () => this.keep());
    this.several?.show();
    this.form.addEventListener("keydown", (event) => this.onKey(event));
    this.form.addEventListener("focusout", (event) => this.onLeave(event));
  }

  kindChoice({ id, glyph }) {
    const radio = el("input", { type: "radio", name: `kind-${this.draft.id}`, value: id, "aria-label": id });
    radio.checked = id === this.draft.kind;
    const words = [el("span", { class: "glyph", text: glyph }), el("span", { class: "name", text: id })];
    return el("label", { class: "kind-choice", data: { kind: id }, title: id }, radio, ...words);
  }

  values() {
    const kind = this.form.querySelector("input[type=radio]:checked")?.value ?? this.draft.kind;
    return { text: this.text.value.trim(), kind, source: this.source.value.trim() };
  }

  focus(atEnd = true) {
    this.text.focus({ preventScroll: false });
    if (atEnd) this.text.setSelectionRange(this.text.value.length, this.text.value.length);
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${this.text.scrollHeight + 2}px`;
  }

  keep() {
    this.grow();
    this.draft = { ...this.draft, ...this.values(), text: this.text.value, at: Date.now() };
    if (this.changed().length || this.draft.fresh) this.board.drafts.keep(this.draft);
    else this.board.drafts.drop(this.draft.id);
  }

  /** The properties that differ from what the edit began with. */
  changed() {
    const values = this.values();
    return EDITED.filter((prop) => values[prop] !== this.draft.start[prop]);
  }

  onKey(event) {
    // Everything typed here stays here: neither the board's keys nor the page's shortcuts may see it.
    event.stopPropagation();
    this.pressed = false;
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

  /** Tabbing on to another part of the board saves; switching windows or closing a phone's keyboard does not. */
  onLeave(event) {
    const next = event.relatedTarget;
    if (!this.pressed && next && !this.item.contains(next) && this.board.root.contains(next)) this.leave();
  }

  /** Pressing beside the note saves too, but only with the click: closing earlier would move what is being pressed. */
  onPress(event) {
    if (event.type === "pointerdown") {
      this.pressed = !event.composedPath().includes(this.item) && this.form.contains(this.board.focusedElement());
    } else if (this.pressed) {
      this.pressed = false;
      this.leave();
    }
  }

  leave() {
    if (this.closed || this.clash.open) return;
    if (this.values().text) this.save({ stay: false });
    else this.close();
  }

  save({ stay = true } = {}) {
    if (this.closed) return;
    if (this.clash.open) {
      this.clash.insist();
      return;
    }
    const values = this.values();
    if (!values.text) return this.cancel();
    // A lock that fell meanwhile takes nothing away: the text stays in the open editor.
    if (this.board.refuses(this.draft.block)) return;
    const changed = this.changed();
    const texts = this.several?.texts();
    const { actions } = this.board;
    // On its way before anything is drawn: the others see it sooner.
    const id = texts ? actions.createAll(this.draft.block, texts, values) : actions.save(this.draft, values, changed);
    this.close();
    if (stay) this.board.focusNote(id);
  }

  cancel() {
    const { draft } = this;
    const lost = this.changed().includes("text") && this.values().text;
    this.close();
    this.board.focusNote(draft.id, draft.block);
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
    for (const type of PRESSES) document.removeEventListener(type, this.outside, true);
    this.item.classList.remove("editing", "clashing");
    this.form.remove();
  }
}

/** The three properties an editor shows, where an empty source is an empty text. */
function editedValues({ text, kind, source }) {
  return { text, kind, source: source ?? "" };
}
