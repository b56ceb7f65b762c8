// A second click on the same spot right after the first, as people make who click everything twice, would take back what
// the first one chose, or choose something on the question that has come in its place: it does nothing. And Escape in a
// list closes it, and no more: to Streamlit it means "empty this field", which gives an answer up for a look at the list.

const CHOICES = "[data-testid=stButtonGroup]";
const LIST = "[data-testid=stSelectbox]";
const TWICE_WITHIN_MS = 500;
const SAME_SPOT_PX = 12;
const PRESSES = ["pointerdown", "mousedown", "pointerup", "mouseup", "click"];

class Choosing {
  constructor() {
    this.last = { at: -Infinity, x: 0, y: 0 };
    this.heard = (event) => this.press(event);
    this.escaped = (event) => this.escape(event);
    for (const type of PRESSES) document.addEventListener(type, this.heard, true);
    // Before Streamlit's own, which hears it at the root of the page.
    addEventListener("keydown", this.escaped, true);
  }

  escape(event) {
    const { key, target, isComposing } = event;
    if (key !== "Escape" || isComposing || !target.matches?.(`${LIST} input`)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    // Leaving the field closes its list and shows again what was chosen; whoever looked goes on from where they were.
    target.blur();
    target.focus({ preventScroll: true });
  }

  press(event) {
    if (event.type === "pointerdown") this.second = this.isSecond(event);
    // What a keyboard presses is a click of its own.
    if (!this.second || (event.type === "click" && event.detail === 0)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  isSecond({ target, timeStamp, clientX, clientY }) {
    if (!target.closest?.(CHOICES)) return false;
    const { at, x, y } = this.last;
    const again = timeStamp - at < TWICE_WITHIN_MS && Math.hypot(clientX - x, clientY - y) < SAME_SPOT_PX;
    if (!again) this.last = { at: timeStamp, x: clientX, y: clientY };
    return again;
  }

  end() {
    for (const type of PRESSES) document.removeEventListener(type, this.heard, true);
    removeEventListener("keydown", this.escaped, true);
  }
}
