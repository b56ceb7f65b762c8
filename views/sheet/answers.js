// The answers of the room as data: what the server confirmed, with this browser's unsent changes laid over it. Every
// property carries the sequence that set it, so snapshots and events may arrive in any order and twice. No looks.

const ANSWER = "answer:";
// What says how a practice is answered; the rest is said about the answer.
const SAYING = new Set(["value", "state", "deleted"]);

class AnswerModel {
  constructor(client) {
    this.client = client;
    this.confirmed = new Map();
  }

  known(id) {
    if (!this.confirmed.has(id)) this.confirmed.set(id, { props: {}, seqs: {}, who: null });
    return this.confirmed.get(id);
  }

  set(known, prop, value, seq) {
    if (seq < (known.seqs[prop] ?? 0)) return false;
    known.props[prop] = value;
    known.seqs[prop] = seq;
    return true;
  }

  /** Take all answers as they were at `seq`; what is newer here stays. `who` says by whom and when, as far as known. */
  merge(answers, seq, who = null) {
    for (const [id, { seqs, ...props }] of Object.entries(answers)) {
      const known = this.known(id);
      for (const [prop, at] of Object.entries(seqs)) this.set(known, prop, props[prop] ?? null, at);
      if (who?.[id] && (known.who?.seq ?? 0) <= seq) known.who = { ...who[id], seq };
    }
    for (const [id, known] of this.confirmed) {
      const newest = Math.max(0, ...Object.values(known.seqs));
      if (!(id in answers) && newest <= seq) this.set(known, "deleted", true, seq);
    }
  }

  /** Take an event about an answer. Returns the id of its practice, or null when the event is about something else. */
  apply({ item, action, prop, value, seq, author, at }) {
    if (!item.startsWith(ANSWER) || action !== "set") return null;
    const id = item.slice(ANSWER.length);
    const known = this.known(id);
    if (this.set(known, prop, value, seq) && SAYING.has(prop)) known.who = { author, at, seq };
    return id;
  }

  /** Return, by practice, what this browser's person had said where one of these events by somebody else says anew. */
  mine(events) {
    const { me } = this.client;
    const anew = events.filter(({ item, prop, author }) => item.startsWith(ANSWER) && SAYING.has(prop) && author !== me.id);
    const ids = anew.map(({ item }) => item.slice(ANSWER.length));
    return new Map(ids.filter((id) => this.confirmed.get(id)?.who?.author === me.id).map((id) => [id, this.choice(id)]));
  }

  /** Return an answer as it is to be shown. `choice` is one of the five, or null where there is none. */
  answer(id) {
    const known = this.confirmed.get(id);
    const unsent = this.client.pending(ANSWER + id);
    const props = { ...known?.props, ...unsent };
    const pending = Object.keys(unsent).length > 0;
    return { id, ...props, evidence: props.evidence ?? [], choice: choiceOf(props), who: known?.who ?? null, pending };
  }

  choice(id) {
    return this.answer(id).choice;
  }

  /** Return the sequences of some properties as they were seen here. */
  bases(id, props) {
    const seqs = this.confirmed.get(id)?.seqs ?? {};
    return Object.fromEntries(props.map((prop) => [prop, seqs[prop] ?? 0]));
  }

  before(id, props) {
    const now = { ...this.confirmed.get(id)?.props, ...this.client.pending(ANSWER + id) };
    return Object.fromEntries(props.map((prop) => [prop, now[prop] ?? null]));
  }
}

/** Return which of the five choices the properties of an answer amount to, as `canvas/log/fold.py` reads them. */
function choiceOf({ deleted, value, state, reason, evidence }) {
  if (deleted) return null;
  if (state === "not-applicable") return reason ? state : "unknown";
  if (state && state !== "answered") return state;
  if (value !== null && value !== undefined) return value;
  return state || reason || evidence?.length ? "unknown" : null;
}
