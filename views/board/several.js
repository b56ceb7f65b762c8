// Several notes at once, for the one person who types for a room, and for a text that is too long for one note: a
// pasted, typed or split list, one note per line.

const NOTES_AT_ONCE = 50;
// A bullet, a check box, or a number or letter with its dot or bracket, and the space after it.
const LIST_MARK = /^\s*(?:[-*+•‣◦–—·▪]|\d{1,3}[.)]|\(?[a-z]\))\s+(?:\[[ xX]?\]\s+)?|^\s*\[[ xX]?\]\s+/;

/** Return the notes of a list: one per line, without bullets and numbers, empty lines left out. */
function notesOfLines(text) {
  return linesOf(text).map((line) => cleaned(line.replace(LIST_MARK, ""))).filter(Boolean);
}

/** The switch in an editor that makes each of its lines a note, and the offer to turn it on for a pasted list. */
class SeveralNotes {
  constructor(editor) {
    this.editor = editor;
    // Whoever edits a note or answers a question means one note; a text that is too long may become several all the same.
    this.offered = editor.draft.fresh && !editor.draft.asked;
    const props = { type: "button", class: "plain several", "aria-pressed": "false", text: "Several notes" };
    this.toggle = el("button", { ...props, on: { click: () => this.turn() } });
    this.offer = el("div", { class: "offer" }, el("span", { text: "This is a list." }), this.offerButton());
    this.offer.hidden = true;
    this.rest = el("p", { class: "rest" });
    for (const type of ["paste", "drop"]) editor.text.addEventListener(type, (event) => this.onPaste(event));
  }

  offerButton() {
    const make = { click: () => this.turn(true) };
    return el("button", { type: "button", class: "plain", text: "Make several notes", on: make });
  }

  get on() {
    return Boolean(this.editor.draft.several);
  }

  /** `verbatim`: the lines were made by a split, where a dash at the beginning is no bullet. */
  turn(on = !this.on, verbatim = false) {
    this.editor.draft = { ...this.editor.draft, several: on, verbatim };
    this.pasted = false;
    this.show();
    this.editor.keep();
    this.editor.focus(false);
  }

  show() {
    const { text } = this.editor;
    this.toggle.hidden = !this.offered && !this.on;
    setAttribute(this.toggle, "aria-pressed", String(this.on));
    setAttribute(text, "aria-label", this.on ? "Several notes, one per line" : "Note text");
    setAttribute(text, "placeholder", this.on ? "One note per line" : "One thought");
    this.count();
  }

  /** Say on the button how many notes the list makes, and take the offer away when there is no list any more. */
  count() {
    const found = this.on ? this.lines().length : 0;
    const words = found > NOTES_AT_ONCE ? `Add first ${NOTES_AT_ONCE} of ${found}` : `Add ${plural(found, "note")}`;
    setText(this.editor.submit, this.on ? words : "Save");
    const later = found - NOTES_AT_ONCE;
    setText(this.rest, later > 0 ? `One step adds ${NOTES_AT_ONCE} notes; the other ${later} stay here for the next.` : "");
    this.rest.hidden = later <= 0;
    const text = this.editor.text.value;
    this.offer.hidden = !this.pasted || lengthOf(cleaned(text)) > LONGEST.text || notesOfLines(text).length < 2;
  }

  /** A pasted list is offered as several notes; it stays one note until somebody says so. */
  onPaste(event) {
    const pasted = (event.clipboardData ?? event.dataTransfer)?.getData("text") ?? "";
    if (this.on || !this.offered || notesOfLines(pasted).length < 2) return;
    this.pasted = true;
    this.editor.board.toasts.say("This is a list. Make several notes?");
  }

  lines() {
    const text = this.editor.text.value;
    return this.editor.draft.verbatim ? linesOf(text) : notesOfLines(text);
  }

  /** Return the texts of the list, or null when it is to be one note. */
  texts() {
    const texts = this.on ? this.lines() : [];
    return texts.length ? texts : null;
  }

  /** Make lines of what is too long for one note: its own lines, and where one of them is too long, its sentences. */
  split() {
    const { text } = this.editor;
    const lines = linesOf(text.value);
    const listed = !this.editor.draft.verbatim && (this.on || lines.length > 1);
    const notes = listed ? notesOfLines(text.value) : lines;
    text.value = notes.flatMap((note) => partsOf(note, LONGEST.text)).join("\n");
    this.turn(true, true);
    this.editor.board.toasts.say(`Split into ${plural(this.lines().length, "note")}, one per line.`);
  }
}
