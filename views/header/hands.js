// What a person is in the middle of: a text that is not sent, something open over the page, a button held down, or
// whatever they did within the last second. While there is any of it, nothing on the page may change under them.

const HANDS_REST_MS = 1_000;
const OPEN_OVER_PAGE = "[role=dialog], [role=alertdialog], [role=listbox], [role=menu], [data-testid=stPopoverBody], dialog[open], :popover-open";
const TEXT_FIELD = "textarea, input:not([type=checkbox], [type=radio], [type=range], [type=button], [type=submit], [type=file])";
const ACTS = ["pointerdown", "pointerup", "keydown", "keyup", "wheel", "touchmove", "input", "dragend"];

class Hands {
  constructor(typing) {
    this.typing = typing;
    this.actedAt = -Infinity;
    this.down = false;
    // A field inside of a component, as long as what is typed there is not sent.
    this.inner = null;
    this.onAct = (event) => event.isTrusted && this.act(event);
    this.onMove = ({ buttons }) => this.down && buttons === 0 && (this.down = false);
    this.onLeave = (event) => event.composedPath()[0] === this.inner && (this.inner = null);
    const seen = { capture: true, passive: true };
    for (const type of ACTS) document.addEventListener(type, this.onAct, seen);
    document.addEventListener("focusout", this.onLeave, seen);
    // A scroll bar tells that it is let go by nothing else.
    for (const type of ["pointermove", "mousemove"]) document.addEventListener(type, this.onMove, seen);
    document.addEventListener("pointercancel", this.onMove, seen);
  }

  act(event) {
    this.actedAt = performance.now();
    if (event.type === "pointerdown") this.down = true;
    if (event.type === "pointerup" || event.type === "dragend") this.down = false;
    const target = event.composedPath()[0];
    const inside = target instanceof Element && target.getRootNode() !== document && target.matches(TEXT_FIELD);
    if (event.type === "input" && inside) this.inner = target;
    const sent = event.type === "keydown" && event.key === "Enter" && (event.ctrlKey || event.metaKey || !target.matches?.("textarea"));
    if (sent && target === this.inner) this.inner = null;
  }

  get typingNow() {
    if (this.typing.unsent || this.inner?.isConnected) return true;
    const field = document.activeElement;
    return Boolean(field?.matches(LINE) && field.value.trim());
  }

  /** Whether a list, a menu or a dialog lies over the page, also one of a component. */
  get opened() {
    return rootsOfPage().some((root) => [...root.querySelectorAll(OPEN_OVER_PAGE)].some((one) => one.checkVisibility()));
  }

  get free() {
    return !this.down && performance.now() - this.actedAt >= HANDS_REST_MS && !this.typingNow && !this.opened;
  }

  end() {
    for (const type of ACTS) document.removeEventListener(type, this.onAct, true);
    document.removeEventListener("focusout", this.onLeave, true);
    for (const type of ["pointermove", "mousemove"]) document.removeEventListener(type, this.onMove, true);
    document.removeEventListener("pointercancel", this.onMove, true);
  }
}

/** The document and what is inside of the components on it. */
function rootsOfPage() {
  const hosts = [...document.querySelectorAll("[data-testid=stMain] *, [data-testid=stSidebar] *")].filter(({ shadowRoot }) => shadowRoot);
  return [document, ...hosts.map(({ shadowRoot }) => shadowRoot)];
}
