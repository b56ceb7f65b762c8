// What the facilitator does to the room: each act is one op on it, and the server decides. No looks.

const MORE_MINUTES = 2;
const MORE_WORDS = "+2 min";
const NOT_NOW = "There is no connection just now: the room cannot be led from here.";

class Lead {
  constructor(header) {
    this.header = header;
    this.client = header.client;
    this.course = header.course;
  }

  /** Set something of the room. Not kept for later: leading is for this moment. Returns the id of the op, or null. */
  set(prop, value) {
    if (this.client.state === "live") return this.client.set("room:", prop, value);
    this.header.tell(NOT_NOW);
    return null;
  }

  /** Go to an entry of the agenda, null ends it. Names the entry that is left: two who press at once go one step. */
  move(entry) {
    const leaves = this.course.facts.agenda ?? null;
    return this.set("agenda", { leaves, enters: entry?.id ?? null });
  }

  begin() {
    return this.move(this.course.entries[0]);
  }

  forward() {
    if (!this.course.entry) return this.begin();
    return this.course.next ? this.move(this.course.next) : null;
  }

  back() {
    return this.course.previous ? this.move(this.course.previous) : null;
  }

  start(minutes, label = "") {
    return this.set("timer", { seconds: minutes * 60, label: label.slice(0, 60) });
  }

  more() {
    return this.set("timer", { more: MORE_MINUTES * 60 });
  }

  pause(on = !this.client.room.paused) {
    return this.set("timer", { paused: on });
  }

  stop() {
    return this.set("timer", null);
  }

  writePrivately(on) {
    return this.set("private", on);
  }

  vote(budget) {
    return this.set("voting", { state: "open", budget });
  }

  showResult() {
    return this.set("voting", { state: "shown" });
  }

  /** Lock the whole board or open it again; blocks that are locked one by one stay so. */
  lock(on) {
    const blocks = (this.course.facts.locked ?? []).filter((id) => id !== WHOLE_BOARD);
    return this.set("locked", on ? [...blocks, WHOLE_BOARD] : blocks);
  }

  hideAuthors(on) {
    return this.set("hide_authors", on);
  }

  follow(course) {
    return this.set("plan", course);
  }

  /** Lead everybody to the page that the facilitator is on. */
  bring() {
    const sent = this.set("focus", { step: this.header.data.here, block: null });
    if (sent) this.header.say([`Everyone is led to ${this.header.data.step}.`]);
    return sent;
  }

  /** Have the room read another sentence at an entry; an empty one brings back that of content. */
  write(entry, text, saw) {
    return this.set("instruction", { entry, text, saw });
  }
}
