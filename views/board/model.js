// The notes of one canvas and of its parking lot as data: what the server confirmed, with this browser's unsent changes laid over it.
// Every property carries the sequence that set it, so snapshots and events may arrive in any order and twice.

const SMALLEST_GAP = 1e-6;

class NoteModel {
  /** `canvases` are definitions; the first is the canvas proper. Their blocks have different ids. */
  constructor(canvases, outbox) {
    this.canvases = new Map(canvases.flatMap(({ id, blocks }) => blocks.map((block) => [block.id, id])));
    this.outbox = outbox;
    this.confirmed = new Map();
  }

  canvasOf(block) {
    return this.canvases.get(block);
  }

  /** Whether a place is on what this board shows. */
  shows({ canvas, block }) {
    return this.canvases.has(block) ? this.canvasOf(block) === canvas : [...this.canvases.values()].includes(canvas);
  }

  /** Take a snapshot that was true at `seq`. What is newer here stays. */
  merge(notes, seq) {
    const present = new Set();
    for (const note of notes) {
      present.add(note.id);
      this.put(note, seq);
    }
    for (const [id, known] of this.confirmed) {
      const newest = Math.max(...Object.values(known.seqs));
      if (!present.has(id) && newest <= seq) this.set(known, "deleted", true, seq);
    }
  }

  /** Take a note as the server sees it at `seq`. */
  put(note, seq) {
    const { canvas, block, pos, text, kind, source, votes } = note;
    const known = this.known(note.id);
    const values = { place: { canvas, block, pos }, text, kind, source, votes };
    for (const [prop, value] of Object.entries(values)) this.set(known, prop, value, note.seqs[prop] ?? 0);
    if ((known.seqs.deleted ?? 0) <= seq) known.props.deleted = false;
    known.private = Boolean(note.private);
  }

  /** The server says that a note does not exist. */
  forget(id) {
    this.confirmed.delete(id);
  }

  /** Take an event. Returns false when it speaks of a note that has never been seen here. */
  apply({ item, action, prop, value, seq }) {
    const id = item.slice("note:".length);
    if (action === "add") {
      const known = this.known(id);
      for (const [name, given] of Object.entries(value)) this.set(known, name, given, seq);
      // A note that names a round was written privately; whether that still holds, the next snapshot says.
      known.private = "round" in value;
      return true;
    }
    if (!this.confirmed.has(id)) return prop !== "deleted" || Boolean(value);
    this.set(this.known(id), prop, value, seq);
    return true;
  }

  known(id) {
    if (!this.confirmed.has(id)) this.confirmed.set(id, { props: {}, seqs: {} });
    return this.confirmed.get(id);
  }

  set(known, prop, value, seq) {
    if (seq < (known.seqs[prop] ?? 0)) return;
    known.props[prop] = value;
    known.seqs[prop] = seq;
  }

  /** Return the confirmed values and sequences of a note, or null when it is not there. */
  server(id) {
    const known = this.confirmed.get(id);
    return known?.props.place && !known.props.deleted ? known : null;
  }

  /** Whether changes of this browser to a note are still on their way. */
  pending(id) {
    return this.outbox.entries.some(({ effect }) => effect?.id === id);
  }

  /** Return a note as it is to be shown, or null when it is not on this canvas. */
  note(id) {
    const known = this.confirmed.get(id);
    const props = { ...known?.props };
    for (const { effect } of this.outbox.entries) {
      if (effect?.id !== id) continue;
      if (effect.action === "add") Object.assign(props, effect.value);
      else props[effect.prop] = effect.value;
    }
    if (!props.place || props.deleted || !this.shows(props.place)) return null;
    const shown = { kind: "fact", votes: 0, text: "", ...props, ...props.place };
    return { ...shown, id, pending: this.pending(id), private: known?.private ?? false, seqs: known?.seqs ?? {} };
  }

  /** Return all notes of this canvas by block, each block in order. */
  byBlock() {
    const blocks = new Map();
    const ids = new Set(this.confirmed.keys());
    for (const { effect } of this.outbox.entries) if (effect?.id) ids.add(effect.id);
    for (const id of ids) {
      const note = this.note(id);
      if (!note) continue;
      if (!blocks.has(note.block)) blocks.set(note.block, []);
      blocks.get(note.block).push(note);
    }
    for (const notes of blocks.values()) notes.sort((a, b) => a.pos - b.pos || (a.id < b.id ? -1 : 1));
    return blocks;
  }

  list(block) {
    return this.byBlock().get(block) ?? [];
  }

  /**
   * Find the positions for one note or `count` of them at `index` of a block, and which notes must make room.
   * Returns `{pos, step, shifted: [[note, pos], ...]}`: the first position, the distance to each further one, and the
   * notes to be moved; none unless two neighbours stand too close.
   */
  makeRoom(block, index, id, count = 1) {
    const others = this.list(block).filter((note) => note.id !== id);
    const before = others[index - 1]?.pos;
    const after = others[index]?.pos;
    if (after === undefined) return { pos: Math.floor(before ?? 0) + 1, step: 1, shifted: [] };
    if (before === undefined) return { pos: Math.ceil(after) - count, step: 1, shifted: [] };
    const step = (after - before) / (count + 1);
    if (2 * step > SMALLEST_GAP) return { pos: before + step, step, shifted: [] };
    const shifted = others.slice(index).map((note, rank) => [note, before + 1 + count + rank]);
    return { pos: before + 1, step: 1, shifted };
  }
}
