// What is too long for its field stays in the editor, whole: how much too long is said under the text, saving waits,
// and the writer chooses to split or to shorten.

/** A number with commas, the same in every browser. */
function grouped(number) {
  return number.toLocaleString("en");
}

function tooLong(where, text, longest) {
  const count = lengthOf(cleaned(text));
  return count > longest ? `${where}${grouped(count)} of ${grouped(longest)} characters.` : null;
}

class Excess {
  constructor(editor) {
    this.editor = editor;
    const id = `excess-${editor.draft.id}`;
    this.box = el("div", { class: "excess", role: "group", "aria-label": "Too long", id });
    this.box.hidden = true;
  }

  get open() {
    return !this.box.hidden;
  }

  /** Compare the fields with their limits; called whenever one of them changes. */
  check() {
    const { text, source, submit, board } = this.editor;
    this.wrong = { text: this.ofText(), source: tooLong("Source: ", source.value, LONGEST.source) };
    const seen = JSON.stringify(this.wrong);
    if (seen === this.seen) return;
    this.seen = seen;
    const was = this.open;
    this.box.hidden = !this.wrong.text && !this.wrong.source;
    // Not disabled: pressing it says what is to be done.
    submit.classList.toggle("held", this.open);
    setAttribute(submit, "aria-describedby", this.open ? this.box.id : null);
    for (const [field, wrong] of [[text, this.wrong.text], [source, this.wrong.source]]) this.mark(field, wrong);
    this.show();
    if (!this.open || was) return;
    board.toasts.say(this.words());
    this.editor.submit.scrollIntoView({ block: "nearest" });
  }

  ofText() {
    const { several, text } = this.editor;
    if (!several.on) return tooLong("", text.value, LONGEST.text);
    const lines = several.lines();
    const long = lines.findIndex((line) => lengthOf(line) > LONGEST.text);
    return long < 0 ? null : tooLong(`Note ${long + 1}: `, lines[long], LONGEST.text);
  }

  mark(field, wrong) {
    setAttribute(field, "aria-invalid", wrong ? "true" : null);
    setAttribute(field, "aria-describedby", wrong ? this.box.id : null);
  }

  show() {
    const { text, source, several } = this.editor;
    const button = (label, run) => el("button", { type: "button", class: "plain", text: label, on: { click: run } });
    const ofText = [
      el("strong", { text: this.wrong.text }),
      el("span", { class: "why", text: "Too long for one note. Split it, or shorten it, and save." }),
      button("Split into several notes", () => several.split()),
      button("Shorten", () => this.shorten(text, ...this.excess())),
    ];
    const ofSource = [
      el("strong", { text: this.wrong.source }),
      el("span", { class: "why", text: "Too long for a source. Shorten it, and save." }),
      button("Shorten the source", () => this.shorten(source, excessStart(source.value, LONGEST.source))),
    ];
    this.box.replaceChildren(...(this.wrong.text ? ofText : []), ...(this.wrong.source ? ofSource : []));
  }

  words() {
    return [...this.box.querySelectorAll("strong, .why")].map((part) => part.textContent).join(" ");
  }

  /** Saving is refused: show why. */
  insist() {
    this.editor.submit.scrollIntoView({ block: "nearest" });
    this.editor.board.toasts.say(this.words());
  }

  /** Return from where to where the text is too long; in a list, that of the first note that is. */
  excess() {
    const { text, several } = this.editor;
    if (!several.on) return [excessStart(text.value, LONGEST.text)];
    let start = 0;
    for (const line of text.value.split("\n")) {
      const end = start + line.length;
      const mark = this.editor.draft.verbatim ? 0 : (line.match(LIST_MARK)?.[0].length ?? 0);
      const from = start + mark + excessStart(line.slice(mark), LONGEST.text);
      if (from < end) return [from, end];
      start = end + 1;
    }
    return [start];
  }

  /** Go to what is too much, selected. */
  shorten(field, from, to = field.value.length) {
    field.setSelectionRange(from, to, "backward");
    field.focus();
  }
}
