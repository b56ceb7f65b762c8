// Moving a note with mouse, pen or finger. A mouse drags at once; a finger has to rest on the note first, so that
// swiping over notes still scrolls.

const DRAG_AFTER_PX = 5;
const HOLD_MS = 320;
const HOLD_WITHIN_PX = 9;
const EDGE_PX = 44;
const SCROLL_PX = 9;

class Drag {
  constructor(board) {
    this.board = board;
    this.id = null;
    const grid = board.frame.sheet;
    grid.addEventListener("pointerdown", (event) => this.press(event));
    // Once a held note moves, the finger must not scroll the page; only a listener that may refuse can say so.
    grid.addEventListener("touchmove", (event) => this.id && event.preventDefault(), { passive: false });
    grid.addEventListener("contextmenu", (event) => (this.id || this.pressed?.touch) && event.preventDefault());
  }

  press(event) {
    const item = event.target.closest(".note");
    if (!item || event.button || this.pressed || this.board.readOnly) return;
    if (event.target.closest("button, a, input, textarea, form, .lost, .shut")) return;
    const box = item.getBoundingClientRect();
    const { clientX: x, clientY: y, pointerId } = event;
    const grip = { x: x - box.left, y: y - box.top };
    this.pressed = { item, x, y, pointerId, grip, touch: event.pointerType === "touch" };
    if (this.pressed.touch) this.holding = setTimeout(() => this.start(x, y), HOLD_MS);
    this.following = {
      pointermove: (moved) => this.move(moved),
      pointerup: (ended) => ended.pointerId === pointerId && this.end(true),
      pointercancel: (ended) => ended.pointerId === pointerId && this.end(false),
      keydown: (key) => this.onKey(key),
    };
    for (const [type, listener] of Object.entries(this.following)) addEventListener(type, listener, true);
  }

  onKey(event) {
    if (event.key !== "Escape" || !this.id) return;
    event.stopPropagation();
    this.end(false);
  }

  move(event) {
    const { pressed } = this;
    if (event.pointerId !== pressed.pointerId) return;
    const far = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y);
    if (this.id) this.follow(event.clientX, event.clientY);
    else if (pressed.touch && far > HOLD_WITHIN_PX) this.end(false);
    else if (!pressed.touch && far > DRAG_AFTER_PX) this.start(event.clientX, event.clientY);
  }

  start(x, y) {
    const { item } = this.pressed;
    this.id = item.dataset.id;
    this.ghost = item.cloneNode(true);
    this.ghost.className += " ghost";
    this.ghost.removeAttribute("tabindex");
    this.ghost.style.width = `${item.offsetWidth}px`;
    this.board.root.append(this.ghost);
    item.classList.add("dragged");
    this.board.root.classList.add("dragging");
    if (this.pressed.touch) navigator.vibrate?.(12);
    this.scrolling = requestAnimationFrame(() => this.scroll());
    this.follow(x, y);
  }

  follow(x, y) {
    this.at = { x, y };
    const { item, grip } = this.pressed;
    this.ghost.style.translate = `${x - grip.x}px ${y - grip.y}px`;
    const under = this.board.root.getRootNode().elementFromPoint(x, y);
    const section = under?.closest(".block");
    this.parking = this.board.parking.isUnder(under);
    if (!section) return;
    const list = section.querySelector(".notes");
    const wide = section.classList.contains("wide");
    const next = [...list.children].find((other) => other !== item && isBefore(x, y, other, wide)) ?? null;
    if (item.parentNode !== list || (item.nextElementSibling !== next && next !== item)) putBefore(list, item, next);
  }

  /** Scroll what lies under the pointer while it rests near an edge. */
  scroll() {
    if (!this.id) return;
    const list = this.pressed.item.closest(".scroll");
    for (const area of [list, scrollerOf(this.board.root)]) {
      const box = area === document.scrollingElement ? { top: 0, bottom: innerHeight } : area.getBoundingClientRect();
      if (this.at.y < box.top + EDGE_PX) area.scrollTop -= SCROLL_PX;
      else if (this.at.y > box.bottom - EDGE_PX) area.scrollTop += SCROLL_PX;
    }
    this.scrolling = requestAnimationFrame(() => this.scroll());
  }

  end(dropped) {
    clearTimeout(this.holding);
    cancelAnimationFrame(this.scrolling);
    for (const [type, listener] of Object.entries(this.following)) removeEventListener(type, listener, true);
    const { item } = this.pressed;
    const { id } = this;
    this.pressed = this.id = null;
    if (!id) return;
    this.ghost.remove();
    item.classList.remove("dragged");
    this.board.root.classList.remove("dragging");
    const list = item.parentNode;
    const block = list?.closest(".block").dataset.block;
    if (dropped && this.parking) this.board.actions.park(id);
    else if (dropped && block) this.board.actions.move(id, block, [...list.children].indexOf(item));
    else this.board.render();
  }
}

/** Whether the point lies before the middle of `item`, reading rows first where notes stand side by side. */
function isBefore(x, y, item, wide) {
  const box = item.getBoundingClientRect();
  if (!wide) return y < box.top + box.height / 2;
  return y < box.top || (y < box.bottom && x < box.left + box.width / 2);
}
