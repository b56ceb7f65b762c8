// When an editor is left: what is pressed or tabbed to beside it saves it. Whatever is pressed does what it says, with
// what is in the editor; so what is about the text itself, or only looks around, does not close it.

const PRESSES = ["pointerdown", "click"];
// Taking back is about an earlier step: saving first would make this text the step that is taken back.
const STAYS_OPEN = ".toasts, .undo, .redo, .more-below";

class Leaving {
  constructor(editor) {
    this.editor = editor;
    this.pressed = false;
    this.outside = (event) => this.onPress(event);
    for (const type of PRESSES) document.addEventListener(type, this.outside, true);
    editor.form.addEventListener("focusout", (event) => this.onFocusOut(event));
    editor.form.addEventListener("keydown", () => (this.pressed = false));
  }

  /** Tabbing on to another part of the board saves; switching windows or closing a phone's keyboard does not. */
  onFocusOut({ relatedTarget: next }) {
    const { item, board } = this.editor;
    if (this.pressed || !next || item.contains(next) || !board.root.contains(next)) return;
    if (!next.closest(STAYS_OPEN)) this.editor.leave();
  }

  /** Pressing beside the note saves too, but only with the click: closing earlier would move what is being pressed. */
  onPress(event) {
    const { item, form, board } = this.editor;
    if (event.type === "pointerdown") {
      const stays = (node) => node === item || node.matches?.(STAYS_OPEN);
      this.pressed = !event.composedPath().some(stays) && form.contains(board.focusedElement());
    } else if (this.pressed) {
      this.pressed = false;
      this.editor.leave();
    }
  }

  end() {
    for (const type of PRESSES) document.removeEventListener(type, this.outside, true);
  }
}
