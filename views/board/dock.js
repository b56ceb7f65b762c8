// On a phone the editor stands at the lower edge of what can be seen: above the keyboard, which takes half of the screen,
// and over whatever else lies on the page. Its note stays at its place in the list, and the editor's form stays in it.

const PHONE_BELOW_PX = 640;

class Dock {
  constructor(root) {
    this.root = root;
    this.editor = null;
    this.measure = this.measure.bind(this);
    for (const type of ["resize", "scroll"]) globalThis.visualViewport?.addEventListener(type, this.measure);
    addEventListener("resize", this.measure);
  }

  get isPhone() {
    // As in the style sheets: the width of the board counts, not that of the screen.
    return this.root.clientWidth > 0 && this.root.clientWidth < PHONE_BELOW_PX;
  }

  /** Take an editor down; the one before goes back to its note. Browsers without a top layer leave it in its note. */
  take(editor) {
    if (this.editor === editor || !this.isPhone || !editor.form.showPopover) return;
    this.release();
    this.editor = editor;
    editor.form.popover = "manual";
    editor.form.showPopover();
    this.measure();
    editor.item.scrollIntoView({ block: "nearest" });
  }

  /** Let an editor go back to its note, if it is the one down here. */
  release(editor = this.editor) {
    if (!editor || this.editor !== editor) return;
    this.editor = null;
    if (editor.form.isConnected) editor.form.hidePopover();
    editor.form.removeAttribute("popover");
  }

  /** Follow the keyboard: what it leaves of the page is what the visual viewport shows. */
  measure() {
    if (!this.editor) return;
    if (!this.isPhone) return this.release();
    const { offsetTop = 0, height = innerHeight } = globalThis.visualViewport ?? {};
    const below = Math.max(0, document.documentElement.clientHeight - offsetTop - height);
    const { form } = this.editor;
    const lengths = { "--keyboard": below, "--seen": height, "--dock": form.offsetHeight };
    for (const [name, length] of Object.entries(lengths)) this.root.style.setProperty(name, `${Math.round(length)}px`);
    const focused = form.getRootNode().activeElement;
    if (form.contains(focused)) focused.scrollIntoView({ block: "nearest" });
  }

  end() {
    this.release();
    for (const type of ["resize", "scroll"]) globalThis.visualViewport?.removeEventListener(type, this.measure);
    removeEventListener("resize", this.measure);
  }
}
