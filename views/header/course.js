// The course of the workshop and where the room is on it: what the page handed over, looked up by what comes live.

class Course {
  constructor(client) {
    this.client = client;
    this.data = { courses: {}, blocks: {}, steps: {} };
  }

  update(data) {
    this.data = data;
  }

  get facts() {
    return this.client.room.facts ?? {};
  }

  /** The id of the course in force; one that this page does not know counts as not chosen. */
  get id() {
    return this.facts.plan in this.data.courses ? this.facts.plan : this.data.usualCourse;
  }

  get entries() {
    return this.data.courses[this.id]?.entries ?? [];
  }

  get index() {
    return this.entries.findIndex((entry) => entry.id === this.facts.agenda);
  }

  get entry() {
    return this.entries[this.index] ?? null;
  }

  get next() {
    return this.entries[this.index + 1] ?? null;
  }

  get previous() {
    return this.entries[this.index - 1] ?? null;
  }

  /** The sentence of this workshop's own for an entry, null where it reads that of content. */
  ownSentence(entry) {
    return this.facts.instructions?.[entry.id] ?? null;
  }

  sentence(entry) {
    return this.ownSentence(entry) ?? entry.instruction;
  }

  /** Whether the room is about to read another sentence than before. */
  sentenceChanged(before, now) {
    const { entry } = this;
    return entry !== null && before.agenda === now.agenda && before.instructions?.[entry.id] !== now.instructions?.[entry.id];
  }

  place() {
    return `Step ${this.index + 1} of ${this.entries.length}`;
  }

  titleOf(step) {
    return this.data.steps?.[step] ?? step;
  }

  /** Where an entry is worked at: its page, and on a board its first block. */
  target(entry) {
    return { step: entry.step, block: entry.blocks[0] ?? null };
  }
}
