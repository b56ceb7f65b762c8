// When a component asks the server, through the relay of its page, what its items amount to: after a rest, once all of
// mine have arrived, and whenever others have changed something. Until then it can say that what it shows is older.

const ASK_REST_MS = 350;
const ARRIVED_EVERY_MS = 60;
const ASK_OTHERS_REST_MS = 900;
const ASK_OTHERS_SPREAD_MS = 600;

class RestedAsk {
  /** `kind` is that of the component's changes in the outbox. It has `told`, what it was told last, and `askAnew`. */
  constructor(component, kind) {
    this.component = component;
    this.kind = kind;
    this.client = component.client;
    // The newest change of such an item that this page has seen.
    this.newest = 0;
    this.mine = false;
  }

  /** Whether what the server said is older than what is shown. */
  get waiting() {
    const { told } = this.component;
    return !told || this.newest > told.seq || this.unsent;
  }

  get unsent() {
    return this.client.outbox.entries.some(({ effect }) => effect?.kind === this.kind);
  }

  changed(seq, { own }) {
    this.newest = Math.max(this.newest, seq);
    if (!own) this.rest(ASK_OTHERS_REST_MS + Math.random() * ASK_OTHERS_SPREAD_MS);
  }

  answered() {
    this.mine = true;
    this.rest(ASK_REST_MS);
  }

  /** Ask after a rest. An earlier time that is set already stays: others must not put off what I wait for. */
  rest(inMs) {
    const at = Date.now() + inMs;
    if (this.timer && inMs > ASK_REST_MS && this.at <= at) return;
    clearTimeout(this.timer);
    this.at = at;
    this.timer = setTimeout(() => this.ask(), inMs);
  }

  ask() {
    this.timer = null;
    if (this.unsent && this.client.state === "live") return this.rest(ARRIVED_EVERY_MS);
    if (!this.waiting || this.unsent) return;
    this.component.askAnew(this.newest, this.mine);
    this.mine = false;
  }

  told({ seq }) {
    if (this.newest > seq && !this.timer) this.rest(ASK_REST_MS);
  }

  end() {
    clearTimeout(this.timer);
  }
}
