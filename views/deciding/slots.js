// Where every slot stands: what the server has worked out, with what this browser has changed since laid over it. No looks.

const DRAFT = "draft:";
const NONE_YET = "none-yet";
const NOT_APPLICABLE = "not-applicable";
const OWN_WORDS = "other: ";
const NO_DRAFT = { choice: null, because: null, like: null, beside: [], advised: false };

class SlotModel {
  constructor(client) {
    this.client = client;
    this.told = null;
    this.slots = new Map();
    // My changes by op until what the server says includes them: {slot, prop, value, seq}, `seq` null on its way.
    this.ahead = new Map();
  }

  take(told) {
    this.told = told;
    this.slots = new Map(told.slots.map((slot) => [slot.id, slot]));
    for (const [op, { seq }] of this.ahead) if (seq !== null && seq <= told.seq) this.ahead.delete(op);
  }

  sent(step) {
    for (const { op_id, effect } of step ?? []) {
      const { item, prop, value } = effect;
      this.ahead.set(op_id, { slot: item.slice(DRAFT.length), prop, value, seq: null });
    }
  }

  /** A change of mine was made at a sequence, or made no difference to what was there at it. */
  made(opId, seq) {
    const change = this.ahead.get(opId);
    if (change) change.seq = Math.max(change.seq ?? 0, seq);
  }

  refused(opIds) {
    for (const op of opIds) this.ahead.delete(op);
  }

  get ids() {
    return [...this.slots.keys()];
  }

  /** Return my changes of a slot that the server has not worked in, in order: those of an earlier page come first. */
  changes(id) {
    const waiting = this.client.outbox.entries.flatMap(({ effect }) => (effect?.kind === "draft" ? effect.parts : []));
    const earlier = waiting.filter(({ op_id, item }) => item === DRAFT + id && !this.ahead.has(op_id));
    return [...earlier, ...[...this.ahead.values()].filter(({ slot }) => slot === id)];
  }

  /** Return a slot as it is to be shown: as told, with `draft` and `record` as they are after my own changes. */
  slot(id) {
    const told = this.slots.get(id);
    let [draft, record] = [{ ...NO_DRAFT, ...told.draft }, told.record];
    for (const { prop, value } of this.changes(id)) {
      if (prop === "record") {
        if (value.status !== "rejected") record = { ...draft, status: value.status, on: value.decided_on, number: null };
        draft = NO_DRAFT;
      } else draft = { ...draft, ...(prop === "choice" ? { advised: false } : {}), [prop]: value ?? NO_DRAFT[prop] };
    }
    return { ...told, draft: draft.choice ? draft : null, record };
  }

  state(id) {
    const { gone, draft, record } = this.slot(id);
    return gone ? "gone" : draft ? "draft" : record ? "recorded" : "open";
  }

  /** Whether somebody still has to record something here. */
  isOpen(id) {
    const state = this.state(id);
    return state === "open" || state === "draft";
  }

  /** Whether the reason of a draft was written before its choice was made. */
  reasonIsOlder(id) {
    const own = this.changes(id).map(({ prop }) => prop);
    const [choice, because] = [own.lastIndexOf("choice"), own.lastIndexOf("because")];
    if (choice >= 0 || because >= 0) return choice > because;
    const { seqs } = this.slots.get(id);
    return seqs.because < seqs.choice;
  }

  bases(id, props) {
    const { seqs } = this.slots.get(id);
    return Object.fromEntries(props.map((prop) => [prop, seqs[prop] ?? 0]));
  }

  before(id, props) {
    const draft = this.slot(id).draft ?? NO_DRAFT;
    return Object.fromEntries(props.map((prop) => [prop, draft[prop] ?? null]));
  }

  /** Return the answers that an order of options rests on; those that judge the choice come first. */
  drivers(id, choice) {
    const options = this.told.ranked[id]?.options ?? [];
    const first = options.filter((option) => option.id === choice);
    return [...new Set([...first, ...options].flatMap(({ drivers }) => drivers))];
  }

  option(id, choice) {
    return this.told.ranked[id]?.options.find((option) => option.id === choice) ?? null;
  }
}
