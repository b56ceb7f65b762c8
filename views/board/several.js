// Several notes at once, for the one person who types for a room: a pasted or typed list, one note per line.

const NOTES_AT_ONCE = 50;
const LIST_LENGTH = 20_000;
// A bullet, a check box, or a number or letter with its dot or bracket, and the space after it.
const LIST_MARK = /^\s*(?:[-*+•‣◦–—·▪]|\d{1,3}[.)]|\(?[a-z]\))\s+(?:\[[ xX]?\]\s+)?|^\s*\[[ xX]?\]\s+/;

/** Return the notes of a list: one per line, without bullets and numbers, empty lines left out. */
function notesOfLines(text) {
  const lines = text.split(/\r?\n/).map((line) => line.replace(LIST_MARK, "").trim());
  return lines.filter(Boolean).map((line) => line.slice(0, LONGEST.text));
}

/** The switch in the editor of a new note that makes each of its lines a note. */
class SeveralNotes {
  constructor(editor) {
    this.editor = editor;
    const props = { type: "button", class: "plain several", "aria-pressed": "false", text: "Several notes" };
    this.toggle = el("button", { ...props, on: { click: () => this.turn() } });
    editor.text.addEventListener("paste", (event) => this.onPaste(event));
    editor.text.addEventListener("input", () => this.count());
  }

  get on() {
    return Boolean(this.editor.draft.several);
  }

  turn(on = !this.on) {
    this.editor.draft = { ...this.editor.draft, several: on };
    this.show();
    this.editor.keep();
    this.editor.focus(false);
  }

  show() {
    const { text } = this.editor;
    setAttribute(this.toggle, "aria-pressed", String(this.on));
    setAttribute(text, "aria-label", this.on ? "Several notes, one per line" : "Note text");
    setAttribute(text, "placeholder", this.on ? "One note per line" : "One thought");
    setAttribute(text, "maxlength", this.on ? LIST_LENGTH : LONGEST.text);
    this.count();
  }

  /** Say on the button how many notes the list makes. */
  count() {
    const found = this.on ? notesOfLines(this.editor.text.value).length : 0;
    const words = found > NOTES_AT_ONCE ? `First ${NOTES_AT_ONCE} of ${found}` : `Add ${plural(found, "note")}`;
    setText(this.editor.submit, this.on ? words : "Save");
  }

  /** A pasted list is offered as several notes; it stays one note until somebody says so. */
  onPaste(event) {
    const pasted = event.clipboardData?.getData("text") ?? "";
    if (this.on || notesOfLines(pasted).length < 2) return;
    // What is too long for one note cannot be meant as one, and would be cut off.
    if (this.editor.text.value.length + pasted.length > LONGEST.text) return this.turn(true);
    this.editor.board.toasts.show("This is a list.", { label: "Make several notes", run: () => this.turn(true) });
  }

  /** Return the texts of the list, or null when it is to be one note. */
  texts() {
    if (!this.on) return null;
    const texts = notesOfLines(this.editor.text.value);
    return texts.length ? texts.slice(0, NOTES_AT_ONCE) : null;
  }
}
