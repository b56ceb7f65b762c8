// The board from the keyboard. Arrows walk, Alt + arrows carry, Enter edits, N adds, V votes, Delete removes, Ctrl + Z
// takes back, Ctrl + Shift + Z or Ctrl + Y does it again.

class Keys {
  constructor(board) {
    this.board = board;
    board.root.addEventListener("keydown", (event) => this.onKey(event));
    board.root.addEventListener("keydown", shieldPage);
    // After a click beside the board the page has the focus; taking back must still work.
    this.onPage = (event) => event.target === document.body && this.takeBack(event);
    document.addEventListener("keydown", this.onPage);
  }

  end() {
    document.removeEventListener("keydown", this.onPage);
  }

  onKey(event) {
    if (event.isComposing || event.target.closest("dialog")) return;
    const block = event.target.closest(".block")?.dataset.block;
    const item = event.target.classList.contains("note") ? event.target : null;
    const handled =
      this.takeBack(event) ||
      (item && this.onNote(event, item.dataset.id, block)) ||
      (block && this.inBlock(event, block));
    if (handled) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  takeBack(event) {
    const command = (event.ctrlKey || event.metaKey) && !event.altKey && !this.board.readOnly;
    const key = event.key.toLowerCase();
    const again = key === "y" || (key === "z" && event.shiftKey);
    if (!command || !(again || key === "z") || event.target.matches?.("input, textarea")) return false;
    event.preventDefault();
    if (again) this.board.actions.redo();
    else this.board.actions.undo();
    return true;
  }

  onNote(event, id, block) {
    const { key } = event;
    if (event.altKey) return this.carry(key, id, block);
    if (event.ctrlKey || event.metaKey) return false;
    if (key === "ArrowDown" || key === "ArrowUp") return this.walk(event.target, key === "ArrowDown");
    if (key === "ArrowRight" || key === "ArrowLeft") return this.walkBlocks(block, key === "ArrowRight" ? 1 : -1);
    if (this.board.readOnly) return false;
    if (key === "Enter" || key === "F2") return this.board.editors.edit(id) ?? true;
    if (key.toLowerCase() === "v") return this.board.voting.give(id, event.shiftKey ? -1 : 1) ?? true;
    if (key === "Delete" || key === "Backspace") return this.board.actions.remove(id) ?? true;
    return false;
  }

  inBlock(event, block) {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!plain || event.key.toLowerCase() !== "n" || this.board.readOnly) return false;
    this.board.editors.add(block);
    return true;
  }

  /** Carry a note up, down, or into the neighbouring block of the reading order. */
  carry(key, id, block) {
    const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[key];
    if (!step || this.board.readOnly) return false;
    const notes = this.board.model.list(block);
    const target = notes.findIndex((note) => note.id === id) + step;
    const vertical = key === "ArrowUp" || key === "ArrowDown";
    if (vertical && target >= 0 && target < notes.length) {
      this.board.actions.move(id, block, target);
      return true;
    }
    const neighbour = this.neighbour(block, step);
    const atTop = vertical && step > 0;
    if (neighbour) this.board.actions.move(id, neighbour, atTop ? 0 : this.board.model.list(neighbour).length);
    return true;
  }

  walk(item, forward) {
    const next = forward ? item.nextElementSibling : item.previousElementSibling;
    next?.focus();
    return true;
  }

  walkBlocks(block, step) {
    const view = this.board.frame.blocks.get(this.neighbour(block, step));
    const target = view?.list.querySelector('.note[tabindex="0"]') ?? (view?.add.hidden ? view?.section : view?.add);
    target?.focus();
    return true;
  }

  neighbour(block, step) {
    const { frame, parking } = this.board;
    const order = [...frame.blocks.keys()].filter((id) => parking.open || id !== parking.view?.id);
    return order[order.indexOf(block) + step];
  }
}
