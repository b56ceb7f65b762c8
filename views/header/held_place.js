// A run of the page that nobody asked for leaves people where they are: what they look at stays where it stands on the
// screen, and what they were in keeps the focus, also where a run makes it anew.

const MAIN = "[data-testid=stMain]";
const PARTS = "[data-testid=stElementContainer]";
const MOVED_PX = 1;

class HeldPlace {
  /** Without `holds` only the focus stays. */
  constructor({ holds }) {
    this.scroller = document.querySelector(MAIN);
    const active = document.activeElement;
    this.focused = active && active !== document.body ? active : null;
    this.key = this.focused ? keyOf(this.focused) : "";
    this.seen = holds ? (this.focusedInSight() ?? this.underPointer() ?? this.firstInSight()) : null;
    this.top = this.seen?.getBoundingClientRect().top;
  }

  focusedInSight() {
    if (!this.focused || !this.scroller?.contains(this.focused)) return null;
    const { top, bottom } = this.focused.getBoundingClientRect();
    return bottom > 0 && top < innerHeight ? this.focused : null;
  }

  underPointer() {
    const over = [...(this.scroller?.querySelectorAll(`${PARTS}:hover`) ?? [])].at(-1);
    return over && isPart(over) ? over : null;
  }

  /** At the very top of a page people look at its top, and what comes in there is to be seen. */
  firstInSight() {
    if (!this.scroller?.scrollTop) return null;
    const upper = this.scroller.getBoundingClientRect().top;
    const parts = [...this.scroller.querySelectorAll(PARTS)].filter(isPart);
    return parts.find((part) => part.getBoundingClientRect().bottom > upper && part.offsetHeight) ?? null;
  }

  /** `acted`: somebody has scrolled or clicked meanwhile, and where they are is theirs. */
  restore({ acted }) {
    if (this.focused && !this.focused.isConnected && document.activeElement === document.body) this.focusAgain();
    if (acted || !this.seen?.isConnected) return;
    const moved = this.seen.getBoundingClientRect().top - this.top;
    if (Math.abs(moved) > MOVED_PX) this.scroller.scrollBy({ top: moved, behavior: "instant" });
  }

  focusAgain() {
    const box = this.key && document.querySelector(`.${CSS.escape(this.key)}`);
    box?.querySelector("input, textarea, button, [tabindex]")?.focus({ preventScroll: true });
  }
}

/** What stays at its place, as the header does, says nothing about how far the page has moved. */
function isPart(part) {
  return !part.closest("[data-stuck-bar]");
}
