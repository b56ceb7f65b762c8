// The result of a vote: notes by their dots, those with equally many on one place, in the order of the canvas. As a list
// over the board, and as a page of the present view.

/** The places of a vote that is shown: 1, 2, 2, 4. Notes with equally many dots share one. */
class Ranking {
  constructor(board) {
    const totals = board.client.room.facts?.totals ?? {};
    const notes = [...board.frame.blocks.keys()].flatMap((block) => board.model.list(block));
    const counted = notes.map((note) => ({ note, dots: totals[note.id] ?? 0 }));
    const voted = counted.filter(({ dots }) => dots > 0).sort((a, b) => b.dots - a.dots);
    const alike = (dots) => voted.filter((other) => other.dots === dots).length;
    const place = (dots) => 1 + voted.filter((other) => other.dots > dots).length;
    this.entries = voted.map((entry) => ({ ...entry, place: place(entry.dots), shared: alike(entry.dots) > 1 }));
    this.without = counted.length - voted.length;
  }

  /** Who is first, in a sentence that also says how many share the place; empty without any dot. */
  get first() {
    const winners = this.entries.filter(({ place }) => place === 1);
    if (!winners.length) return "";
    const dots = `${plural(winners[0].dots, "dot")}`;
    return winners.length > 1 ? `${winners.length} notes share the first place, with ${dots} each.` : `First with ${dots}.`;
  }

  get rest() {
    return this.without ? `${plural(this.without, "note")} without a dot` : "";
  }
}

/** The list itself, wherever it is shown; `leave` is called before a note of it is gone to. */
class RankedList {
  constructor(board, leave) {
    this.board = board;
    this.leave = leave;
    this.first = el("p", { class: "top-first" });
    this.list = el("ol", { class: "top-list", role: "list" });
    this.rest = el("p", { class: "top-rest" });
    this.parts = [this.first, this.list, this.rest];
  }

  show() {
    const ranking = new Ranking(this.board);
    const none = el("li", { class: "top-none", text: "Nobody has put a dot on a note." });
    const drawn = JSON.stringify(ranking);
    // Drawing anew would take the focus from the note that somebody is about to go to.
    if (drawn === this.drawn) return ranking;
    this.drawn = drawn;
    this.list.replaceChildren(...(ranking.entries.length ? ranking.entries.map((entry) => this.entry(entry)) : [none]));
    setText(this.first, ranking.first);
    setText(this.rest, ranking.rest);
    return ranking;
  }

  entry({ note, dots, place, shared }) {
    const view = this.board.frame.blocks.get(note.block);
    const go = () => {
      this.leave(note.block);
      this.board.parking.reveal(note.block);
      this.board.focusNote(note.id);
    };
    const ranked = el("span", { class: "top-place" }, el("strong", { text: String(place) }), shared ? " shared" : null);
    const badge = el("span", { class: "badge", text: view.mark, "aria-hidden": "true" });
    const words = el("span", { class: "top-text", text: note.text, dir: "auto" });
    const count = el("strong", { class: "top-dots", text: plural(dots, "dot") });
    const where = el("span", { class: "top-block" }, badge, view.block.title);
    const parts = [ranked, words, count, where];
    return el("li", { data: { hue: view.block.hue } }, el("button", { type: "button", class: "top-entry", on: { click: go } }, ...parts));
  }
}

class TopVoted {
  constructor(board) {
    this.board = board;
    this.ranked = new RankedList(board, () => this.dialog.close());
    const close = iconButton("close", "Close", "dialog-close", () => this.dialog.close());
    const head = el("div", { class: "panel-head" }, el("h2", { id: "top-title", text: "Result of the vote" }), close);
    const body = el("div", { class: "panel-body" }, ...this.ranked.parts);
    this.dialog = el("dialog", { class: "top", "aria-labelledby": "top-title" }, head, body);
    closeOnBackdrop(this.dialog);
    this.page = new ResultPage(board);
  }

  /** Open the list; who presents gets it over the whole sheet. */
  open() {
    if (this.board.present.on) return this.board.present.fill(RESULT);
    this.ranked.show();
    if (!this.dialog.open) this.dialog.showModal();
  }

  get shown() {
    return this.board.client.room.voting?.state === "shown";
  }

  /** The list follows its vote; the next vote has no result yet. A result that is just shown fills a presented sheet. */
  keepUp() {
    const { voting } = this.board.client.room;
    const revealed = this.before === "open" && voting?.state === "shown";
    this.before = voting?.state;
    if (!this.shown && this.dialog.open) this.dialog.close();
    if (this.dialog.open) this.ranked.show();
    if (revealed && this.board.present.on) this.board.present.fill(RESULT);
    else if (this.board.present.block === RESULT) this.shown ? this.page.show() : this.board.present.fill(null);
  }
}

// Where the result stands among the blocks of the present view; no block has this id.
const RESULT = "result:";

/** The result as a page of the present view: the sheet is filled with it, so that nobody has to look for the winners. */
class ResultPage {
  constructor(board) {
    this.ranked = new RankedList(board, (block) => board.present.fill(block));
    const title = el("h3", { id: "result-title", text: "Result of the vote" });
    // Scrolled with the keys when it is longer than the sheet.
    this.scroll = el("div", { class: "vote-result-scroll", tabindex: "0", role: "group", "aria-labelledby": "result-title" }, ...this.ranked.parts);
    this.section = el("section", { class: "vote-result", "aria-labelledby": "result-title" }, title, this.scroll);
    this.section.hidden = true;
  }

  show() {
    const ranking = this.ranked.show();
    this.section.classList.toggle("long", ranking.entries.length > 5);
    return ranking;
  }
}
