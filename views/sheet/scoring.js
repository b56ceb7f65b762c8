// When the sheet asks the server what the answers amount to: after a rest, once all of mine have arrived, and whenever
// others have answered. Until then the column at the right is marked as older than the answers.

const REST_MS = 350;
const ARRIVED_EVERY_MS = 60;
const OTHERS_REST_MS = 900;
const OTHERS_SPREAD_MS = 600;

class Scoring {
  constructor(sheet) {
    this.sheet = sheet;
    this.client = sheet.client;
    // The newest change of an answer that this page has seen.
    this.newest = 0;
    this.asked = false;
    this.mine = false;
  }

  /** Whether what the server said is older than the answers that are shown. */
  get waiting() {
    const told = this.sheet.told;
    return !told || this.newest > told.seq || this.unsent;
  }

  get unsent() {
    return this.client.outbox.entries.some(({ effect }) => effect?.kind === "answer");
  }

  changed(seq, { own }) {
    this.newest = Math.max(this.newest, seq);
    if (!own) this.rest(OTHERS_REST_MS + Math.random() * OTHERS_SPREAD_MS);
  }

  answered() {
    this.mine = true;
    this.rest(REST_MS);
  }

  /** Ask after a rest. An earlier time that is set already stays: others must not put off what I wait for. */
  rest(inMs) {
    const at = Date.now() + inMs;
    if (this.timer && inMs > REST_MS && this.at <= at) return;
    clearTimeout(this.timer);
    this.at = at;
    this.timer = setTimeout(() => this.ask(), inMs);
  }

  ask() {
    this.timer = null;
    if (this.unsent && this.client.state === "live") return this.rest(ARRIVED_EVERY_MS);
    if (!this.waiting || this.unsent) return;
    this.sheet.ask({ score: this.newest, mine: this.mine });
    this.mine = false;
  }

  told({ seq }) {
    if (this.newest > seq && !this.timer) this.rest(REST_MS);
  }

  end() {
    clearTimeout(this.timer);
  }
}
