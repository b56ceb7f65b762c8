// The one sentence that the room reads, as whoever leads sees it: in place it can be written anew for this workshop.

class Sentence {
  constructor(header) {
    this.header = header;
    this.course = header.course;
    // What is being written: {entry, saw, sent}, where `sent` is the op that waits for its answer.
    this.writing = null;
    this.build();
    const { client } = header;
    this.unlisten = [
      client.on("events", (events) => this.answered(events.filter(({ own }) => own).map(({ op_id }) => op_id))),
      client.on("settled", (opIds) => this.answered(opIds)),
      client.on("not-led", ({ entry }) => this.refused(entry.frame.op_id)),
    ];
  }

  build() {
    this.text = el("p", { class: "sentence", dir: "auto" });
    const edit = { type: "button", class: "quiet", "aria-label": "Edit the sentence that the room reads" };
    this.edit = el("button", { ...edit, on: { click: () => this.open() } }, icon("edit"), "Edit");
    this.shown = el("div", { class: "sentence-shown" }, this.text, this.edit);
    const field = { class: "sentence-field", type: "text", dir: "auto", autocomplete: "off" };
    this.field = el("input", field);
    this.field.addEventListener("keydown", (event) => this.onKey(event));
    this.field.addEventListener("input", () => this.keep());
    const cancel = { type: "button", class: "chip", text: "Cancel", on: { click: () => this.close() } };
    const save = el("button", { type: "submit", class: "chip strong", text: "Save" });
    this.form = el("form", { class: "sentence-form" }, this.field, save, el("button", cancel));
    this.form.addEventListener("submit", (event) => this.save(event));
    this.root = el("div", { class: "sentence-box" }, this.shown, this.form);
  }

  show() {
    const { entry, data } = this.course;
    setText(this.text, entry ? this.course.sentence(entry) : (data.purpose ?? ""));
    this.edit.hidden = !entry;
    if (this.writing?.behind) this.catchUp();
    if (entry && !this.writing) this.takeUp(entry);
    this.shown.hidden = this.writing !== null;
    this.form.hidden = this.writing === null;
  }

  /** Go on with a sentence that was being written when the page was left. */
  takeUp(entry) {
    const draft = kept.read("sessionStorage", this.key(entry.id));
    if (draft) this.open(entry, draft, false);
  }

  open(entry = this.course.entry, draft = null, focus = true) {
    const saw = this.course.ownSentence(entry);
    this.writing = { entry: entry.id, saw: draft ? draft.saw : saw, behind: Boolean(draft?.behind), sent: null };
    this.field.value = draft ? draft.text : this.course.sentence(entry);
    this.catchUp();
    setAttribute(this.field, "aria-label", `What the room reads at "${entry.title}"`);
    this.header.roomBar.show();
    if (focus) this.field.focus();
  }

  keep() {
    const { entry, saw, behind } = this.writing;
    kept.write("sessionStorage", this.key(entry), { text: this.field.value, saw, behind });
  }

  save(event) {
    event.preventDefault();
    const { entry, saw } = this.writing;
    this.writing.sent = this.header.lead.write(entry, this.field.value, saw);
  }

  /** The server has it: what was typed is the room's now. */
  answered(opIds) {
    if (this.writing?.sent && opIds.includes(this.writing.sent)) this.close();
  }

  /**
   * Refused: the text stays; saving once more means it, now that the other one has been read. The refusal may be here
   * before the room's message with the other one, which then is still to come.
   */
  refused(opId) {
    if (!this.writing || this.writing.sent !== opId) return;
    this.writing = { ...this.writing, behind: true, sent: null };
    this.catchUp();
    this.keep();
  }

  /** After a refusal: what the room reads now is what was told, as soon as it is another one than before. */
  catchUp() {
    const { entry, saw, behind } = this.writing;
    const now = this.course.facts.instructions?.[entry] ?? null;
    if (!behind || now === saw) return;
    this.writing = { ...this.writing, saw: now, behind: false };
    this.keep();
  }

  close() {
    const focused = this.form.contains(this.root.getRootNode().activeElement);
    kept.remove("sessionStorage", this.key(this.writing.entry));
    this.writing = null;
    this.header.roomBar.show();
    if (focused) this.edit.focus();
  }

  onKey(event) {
    event.stopPropagation();
    if (event.key === "Escape" && !event.isComposing) this.close();
  }

  key(entry) {
    const { client } = this.header;
    return `${STORAGE_PREFIX}:sentence:${client.workshop}-${client.me.role}:${entry}`;
  }

  end() {
    for (const stop of this.unlisten) stop();
  }
}
