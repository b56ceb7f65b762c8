// The frame of the canvas: head row, labels at the edges, and the blocks with everything but their notes.
// Made once per canvas; later data changes texts in place, so that lists, editors and focus stay.

const GATE_TITLES = {
  mandatory: "mandatory here",
  recommended: "recommended",
  optional: "optional here",
  open: "needed? see phase zero",
  "not-applicable": "not needed here",
};
const SHOWN_PEOPLE = 3;

/** What another step said that belongs here as well: to read, not to change. */
function carriedLine({ label, text }) {
  return el("li", {}, el("span", { class: "from", text: label }), " ", text);
}

/** One block: its parts, and how they follow the definition. */
class BlockView {
  constructor(block, size, board) {
    this.id = block.id;
    this.board = board;
    const titleId = `title-${block.id}`;
    this.badge = el("span", { class: "badge", "aria-hidden": "true" });
    this.title = el("h3", { id: titleId });
    const ask = { click: () => board.panel.open(this.id) };
    this.questions = el("button", { type: "button", class: "questions", on: ask });
    this.gate = el("button", { type: "button", class: "gate", on: ask });
    this.list = el("ul", { class: "notes", role: "list", "aria-labelledby": titleId });
    this.opener = el("p", { class: "opener" });
    this.writing = el("p", { class: "writing-here" });
    const write = { click: () => board.editors.add(this.id) };
    this.add = el("button", { type: "button", class: "add", on: write }, icon("add"), "Note");
    this.people = el("span", { class: "people-here" });
    this.lock = el("span", { class: "lock" }, icon("lock"), "Locked");
    this.lock.hidden = true;
    this.aside = el("span", { class: "aside" });
    const scrollOn = { click: () => this.scrollOn() };
    this.more = el("button", { type: "button", class: "more-below", tabindex: "-1", on: scrollOn });
    this.carried = el("ul", { class: "carried", role: "list", "aria-label": "Said on other steps" });
    this.scroll = el("div", { class: "scroll" }, this.list, this.opener, this.carried, this.writing);
    this.scroll.addEventListener("scroll", () => this.measure(), { passive: true });
    this.section = el(
      "section",
      { class: "block", "aria-labelledby": titleId, data: { block: block.id }, tabindex: "-1" },
      el("div", { class: "block-head" }, this.badge, this.title, this.questions),
      this.gate,
      this.scroll,
      el("div", { class: "block-foot" }, this.add, this.lock, this.people, this.more, this.aside),
    );
    this.update(block, size);
  }

  update(block, { columns, rows }) {
    this.block = block;
    const place = block.place;
    // One more, because the first column of the grid is the edge with its label.
    this.section.style.setProperty("--column", `${place.column + 1} / span ${place.columns ?? 1}`);
    this.section.style.setProperty("--row", `${place.row} / span ${place.rows ?? 1}`);
    this.section.dataset.hue = block.hue;
    this.section.classList.toggle("wide", this.isLot || (place.columns ?? 1) > columns / 2);
    this.section.classList.toggle("aside-box", block.number === 0);
    // While somebody writes in a small block it grows; one in the lower half grows upwards, to stay on the screen.
    this.section.classList.toggle("low", !this.isLot && place.row + (place.rows ?? 1) > rows * 0.6);
    setText(this.badge, this.mark);
    setText(this.title, block.title);
    this.updateQuestions(block);
    setAttribute(this.add, "aria-label", `Add a note to ${block.title}`);
    this.add.hidden = this.board.readOnly;
    setText(this.opener, block.opener);
    const choices = block.choices ?? [];
    setText(this.aside, choices.length ? choices.join(" + ") : `${block.minutes} min`);
    setAttribute(this.aside, "title", choices.length ? `Chosen: ${choices.join(", ")}` : "Suggested time");
    this.updateGate(block.gate);
    this.carried.hidden = !block.carried?.length;
    this.carried.replaceChildren(...(block.carried ?? []).map(carriedLine));
  }

