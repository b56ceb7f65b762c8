// How the room is led at this moment, as the server told it, with this browser's unsent dots laid over it. No looks.

const WHOLE_BOARD = "*";
// How long ago a timer ended is worth knowing for a while; a workshop that is opened next week has none.
const OVER_FOR_S = 3600;

class RoomState {
  constructor(outbox) {
    this.outbox = outbox;
    this.facts = null;
    this.ahead = 0;
  }

  /** Take the server's time, so that a browser with a wrong clock counts down with all the others. */
  setClock(now) {
    const server = Date.parse(now ?? "");
    if (!Number.isNaN(server)) this.ahead = server - Date.now();
  }

  /** Take a room message. Returns {before, now}, where `before` is null for the first one of this page. */
  take(facts) {
    const before = this.facts;
    this.facts = facts;
    return { before, now: facts };
  }

  get voting() {
    return this.facts?.voting ?? null;
  }

  get voteOpen() {
    return this.voting?.state === "open";
  }

  get private() {
    return Boolean(this.facts?.private);
  }

  /** Whether the timer stands still. */
  get paused() {
    return Boolean(this.facts?.timer?.paused_at);
  }

  /** The seconds left on the timer, below zero when time is up; null without one, or long after it. */
  secondsLeft() {
    const { ends_at: ends, paused_at: paused } = this.facts?.timer ?? {};
    const now = paused ? Date.parse(paused) : Date.now() + this.ahead;
    const left = ends ? Math.round((Date.parse(ends) - now) / 1000) : null;
    return left === null || left < -OVER_FOR_S ? null : left;
  }

  locks(block) {
    const locked = this.facts?.locked ?? [];
    return locked.includes(WHOLE_BOARD) || locked.includes(block);
  }

  /** My dots on each note of the present round. */
  dots() {
    const mine = { ...this.voting?.mine };
    for (const { effect } of this.outbox.entries) if (effect?.vote) mine[effect.vote] = effect.value;
    return mine;
  }

  dotsLeft() {
    const used = Object.values(this.dots()).reduce((sum, count) => sum + count, 0);
    return (this.voting?.budget ?? 0) - used;
  }

  keepDots({ vote, value }) {
    if (this.voting) this.voting.mine = { ...this.voting.mine, [vote]: value };
  }
}
