// The notes on the board: one card each, brought in line with the model without touching what somebody works on.

const DOTS_AT_MOST = 5;

/** The kinds of note, in the order in which they are offered. The glyph repeats what the colour says. */
const KINDS = [
  { id: "fact", glyph: "●" },
  { id: "proposal", glyph: "▲" },
  { id: "question", glyph: "?" },
  { id: "risk", glyph: "!" },
  { id: "dilemma", glyph: "◆" },
];

function glyphOf(kind) {
  return KINDS.find((known) => known.id === kind)?.glyph ?? "●";
}

/** One note as a list item. Its buttons are reachable by Tab only while the note has the focus. */
class Card {
  constructor(id, board) {
    this.id = id;
    this.text = el("p", { class: "text", dir: "auto" });
    this.kind = el("span", { class: "kind" });
    this.source = el("span", { class: "source", dir: "auto" });
    this.votes = el("span", { class: "votes" });
    this.privacy = el("span", { class: "privacy", title: "Only you see this note until the reveal" }, icon("unseen"));
    this.dots = new DotsControl(id, board);
    this.board = board;
    this.writer = el("span", { class: "writer" });
    const meta = el("div", { class: "meta" }, this.privacy, this.kind, this.source, this.votes);
    this.body = el("div", { class: "body" }, this.text, meta, this.dots.root);
    this.tools = el(
      "div",
      { class: "tools" },
      iconButton("edit", "Edit note", "tool edit", () => board.editors.edit(id)),
      iconButton("move", "Move note to…", "tool move", () => board.menu.open(id)),
      iconButton("remove", "Delete note", "tool remove", () => board.actions.remove(id)),
    );
    this.tools.hidden = board.readOnly;
    this.item = el("li", { class: "note", data: { id }, tabindex: "-1" }, this.body, this.tools, this.writer);
    if (!board.readOnly) setAttribute(this.item, "aria-describedby", "note-keys");
  }

  show(note) {
    setText(this.text, note.text);
    this.item.dataset.kind = note.kind;
    this.item.classList.toggle("pending", note.pending);
    setText(this.kind, `${glyphOf(note.kind)} ${note.kind}`);
    this.showSource(note.source ?? "");
    const { room } = this.board.client;
    this.privacy.hidden = !(room.private && note.private);
    // While people vote, nobody is to be swayed by an earlier count.
    const total = room.voteOpen ? 0 : (room.facts?.totals?.[note.id] ?? note.votes);
    setText(this.votes, total > DOTS_AT_MOST ? `● ${total}` : "●".repeat(total));
    setAttribute(this.votes, "title", total ? plural(total, "vote") : null);
    const source = note.source && `Source: ${note.source}`;
    const hidden = this.privacy.hidden ? null : "Not revealed yet";
    const said = [note.kind, note.text, source, hidden, total && plural(total, "vote"), this.dots.show()];
    setAttribute(this.item, "aria-label", said.filter(Boolean).join(". "));
  }

  showSource(source) {
    if (this.source.dataset.value === source) return;
    this.source.dataset.value = source;
    const address = /^https?:\/\/\S+$/.test(source) ? source : null;
    const link = { href: address, target: "_blank", rel: "noopener noreferrer", title: address };
    this.source.replaceChildren(address ? el("a", { ...link, text: shortAddress(source) }) : inWrittenOrder(source));
    if (!address) setAttribute(this.source, "title", source || null);
  }

  showWriter(person) {
    this.item.classList.toggle("written", Boolean(person));
    setText(this.writer, person ? `${nameOf(person)} is writing` : "");
    this.item.style.setProperty("--person", person ? colourOf(person) : "transparent");
  }

  /** Make this the note of its list that Tab reaches. */
  setCurrent(current) {
    setAttribute(this.item, "tabindex", current ? "0" : "-1");
    for (const tool of this.tools.children) setAttribute(tool, "tabindex", current ? null : "-1");
    this.dots.setReachable(current);
  }
}

function shortAddress(address) {
  return address.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "");
}

/** All cards of the board. `pinned(id)` tells which notes must not be touched: under edit, or being dragged. */
class CardDeck {
  constructor(board) {
    this.board = board;
    this.cards = new Map();
    this.current = new Map();
  }

  card(id) {
    if (!this.cards.has(id)) this.cards.set(id, new Card(id, this.board));
    return this.cards.get(id);
  }

  item(id) {
    return this.cards.get(id)?.item ?? null;
  }

  /** Bring every list in line with the model. */
  arrange(byBlock, pinned) {
    const wanted = new Set();
    for (const notes of byBlock.values()) for (const note of notes) wanted.add(note.id);
    for (const [id, card] of this.cards) {
      if (wanted.has(id) || pinned(id)) continue;
      card.item.remove();
      this.cards.delete(id);
    }
    for (const view of this.board.frame.blocks.values()) this.arrangeList(view, byBlock.get(view.id) ?? [], pinned);
    this.arranged = true;
  }

  arrangeList(view, notes, pinned) {
    let next = view.list.firstElementChild;
    let reordered = false;
    for (const note of notes) {
      const card = this.card(note.id);
      if (pinned(note.id)) {
        if (card.item === next) next = next.nextElementSibling;
        continue;
      }
      while (next && pinned(next.dataset.id)) next = next.nextElementSibling;
      if (this.arranged && !card.item.isConnected) card.item.classList.add("arrived");
      card.show(note);
      if (card.item === next) next = next.nextElementSibling;
      else {
        reordered ||= card.item.isConnected;
        putBefore(view.list, card.item, next);
      }
    }
    // The list is as high as before, but other notes may lie below its edge.
    if (reordered) view.measure();
    view.opener.hidden = Boolean(view.list.firstElementChild);
    this.rove(view);
  }

  /** Exactly one note of each list takes part in the Tab order: the one that had the focus last. */
  rove(view) {
    const items = [...view.list.children];
    const current = items.find((item) => item.dataset.id === this.current.get(view.id)) ?? items[0];
    for (const item of items) this.cards.get(item.dataset.id)?.setCurrent(item === current);
  }

  focused(item) {
    const view = this.board.frame.blocks.get(item.closest(".block").dataset.block);
    this.current.set(view.id, item.dataset.id);
    this.rove(view);
  }

  showWriters(people) {
    const writers = new Map(people.filter((person) => person.writing).map((person) => [person.note, person]));
    for (const [id, card] of this.cards) card.showWriter(writers.get(id) ?? null);
  }
}

/** Insert or move an element. `moveBefore` keeps focus and caret; elsewhere the caller restores the focus. */
function putBefore(list, item, next) {
  // Into or out of a list that is not on the page, such as the closed parking lot, there is nothing to keep.
  if (list.moveBefore && item.isConnected && list.isConnected) list.moveBefore(item, next);
  else list.insertBefore(item, next);
}