  /** The parking lot stands beside the numbered blocks. */
  get isLot() {
    return this.board.parking.definition?.id === this.id;
  }

  get mark() {
    return this.isLot ? "P" : String(this.block.number);
  }

  /** Show a lock; participants see nothing to press there, the facilitator may go on. */
  showLock(locked, leads) {
    this.lock.hidden = !locked;
    this.section.classList.toggle("shut", locked && !leads);
    this.add.hidden = this.board.readOnly || (locked && !leads);
    setAttribute(this.section, "aria-description", locked ? "Locked by the facilitator" : null);
  }

  updateQuestions({ questions, title }) {
    const count = plural(questions.length, "question");
    // A narrow block has no room for the word beside its title.
    const noun = count.slice(count.indexOf(" "));
    const [word, mark] = [el("span", { class: "word", text: noun }), el("span", { class: "mark", text: "?" })];
    this.questions.replaceChildren(String(questions.length), word, mark);
    setAttribute(this.questions, "aria-label", `${count} on ${title}`);
    setAttribute(this.questions, "title", `${count}, examples and purpose`);
  }

  updateGate(gate) {
    this.gate.hidden = !gate;
    if (!gate) return;
    const because = gate.because ?? [];
    // A block of the whole sheet has no room for the reason; it is in the drawer that the gate opens.
    const why = el("span", { class: "why", text: because[0] ? `: ${because[0]}` : "" });
    this.gate.replaceChildren(GATE_TITLES[gate.state] ?? gate.state, why);
    this.gate.dataset.state = gate.state;
    setAttribute(this.gate, "title", [...because, gate.question].filter(Boolean).join("\n"));
  }

  measure() {
    this.showMore(this.look());
  }

  /** Return how many notes lie below the edge, and what else scrolling needs; changes nothing. */
  look() {
    const { scrollTop, clientHeight, scrollHeight } = this.scroll;
    const hidden = scrollHeight - clientHeight > 2 && getComputedStyle(this.scroll).overflowY !== "visible";
    const edge = this.scroll.getBoundingClientRect().bottom - 6;
    const isBelow = (item) => item.getBoundingClientRect().bottom > edge;
    return { hidden, scrollTop, below: hidden ? [...this.list.children].filter(isBelow).length : 0 };
  }

  /** Say how many notes lie below the edge, so that none is overlooked. */
  showMore({ hidden, scrollTop, below }) {
    // What scrolls and holds nothing that takes the focus takes it itself, so that keys can scroll it.
    setAttribute(this.scroll, "tabindex", hidden && !this.list.children.length ? "0" : null);
    this.scroll.classList.toggle("below", below > 0);
    this.scroll.classList.toggle("above", hidden && scrollTop > 2);
    setText(this.more, below ? `↓ ${below} more` : "");
    setAttribute(this.more, "aria-label", below ? `Scroll to ${below} more` : null);
    this.more.hidden = !below;
    this.aside.hidden = below > 0;
  }

  scrollOn() {
    this.scroll.scrollBy({ top: this.scroll.clientHeight * 0.8, behavior: prefersStill() ? "auto" : "smooth" });
  }

  /** Show who is in this block, and whether somebody writes a note that is not on the board yet. */
  updatePeople(people, knownNotes) {
    const here = people.filter((person) => person.block === this.id);
    this.showFaces(here);
    const writers = here.filter((person) => person.writing && !knownNotes.has(person.note));
    setText(this.writing, writers.length ? `${writers.map(nameOf).join(", ")} writing…` : "");
    this.writing.hidden = !writers.length;
  }

  showFaces(here) {
    const faces = JSON.stringify(here.map(({ id, name }) => [id, name]));
    // Most changes of the board move nobody, and new faces would make the browser lay the block out again.
    if (faces === this.faces) return;
    this.faces = faces;
    const shown = here.slice(0, SHOWN_PEOPLE).map(avatar);
    if (here.length > SHOWN_PEOPLE) shown.push(el("span", { class: "more", text: `+${here.length - SHOWN_PEOPLE}` }));
    this.people.replaceChildren(...shown);
  }
}

