// The live client of one workshop, shared by every component on the page: one socket, one outbox, and an undo history
// each for notes, answers and drafted decisions.
// It speaks the messages of docs/live-protocol.md and knows nothing of how anything looks.

const RECENT_EVENTS = 500;
const HERE_EVERY_MS = 1_000;
const RETRY_BUSY_MS = 1_500;
const LINGER_MS = 2_000;

class LiveClient {
  constructor({ workshop, live, seq, me }) {
    this.workshop = workshop;
    this.me = me;
    this.seq = seq;
    this.people = [];
    // A browser can hold two roles in one workshop; what one of them typed is never sent by the other.
    const mine = `${workshop}-${me.role}`;
    this.outbox = new Outbox(mine);
    this.steps = new UndoSteps(mine);
    this.histories = { note: this.steps, answer: new UndoSteps(mine, "answer"), draft: new UndoSteps(mine, "draft") };
    this.refusedKey = `${STORAGE_PREFIX}:refused:${mine}`;
    this.room = new RoomState(this.outbox);
    this.recent = [];
    this.recentSince = seq;
    this.users = 0;
    // Changes that a component has asked its page to make, and that are not answered yet.
    this.asked = 0;
    this.refusedWith = [];
    this.welcomed = false;
    this.state = "connecting";
    this.reason = null;
    this.place = { step: null, block: null, note: null, writing: false };
    this.listeners = new Map();
    // By component, a function that says of which items it draws the changes by itself.
    this.drawing = new Map();
    this.connection = new Connection(`${live}?w=${encodeURIComponent(workshop)}&as=${me.role}`, {
      open: () => this.connection.send({ t: "hello", since: this.seq }),
      frame: (frame) => this.receive(frame),
      down: (reason) => this.down(reason),
    });
  }

  /** Call `listener` for each message of `topic`, or for those of one `kind` only; returns the function that ends it. */
  on(topic, listener, kind = null) {
    if (!this.listeners.has(topic)) this.listeners.set(topic, new Map());
    this.listeners.get(topic).set(listener, kind);
    return () => this.listeners.get(topic).delete(listener);
  }

  /** Tell those who listen; returns whether anybody did. */
  emit(topic, payload) {
    const told = [...(this.listeners.get(topic) ?? [])].filter(([, kind]) => !kind || kind === payload.kind);
    for (const [listener] of told) listener(payload);
    return told.length > 0;
  }

  /** Whether changes of an item are drawn by a component of the page, so that nothing else has to show them. */
  draws(item) {
    return [...this.drawing.values()].some((draws) => draws(item));
  }

  status() {
    const waiting = this.outbox.entries.length + this.asked;
    return { state: this.state, waiting, reason: this.reason, persistent: this.outbox.persistent };
  }

  receive(frame) {
    if (frame.t === "welcome") this.welcome(frame);
    else if (frame.t === "snapshot") this.takeSnapshot(frame);
    else if (frame.t === "events") this.takeEvents(frame.events);
    else if (frame.t === "ack") this.acknowledged(frame.op_id, frame.seq);
    else if (frame.t === "refused") this.refused(frame);
    else if (frame.t === "note") this.emit("note", frame);
    else if (frame.t === "room") this.takeRoom(frame.room);
    else if (frame.t === "presence") this.emit("presence", (this.people = frame.people));
  }

  welcome(frame) {
    this.me = frame.me;
    this.room.setClock(frame.now);
    this.welcomed = true;
    this.state = "live";
    this.reason = null;
    this.outbox.adopt();
    for (const entry of this.outbox.entries) entry.sent = false;
    this.sendHere();
    this.flush();
    this.emit("status", this.status());
  }

  down(reason) {
    this.welcomed = false;
    this.state = reason ? "stopped" : "offline";
    this.reason = reason;
    this.emit("status", this.status());
  }

  takeSnapshot(frame) {
    this.seq = frame.seq;
    this.recent = [];
    this.recentSince = frame.seq;
    this.emit("snapshot", frame);
    this.takeRoom(frame.room);
  }

  takeRoom(facts) {
    this.emit("room", this.room.take(facts));
  }

  takeEvents(events) {
    if (!events.length) return;
    this.seq = Math.max(this.seq, events.at(-1).seq);
    this.recent.push(...events);
    if (this.recent.length > RECENT_EVENTS) {
      const dropped = this.recent.splice(0, this.recent.length - RECENT_EVENTS);
      this.recentSince = dropped.at(-1).seq;
    }
    // Listeners draw once, after both: the confirmed value takes the place of the one shown in advance.
    for (const event of events) event.own = this.outbox.entryOf(event.op_id) !== null;
    for (const event of events) if (event.own) this.settled(event.op_id);
    this.emit("events", events);
    if (events.some((event) => event.own)) this.emit("status", this.status());
  }

