// Somebody else changes the note that is open in an editor: their version is shown beside the text, and the writer
// decides. Nothing is forced into the text, and nothing is overwritten by a mere Enter.

class Clash {
  constructor(editor) {
    this.editor = editor;
    this.box = el("div", { class: "clash", role: "group", "aria-label": "Changed by someone else" });
    this.box.hidden = true;
  }

  get open() {
    return !this.box.hidden;
  }

  /** Compare with what the server has now; called whenever the board changes. */
  check(server) {
    const { draft, item } = this.editor;
    if (draft.fresh) return;
    const theirs = server && editedValues(server.props);
    const mine = this.editor.values();
    const differs = (prop) => theirs[prop] !== draft.start[prop] && theirs[prop] !== mine[prop];
    const clashes = theirs ? EDITED.filter(differs) : ["gone"];
    const seen = JSON.stringify([clashes, theirs]);
    if (seen === this.seen) return;
    this.seen = seen;
    this.box.hidden = !clashes.length;
    item.classList.toggle("clashing", clashes.length > 0);
    if (clashes.length) this.show(clashes, theirs, server);
  }

  show(clashes, theirs, server) {
    const gone = !theirs;
    const shown = gone ? "" : clashes.map((prop) => theirs[prop] || "(empty)").join(" · ");
    const what = gone ? "Deleted by someone else" : "Changed by someone else:";
    const [keepText, takeText] = gone ? ["Save as a new note", "Discard it"] : ["Keep mine", "Take theirs"];
    const keep = { text: keepText, on: { click: () => this.keepMine(theirs, server) } };
    const take = { text: takeText, on: { click: () => this.takeTheirs() } };
    this.box.replaceChildren(
      el("strong", { text: what }),
      ...(gone ? [] : [el("span", { class: "theirs", text: shown, dir: "auto", tabindex: "0" })]),
      el("button", { type: "button", class: "primary", ...keep }),
      el("button", { type: "button", class: "plain", ...take }),
    );
    this.editor.board.toasts.say(`${what} ${shown}`);
  }

  /** Enter must not overwrite what somebody else has just written; it takes a second, deliberate answer. */
  insist() {
    this.box.querySelector("button")?.focus();
    this.editor.board.toasts.say("Someone else changed this note. Keep yours or take theirs?");
  }

  keepMine(theirs, server) {
    const { editor } = this;
    this.box.hidden = true;
    if (theirs) editor.draft = { ...editor.draft, start: theirs, bases: { ...server.seqs } };
    else editor.draft = { ...editor.draft, fresh: true, renew: true };
    editor.save();
  }

  takeTheirs() {
    const { draft, board } = this.editor;
    this.editor.close();
    board.focusNote(draft.id, draft.block);
    this.editor.offerBack("Your text was set aside", "Get it back", draft);
  }
}