/** The whole sheet around the blocks. */
class FrameView {
  constructor(board) {
    this.board = board;
    this.blocks = new Map();
    this.resized = new ResizeObserver(() => this.measure());
    this.head = el("div", { class: "head" });
    this.top = el("div", { class: "top-row" }, this.head);
    this.jump = el("nav", { class: "jump", "aria-label": "Blocks" });
    this.grid = el("div", { class: "grid" });
    this.credit = el("span", { class: "credit" });
    this.hint = el("span", { class: "hint", "aria-hidden": "true" });
    this.notice = el("span", { class: "notice", role: "status" });
    this.sheet = el(
      "div",
      { class: "sheet" },
      this.top,
      this.jump,
      this.grid,
      el("div", { class: "foot" }, this.notice, this.credit, this.hint),
    );
  }

  update({ canvas, head, credit }) {
    this.updateHead(head);
    this.grid.style.setProperty("--columns", canvas.columns);
    this.grid.style.setProperty("--rows", canvas.rows);
    for (const block of canvas.blocks) {
      const known = this.blocks.get(block.id);
      if (known) known.update(block, canvas);
      else this.place(block, canvas);
    }
    this.updateLabels(canvas.groups ?? []);
    setText(this.credit, credit ?? "");
    setAttribute(this.credit, "title", credit ?? null);
    const keys = "Enter edits · N adds · Alt + arrows move · Ctrl + Z takes back";
    setText(this.hint, this.board.readOnly ? "You can look, not write" : keys);
  }

  place(block, canvas) {
    const view = new BlockView(block, canvas, this.board);
    this.blocks.set(block.id, view);
    this.grid.append(view.section);
    this.watch(view);
    const label = el("span", { class: "badge", text: String(block.number), "aria-hidden": "true" });
    const chip = el("button", { type: "button", class: "chip", data: { hue: block.hue } }, label, block.short);
    chip.addEventListener("click", () => this.jumpTo(view));
    this.jump.append(chip);
  }

  /** Notice when a block or what is in it grows or shrinks: the browser tells once it has laid the page out anyway. */
  watch(view) {
    this.resized.observe(view.scroll);
    this.resized.observe(view.list);
  }

  /** Look at every block before one of them changes: each look after a change lays the whole board out again. */
  measure() {
    const seen = [...this.blocks.values()].map((view) => [view, view.look()]);
    for (const [view, found] of seen) view.showMore(found);
  }

  end() {
    this.resized.disconnect();
  }

  jumpTo(view) {
    view.section.focus({ preventScroll: true });
    view.section.scrollIntoView({ block: "start", behavior: prefersStill() ? "auto" : "smooth" });
  }

  updateHead(head) {
    const fields = [
      [["Project", head?.project], ["Date", head?.date]],
      [["Team", head?.team], ...(head?.readiness ? [["Readiness", head.readiness]] : [])],
    ];
    const text = JSON.stringify(fields);
    if (text === this.headText) return;
    this.headText = text;
    this.head.replaceChildren(...fields.map((pairs) => el("dl", { class: "head-box" }, ...pairs.map(headField))));
  }

  updateLabels(groups) {
    for (const old of this.grid.querySelectorAll(".edge")) old.remove();
    for (const group of groups.filter((candidate) => candidate.edge)) {
      const label = el("span", { class: `edge edge-${group.edge}`, text: group.title, data: { hue: group.hue } });
      setAttribute(label, "aria-hidden", "true");
      this.grid.append(label);
    }
  }
}

function headField([name, value]) {
  const field = el("div", {}, el("dt", { text: name }), el("dd", { text: value || "–", title: value || null, dir: "auto" }));
  field.classList.toggle("empty", !value);
  return field;
}

function prefersStill() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