  /** An op needs no event. What else is in its batch may still wait for one, and is shown in advance until then. */
  acknowledged(opId, seq) {
    this.emit("made", { opId, seq });
    const entry = this.outbox.entryOf(opId);
    if (entry) entry.done = [...(entry.done ?? []), opId];
    if (entry && opIdsOf(entry.frame).some((other) => !entry.done.includes(other))) return;
    this.settled(opId);
    this.emit("settled", [opId]);
    this.emit("status", this.status());
  }

  settled(opId) {
    const entry = this.outbox.settle(opId);
    // The room message with the new count comes a moment later; the dot must not vanish in between.
    if (entry?.effect?.vote) this.room.keepDots(entry.effect);
    return entry;
  }

  refused(frame) {
    const entry = this.outbox.entryOf(frame.op_id);
    if (frame.code === "busy" && entry) return this.sendLater(entry);
    // The server refuses every op of a batch; the first refusal has told of all.
    if (!entry && this.refusedWith.includes(frame.op_id)) return;
    this.outbox.settle(frame.op_id);
    this.refusedWith = entry ? opIdsOf(entry.frame) : [];
    const { kind = "note", parts } = entry?.effect ?? {};
    if (kind === "note") this.steps.forget(frame.op_id);
    else this.histories[kind].forgetParts(this.refusedWith);
    this.tellRefusal({ kind, entry, parts, failed: frame.failed, code: frame.code, message: frame.message });
    this.emit("status", this.status());
  }

  sendLater(entry) {
    if (entry.sent) setTimeout(() => this.flush(), RETRY_BUSY_MS);
    entry.sent = false;
  }

  /** On a page that shows nothing of its kind, nobody could give back what was refused: it waits for such a page. */
  tellRefusal(refusal) {
    // What was asked of the room is told by the bar from which it is led, which is on every page.
    if (refusal.entry?.frame.item === "room:") return this.emit("not-led", refusal);
    const heard = this.emit("refused", refusal);
    if (!heard && refusal.entry) kept.write("localStorage", this.refusedKey, [...this.refusals(), refusal]);
  }

  refusals() {
    return kept.read("localStorage", this.refusedKey) ?? [];
  }

  /** Return what of a kind was refused while nobody listened; it is told once. */
  takeRefusals(kind) {
    const all = this.refusals();
    const others = all.filter((refusal) => (refusal.kind ?? "note") !== kind);
    if (others.length) kept.write("localStorage", this.refusedKey, others);
    else kept.remove("localStorage", this.refusedKey);
    return all.filter((refusal) => !others.includes(refusal));
  }

  /**
   * Make one change of one or more properties of a note, as one undo step.
   * `parts`: {action, id, prop, value, base, before}; `before` is the value it replaces. Returns the undo step.
   */
  change(parts) {
    const step = parts.map(({ action, id, prop, value, base, before }) => {
      const frame = { t: "op", op_id: randomId(20), base: base ?? 0, action, item: `note:${id}`, value };
      if (action === "set") frame.prop = prop;
      this.outbox.add(frame, { id, action, prop, value, before });
      return stepPart(frame.op_id, { id, action, prop, value, before });
    });
    this.steps.made(step);
    this.sent();
    return step;
  }

  /**
   * Set a property of something that is no note: the room, or my dots. `effect` shows it before the answer.
   * Returns the id of the op, by which its answer is known.
   */
  set(item, prop, value, effect = null) {
    const op_id = randomId(20);
    this.outbox.add({ t: "op", op_id, base: 0, action: "set", item, prop, value }, effect);
    this.sent();
    return op_id;
  }

  /**
   * Change properties of an answer or of a drafted decision, as one undo step: `changes` is {prop: value}, `bases` the sequence of each that was
   * seen, `before` the values they replace. Returns the undo step.
   */
  changeItem(item, changes, { bases, before } = {}) {
    return this.changeItems([{ item, changes, bases, before }]);
  }

  /** Change several answers or drafts as one undo step: a list of {item, changes, bases, before}. Returns the step, or
   *  null. */
  changeItems(items) {
    const asked = items.map(changesOfItem).filter((changes) => changes.length);
    const step = this.queue(batchesOf(asked));
    if (!step.length) return null;
    this.histories[kindOfItem(step[0].effect.item)].made(step);
    this.sent();
    return step;
  }

