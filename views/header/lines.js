// What is added line by line is sent by Enter alone, and the page forgets a line when it is left for another step. It is
// kept in this tab until it is sent, and put back when its field is there again.

const LINE = "[data-testid=stChatInputTextArea]";
const LINE_SENT_BY = "[data-testid=stChatInputSubmitButton]";

class Lines {
  constructor({ workshop, me }) {
    this.prefix = `${STORAGE_PREFIX}:line:${workshop}-${me.role}:`;
    this.known = new WeakSet();
    this.heard = {
      input: ({ target }) => target.matches?.(LINE) && this.keep(target),
      // Enter that sends nothing, within a word being composed or with Shift, is followed by an input.
      keydown: ({ key, target }) => key === "Enter" && target.matches?.(LINE) && this.forget(target),
      click: ({ target }) => target.closest?.(LINE_SENT_BY) && this.forget(target),
    };
    for (const [type, listener] of Object.entries(this.heard)) document.addEventListener(type, listener, true);
    this.observer = new MutationObserver(() => this.putBack());
    this.observer.observe(document.body, { childList: true, subtree: true });
    this.putBack();
  }

  /** Return whether a line is typed and not sent. */
  get waiting() {
    return [...document.querySelectorAll(LINE)].some((field) => field.value.trim());
  }

  keep(field) {
    if (field.value.trim()) kept.write("sessionStorage", this.key(field), field.value);
    else this.forget(field);
  }

  forget(inside) {
    kept.remove("sessionStorage", this.key(inside));
  }

  putBack() {
    for (const field of document.querySelectorAll(LINE)) {
      if (this.known.has(field)) continue;
      this.known.add(field);
      const text = kept.read("sessionStorage", this.key(field));
      if (text && !field.value) writeInto(field, text);
    }
  }

  key(inside) {
    return this.prefix + keyOf(inside);
  }

  end() {
    this.observer.disconnect();
    for (const [type, listener] of Object.entries(this.heard)) document.removeEventListener(type, listener, true);
  }
}
