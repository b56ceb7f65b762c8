// The board: puts the parts together, listens to the live client, and draws. Streamlit calls the default export with
// new data at every rerun; the board itself lives as long as the page does.

class Board {
  constructor(root, data) {
    this.root = root;
    this.data = data;
    // Without a live address the board is a picture of an earlier moment.
    this.readOnly = !data.live || data.me.role === "viewer";
    this.client = data.live ? joinLive(data) : new StillClient(data);
    this.leads = !this.readOnly && data.me.role === "facilitator";
    const canvases = [data.canvas, ...(data.parking ? [data.parking] : [])];
    this.model = new NoteModel(canvases, this.client.outbox);
    this.drafts = new Drafts(`${data.workshop}-${data.me.role}`);
    this.toasts = new Toasts();
    this.parking = new ParkingLot(this);
    this.leading = new Leading(this);
    this.voting = new Voting(this);
    this.losing = new LosingEdits(this);
    this.frame = new FrameView(this);
    this.deck = new CardDeck(this);
    this.editors = new OpenEditors(this);
    this.actions = new NoteActions(this);
    this.refusals = new Refusals(this);
    this.panel = new QuestionPanel(this);
    this.menu = new MoveMenu(this);
    this.drag = new Drag(this);
    this.keys = new Keys(this);
    this.top = new TopVoted(this);
    this.fit = new Fit(root);
    this.dock = new Dock(root);
    this.present = new PresentView(this);
    this.toolbar = new Toolbar(this);
    this.people = this.client.people;
    this.drafts.isOpen = (id) => this.editors.has(id);
    this.drafts.onClaimed = (id) => this.editors.giveBack(id);
    this.build();
    this.listen();
  }

  build() {
    const keys = "Enter edits, Delete removes, Alt and arrows move, N adds a note, V gives a dot in a vote.";
    const hint = el("p", { id: "note-keys", class: "unseen", text: keys });
    const shell = el("div", { class: "shell" }, this.frame.sheet);
    this.frame.top.append(this.toolbar.root);
    this.frame.grid.after(this.parking.drawer);
    this.frame.grid.append(this.top.page.section);
    const over = [this.toasts.shelf, this.panel.dialog, this.menu.dialog, this.top.dialog];
    this.root.replaceChildren(shell, hint, this.toasts.spoken, ...over);
    this.root.addEventListener("focusin", (event) => this.onFocus(event));
    this.onFocusOut = () => setTimeout(() => this.tellWhere());
    this.root.addEventListener("focusout", this.onFocusOut);
    this.onDoubleClick = (event) => this.doubleClicked(event);
    this.frame.sheet.addEventListener("dblclick", this.onDoubleClick);
  }

  listen() {
    const { client } = this;
    this.unlisten = [
      client.on("events", (events) => this.onEvents(events)),
      client.on("snapshot", (snapshot) => this.take(snapshot)),
      client.on("note", (frame) => this.onNote(frame)),
      client.on("settled", () => this.render()),
      client.on("room", () => this.render()),
      client.on("called", () => this.leading.follow()),
      client.on("refused", (refusal) => this.refusals.take(refusal), "note"),
      client.on("status", (status) => this.showStatus(status)),
      client.on("presence", (people) => this.showPeople(people)),
    ];
  }

  /** Take the data of a page run. The first one also brings back drafts. */
  update(data) {
    const first = !this.updated;
    this.updated = true;
    this.data = data;
    this.root.dataset.theme = themeOf(this.root);
    this.root.dataset.canvas = data.canvas.id;
    this.frame.update(data);
    this.parking.update(data);
    if (!data.live) this.model.confirmed.clear();
    // How tall the board is, before it holds what has to be laid out again when that changes.
    this.fit.measure();
    this.take(data);
    if (first) {
      this.onEvents(this.client.catchUp(data.seq));
      this.showStatus(this.client.status());
      if (!this.readOnly) this.restore();
      this.leading.follow();
    }
    this.fit.measure();
  }

  /** Bring back what was being written, and what was refused while no board was on the page. */
  restore() {
    this.editors.restore();
    for (const refusal of this.client.takeRefusals("note")) this.refusals.take(refusal);
  }

  take({ notes, seq }) {
    this.model.merge(notes, seq);
    this.render();
  }

  onEvents(events) {
    const ofNotes = events.filter((event) => event.item.startsWith("note:"));
    const known = ofNotes.map((event) => {
      this.losing.look(event);
      return this.model.apply(event);
    });
    for (const event of ofNotes) {
      if (event.own) this.editors.get(event.item.slice(5))?.rebase(event.prop, event.value, event.seq);
    }
    // Somebody brought back a note that was deleted before this page was drawn: only the server knows its text.
    if (known.includes(false)) this.client.resync(0);
    this.render();
  }