  /** Change a draft and record it as it is then: all of it or nothing. What led to it can no longer be taken back. */
  recordItem({ item, changes, bases, before }, value) {
    const step = this.queue(batchesOf([[...changesOfItem({ item, changes, bases, before }), recordOfItem(item, value)]]));
    this.histories.draft.forgetItem(item);
    this.sent();
    return step;
  }

  /** Put batches into the outbox. Returns the step that they are; what no server would read is refused here. */
  queue(batches) {
    return batches.flatMap((batch) => {
      const { frame, effect } = batchFrame(batch);
      if (lettersOf(batch) <= LETTERS_AT_MOST) {
        this.outbox.add(frame, effect);
        return stepOf(batch);
      }
      const { kind, parts } = effect;
      this.tellRefusal({ kind, entry: { frame, effect }, parts, code: "too-large", message: ANSWER_TOO_LARGE });
      return [];
    });
  }

  /** What this browser has changed of an answer and the server has not confirmed, by property. */
  pending(item) {
    const parts = this.outbox.entries.flatMap(({ effect }) => effect?.parts ?? []);
    return Object.fromEntries(parts.filter((part) => part.item === item).map(({ prop, value }) => [prop, value]));
  }

  /** Take back a step of this tab, by default the latest of its kind. Returns what that did, or null without one. */
  undo(step = null, kind = "note") {
    const history = this.histories[kind];
    const taken = step ?? history.last();
    return taken ? this.reverse(taken, kind, (reversed) => history.undone(taken, reversed)) : null;
  }

  /** Do again what was taken back last: taking back the taking back. Returns what that did, or null. */
  redo(step = null, kind = "note") {
    const history = this.histories[kind];
    const taken = step ?? history.lastUndone();
    return taken ? this.reverse(taken, kind, (reversed) => history.redone(taken, reversed)) : null;
  }

  reverse(step, kind, record) {
    const reversed = kind === "note" ? this.reverseNotes(step) : this.queue(takingBack(step));
    record(reversed);
    this.sent();
    return reversed;
  }

  reverseNotes(step) {
    return [...step].reverse().map(({ op_id: undoes, effect, inverse }) => {
      const op_id = randomId(20);
      this.outbox.add({ t: "undo", op_id, undoes }, inverse);
      return { op_id, effect: inverse, inverse: effect };
    });
  }

  sent() {
    this.flush();
    this.emit("status", this.status());
  }

  flush() {
    if (!this.welcomed) return;
    for (const entry of this.outbox.entries) {
      if (!entry.sent) entry.sent = this.connection.send(entry.frame);
    }
  }

  /** Tell the others where I am; sent at most once a second, the last word always. */
  here(changed) {
    const place = { ...this.place, ...changed };
    if (JSON.stringify(place) === JSON.stringify(this.place)) return;
    this.place = place;
    if (!this.hereTimer) this.sendHere();
  }

  sendHere() {
    const sent = JSON.stringify(this.place);
    if (this.welcomed) this.connection.send({ t: "here", ...this.place });
    clearTimeout(this.hereTimer);
    this.hereTimer = setTimeout(() => {
      this.hereTimer = null;
      if (JSON.stringify(this.place) !== sent) this.sendHere();
    }, HERE_EVERY_MS);
  }

  /** Return the events after `since` that a component drawn at `since` has missed, or ask the server for them. */
  catchUp(since) {
    if (since >= this.recentSince) return this.recent.filter((event) => event.seq > since);
    this.resync(since);
    return [];
  }

  /** Ask again for everything after `since`; 0 asks for the whole board. */
  resync(since) {
    this.seq = this.recentSince = since;
    this.recent = [];
    this.connection.drop();
    this.connection.lookNow();
  }

  release() {
    this.users -= 1;
    // Streamlit unmounts the old page before it mounts the new one: the socket stays open in between.
    setTimeout(() => this.users === 0 && this.end(), LINGER_MS);
  }

  end() {
    this.connection.stop();
    if (liveClients().get(this.workshop) === this) liveClients().delete(this.workshop);
  }
}

/** All live clients of this page, by workshop. Global, because each component is a module of its own. */
function liveClients() {
  return (globalThis[Symbol.for("stack-canvas.live")] ??= new Map());
}

/** Return the page's live client for `data.workshop`; every caller must `release()` it once. */
function joinLive(data) {
  const clients = liveClients();
  if (!clients.has(data.workshop)) clients.set(data.workshop, new LiveClient(data));
  const client = clients.get(data.workshop);
  client.users += 1;
  return client;
}
