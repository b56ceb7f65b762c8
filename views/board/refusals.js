// What the server did not accept goes back to whoever wrote it: into an open editor, whole, with the reason.

class Refusals {
  constructor(board) {
    this.board = board;
  }

  take({ entry, message }) {
    this.board.render();
    this.board.toasts.show(message);
    const effect = entry?.effect;
    if (!effect?.id || this.board.readOnly || entry.frame.t === "undo") return;
    if (effect.action === "add") this.giveBackNote(effect.id, effect.value, message);
    else if (EDITED.includes(effect.prop)) this.giveBackChange(effect, message);
  }

  giveBackNote(id, { place, ...written }, reason) {
    const values = editedValues(written);
    const start = { text: "", kind: values.kind, source: "" };
    const editor = this.board.editors.get(id);
    if (editor) {
      // Its writer is at it again: what they have now is a new note.
      editor.draft = { ...editor.draft, fresh: true, renew: true };
      editor.takeBack(values, start, reason);
    } else if (!this.joinList(place, values, reason)) {
      const fresh = { fresh: true, renew: true, bases: {}, asked: null };
      this.open({ id, canvas: place.canvas, block: place.block, ...fresh, ...start, start }, values, reason);
    }
  }

  /** Notes that were sent as a list come back as one list, not as so many editors. */
  joinList({ block }, values, reason) {
    const alike = ({ draft, returned, reason: earlier }) =>
      draft.block === block && draft.renew && earlier === reason && draft.text === returned?.text &&
      draft.kind === values.kind && draft.source === values.source && (draft.several || !draft.text.includes("\n"));
    const list = [...this.board.editors.open.values()].find(alike);
    if (!list || values.text.includes("\n")) return false;
    list.draft = { ...list.draft, several: true, verbatim: true };
    list.takeBack({ text: `${list.draft.text}\n${values.text}` }, list.draft.start, reason);
    list.several.show();
    return true;
  }

  giveBackChange({ id, prop, value, before }, reason) {
    const { model, editors } = this.board;
    const editor = editors.get(id);
    const start = { [prop]: before };
    if (editor) return editor.takeBack({ [prop]: value }, editor.draft.fresh ? editor.draft.start : start, reason);
    // A kind is chosen again with one click; it is not worth an editor that nobody opened.
    if (prop === "kind") return;
    const known = model.server(id);
    if (!known) {
      const place = { canvas: this.board.data.canvas.id };
      return this.giveBackNote(id, { place, kind: "fact", text: "", [prop]: value }, reason);
    }
    const draft = draftOf({ id, ...known.props, ...known.props.place, seqs: known.seqs });
    this.open({ ...draft, start: { ...draft.start, ...start } }, { [prop]: value }, reason);
  }

  /** Open an editor, or keep its draft for the canvas on which the note is. Nobody is torn away from another text. */
  open(draft, values, reason) {
    if (!this.board.model.shows(draft)) return this.board.drafts.keep({ ...draft, ...values, at: Date.now() });
    const writing = this.board.focusedElement()?.closest(".editing");
    this.board.editors.show(draft, { focus: !writing }).takeBack(values, draft.start, reason);
  }
}
