// Two people change the text of one note at the same moment: the later one wins, in sight of everybody. The one who
// lost is shown both texts on the note and decides: keep mine, keep theirs, keep both.

class LosingEdits {
  constructor(board) {
    this.board = board;
    this.key = `${STORAGE_PREFIX}:lost:${board.data.workshop}-${board.data.me.role}`;
    this.lost = new Map(kept.read("sessionStorage", this.key) ?? []);
    this.mine = new Map();
  }

  /** Look at an event before the model takes it. */
  look({ item, prop, action, value, base, seq, author }) {
    const id = item.slice("note:".length);
    const text = action === "add" ? value.text : prop === "text" ? value : null;
    if (text === null) return;
    if (author === this.board.client.me.id) this.mine.set(id, { text, seq });
    else this.lookForeign(id, text, base, seq);
  }

  lookForeign(id, text, base, seq) {
    const mine = this.mine.get(id);
    const present = this.board.model.server(id)?.seqs.text ?? 0;
    // Only a writer who had not seen my text overwrote it unawares; and only once, however often the event comes.
    const unseen = mine && (base ?? 0) < mine.seq && present === mine.seq && seq > mine.seq;
    const earlier = this.lost.get(id);
    if (earlier) this.keep(id, { ...earlier, theirs: text });
    else if (unseen && mine.text !== text) this.keep(id, { mine: mine.text, theirs: text }, true);
  }

  keep(id, loss, fresh = false) {
    this.lost.set(id, loss);
    this.store();
    if (fresh) this.board.toasts.say(`Someone changed your note at the same moment. It says now: ${loss.theirs}`);
  }

  settle(id) {
    this.lost.delete(id);
    this.store();
  }

  store() {
    kept.write("sessionStorage", this.key, [...this.lost]);
  }

  /** Put the question on the cards that need it, and take it off those that do not. Nothing is rebuilt in vain. */
  show() {
    for (const [id, card] of this.board.deck.cards) {
      const loss = this.lost.get(id) ?? null;
      const seen = loss && JSON.stringify(loss);
      if (card.lossShown === seen) continue;
      card.lossShown = seen;
      card.item.querySelector(".lost")?.remove();
      if (loss) card.body.after(this.box(id, loss));
    }
  }

  box(id, { mine }) {
    const button = (text, run, look = "plain") => {
      const press = { click: () => this.decide(id, run) };
      return el("button", { type: "button", class: look, text, on: press });
    };
    const box = el(
      "div",
      { class: "clash lost", role: "group", "aria-label": "Someone changed this at the same moment" },
      el("strong", { text: "Changed by someone at the same moment. You wrote:" }),
      el("span", { class: "theirs", text: mine, dir: "auto", tabindex: "0" }),
      button("Keep mine", () => this.keepMine(id, mine), "primary"),
      button("Keep theirs", () => {}),
      button("Keep both", () => this.keepBoth(id, mine)),
    );
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.decide(id, () => {});
      else if (["Enter", " "].includes(event.key)) event.stopPropagation();
    });
    return box;
  }

  /** Settle the question, unless the answer cannot be carried out now; then both texts stay where they are. */
  decide(id, run) {
    if (run() === false) return;
    this.settle(id);
    this.board.render();
    this.board.focusNote(id);
  }

  keepMine(id, mine) {
    const note = this.board.model.note(id);
    if (!note || this.board.refuses(note.block)) return false;
    const change = { action: "set", id, prop: "text", value: mine, base: note.seqs.text, before: note.text };
    this.board.actions.change([change]);
  }

  keepBoth(id, mine) {
    const { model, actions } = this.board;
    const note = model.note(id);
    if (!note || this.board.refuses(note.block)) return false;
    const below = model.list(note.block).findIndex((other) => other.id === id) + 1;
    const added = `n-${randomId(10)}`;
    const { pos, shifted } = model.makeRoom(note.block, below, added);
    const value = { place: { canvas: note.canvas, block: note.block, pos }, kind: note.kind, text: mine };
    const moves = shifted.map(([other, at]) => actions.placing(other, note.block, at));
    actions.change([{ action: "add", id: added, value }, ...moves]);
  }
}