  onNote({ id, note }) {
    if (note) this.model.put(note, Math.max(...Object.values(note.seqs)));
    else this.model.forget(id);
    this.render();
  }

  pinned(id) {
    return this.editors.has(id) || this.drag.id === id;
  }

  /** Bring the page in line with the model. The focus stays where it was, or goes to the nearest neighbour. */
  render() {
    const focused = this.focusedElement();
    const place = placeOf(focused);
    this.deck.arrange(this.model.byBlock(), (id) => this.pinned(id));
    this.editors.check();
    this.losing.show();
    this.leading.show();
    this.parking.show();
    this.toolbar.show();
    this.top.keepUp();
    this.showPeople(this.people);
    if (!focused || this.focusedElement() === focused) return;
    if (focused.isConnected) focused.focus({ preventScroll: true });
    // Gone, or carried into the closed parking lot.
    if (this.focusedElement() !== focused && place) this.focusNear(place);
  }

  focusNear({ block, index }) {
    const view = this.frame.blocks.get(block);
    const target = view.list.children[index] ?? view.list.lastElementChild ?? view.add;
    target.focus({ preventScroll: true });
  }

  /** Focus a note, or else the block it was to be in. */
  focusNote(id, block = null) {
    const item = this.deck.item(id);
    if (item?.isConnected) {
      item.focus({ preventScroll: true });
      item.scrollIntoView({ block: "nearest" });
    } else if (block) this.frame.blocks.get(block)?.add.focus();
  }

  focusedElement() {
    const active = this.root.getRootNode().activeElement;
    return this.root.contains(active) ? active : null;
  }

  onFocus(event) {
    const item = event.target.closest(".note[data-id]");
    if (item?.closest(".block")) this.deck.focused(item);
    this.tellWhere();
  }

  doubleClicked(event) {
    const item = event.target.closest(".note");
    if (item && !this.readOnly && !event.target.closest("form, button, a, input, .lost")) this.editors.edit(item.dataset.id);
  }

  /** Let the others see in which block I am and which note I write. */
  tellWhere() {
    if (this.ended) return;
    const focused = this.focusedElement();
    const editing = focused?.closest(".editing") ?? null;
    const block = focused?.closest(".block")?.dataset.block ?? null;
    this.client.here({ block, note: editing?.dataset.id ?? null, writing: Boolean(editing) });
  }

  showPeople(people) {
    this.people = people;
    const others = people.filter((person) => person.id !== this.client.me.id);
    this.deck.showWriters(others);
    for (const view of this.frame.blocks.values()) view.updatePeople(others, this.deck.cards);
  }

  showStatus({ state, waiting, reason, persistent }) {
    const kept = waiting ? `${plural(waiting, "change")} kept in this browser, sent when the connection is back.` : "";
    const goOn = "Go on: what you write is kept in this browser, and sent when the connection is back.";
    const warning = persistent ? "" : "This browser keeps nothing: do not close the page while it is saving.";
    const lines = { offline: `Offline. ${warning || kept || goOn}`, stopped: `${reason} ${kept}` };
    setText(this.frame.notice, (lines[state] ?? warning).trim());
  }

  /** Whether a block is not to be changed by this person now; if so, they have been told. */
  refuses(block) {
    return this.leading.refuses(block);
  }

  titleOf(block) {
    return this.frame.blocks.get(block)?.block.title ?? block;
  }

  end() {
    this.ended = true;
    this.editors.detach();
    for (const stop of this.unlisten) stop();
    this.present.end();
    this.keys.end();
    this.frame.end();
    this.fit.end();
    this.dock.end();
    this.drafts.close();
    this.client.here({ block: null, note: null, writing: false });
    this.client.release();
    this.root.replaceChildren();
  }
}

function placeOf(element) {
  const item = element?.closest(".note");
  const section = item?.closest(".block");
  return section ? { block: section.dataset.block, index: [...item.parentNode.children].indexOf(item) } : null;
}

const boards = new WeakMap();

export default function ({ data, parentElement }) {
  const present = boards.get(parentElement);
  const same = present?.data.workshop === data.workshop && present.data.canvas.id === data.canvas.id;
  if (present && !same) present.end();
  if (!same) boards.set(parentElement, new Board(parentElement.querySelector("#board"), data));
  boards.get(parentElement).update(data);
  return () => {
    boards.get(parentElement)?.end();
    boards.delete(parentElement);
  };
}
