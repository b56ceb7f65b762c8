// Short messages at the lower edge, with at most one thing to do, and the same words for screen readers.

const TOAST_MS = 8_000;

class Toasts {
  constructor() {
    this.shelf = el("div", { class: "toasts" });
    this.spoken = el("p", { class: "unseen", role: "status", "aria-live": "polite" });
  }

  say(text) {
    // The same words twice are not spoken again unless they change; a trailing space is a change nobody hears.
    this.spoken.textContent = this.spoken.textContent === text ? `${text} ` : text;
  }

  /** Show `text`; `action` is {label, run}. It stays while the pointer or the focus is on it. */
  show(text, action = null) {
    const toast = el("div", { class: "toast" }, el("span", { text }));
    const leave = () => toast.remove();
    let timer = null;
    const wait = () => (timer = setTimeout(leave, TOAST_MS));
    const hold = () => clearTimeout(timer);
    if (action) {
      const run = () => {
        leave();
        action.run();
      };
      toast.append(el("button", { type: "button", class: "toast-action", text: action.label, on: { click: run } }));
    }
    toast.append(iconButton("close", "Dismiss", "toast-close", leave));
    for (const type of ["pointerenter", "focusin"]) toast.addEventListener(type, hold);
    for (const type of ["pointerleave", "focusout"]) toast.addEventListener(type, wait);
    // Two are readable; an older one gives way.
    while (this.shelf.children.length > 1) this.shelf.firstElementChild.remove();
    this.shelf.append(toast);
    this.say(text);
    wait();
  }
}
