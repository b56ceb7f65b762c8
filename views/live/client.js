// The live client of one workshop, shared by every component on the page: one socket, one outbox, one undo history.
// It speaks the messages of docs/live-protocol.md and knows nothing of how anything looks.

const RECENT_EVENTS = 500;
const UNDO_STEPS = 40;
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
    this.undoKey = `${STORAGE_PREFIX}:undo:${mine}`;
    this.steps = kept.read("sessionStorage", this.undoKey) ?? [];
    this.recent = [];
    this.recentSince = seq;
    this.users = 0;
    this.welcomed = false;
    this.state = "connecting";
    this.reason = null;
    this.place = { block: null, note: null, writing: false };
    this.listeners = new Map();
    this.connection = new Connection(`${live}?w=${encodeURIComponent(workshop)}&as=${me.role}`, {
      open: () => this.connection.send({ t: "hello", since: this.seq }),
      frame: (frame) => this.receive(frame),
      down: (reason) => this.down(reason),
    });
  }

  /** Call `listener` for each message of `topic`; returns the function that ends it. */
  on(topic, listener) {
    if (!this.listeners.has(topic)) this.listeners.set(topic, new Set());
    this.listeners.get(topic).add(listener);
    return () => this.listeners.get(topic).delete(listener);
  }

  emit(topic, payload) {
    for (const listener of this.listeners.get(topic) ?? []) listener(payload);
  }

  status() {
    const waiting = this.outbox.entries.length;
    return { state: this.state, waiting, reason: this.reason, persistent: this.outbox.persistent };
  }

  receive(frame) {
    if (frame.t === "welcome") this.welcome(frame);
    else if (frame.t === "snapshot") this.takeSnapshot(frame);
    else if (frame.t === "events") this.takeEvents(frame.events);
    else if (frame.t === "ack") this.settle([frame.op_id]);
    else if (frame.t === "refused") this.refused(frame);
    else if (frame.t === "note") this.emit("note", frame);
    else if (frame.t === "presence") this.emit("presence", (this.people = frame.people));
  }

  welcome(frame) {
    this.me = frame.me;
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
    for (const event of events) event.own = this.outbox.settle(event.op_id) !== null;
    this.emit("events", events);
    if (events.some((event) => event.own)) this.emit("status", this.status());
  }

  settle(opIds) {
    for (const opId of opIds) this.outbox.settle(opId);
    this.emit("settled", opIds);
    this.emit("status", this.status());
  }

  refused(frame) {
    const entry = this.outbox.entries.find((waiting) => waiting.frame.op_id === frame.op_id);
    if (frame.code === "busy" && entry) {
      entry.sent = false;
      setTimeout(() => this.flush(), RETRY_BUSY_MS);
      return;
    }
    this.outbox.settle(frame.op_id);
    this.keepSteps(this.steps.filter((step) => step.every((done) => done.op_id !== frame.op_id)));
    this.emit("refused", { entry, code: frame.code, message: frame.message });
    this.emit("status", this.status());
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
      const back = action === "add" ? { prop: "deleted", value: true } : { prop, value: before };
      return { op_id: frame.op_id, inverse: { id, action: "set", ...back } };
    });
    this.keepSteps([...this.steps, step].slice(-UNDO_STEPS));
    this.flush();
    this.emit("status", this.status());
    return step;
  }

  /** Take back a step of this tab, by default the latest. Returns the step, or null when there is none. */
  undo(step = this.steps.at(-1)) {
    if (!step) return null;
    const first = step[0].op_id;
    this.keepSteps(this.steps.filter((other) => other[0].op_id !== first));
    for (const done of [...step].reverse()) {
      this.outbox.add({ t: "undo", op_id: randomId(20), undoes: done.op_id }, done.inverse);
    }
    this.flush();
    this.emit("status", this.status());
    return step;
  }

  keepSteps(steps) {
    this.steps = steps;
    kept.write("sessionStorage", this.undoKey, steps);
  }

  flush() {
    if (!this.welcomed) return;
    for (const entry of this.outbox.entries) {
      if (!entry.sent) entry.sent = this.connection.send(entry.frame);
    }
  }

  /** Tell the others where I am; sent at most once a second, the last word always. */
  here(place) {
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
