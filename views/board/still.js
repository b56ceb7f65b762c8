// Stands in for the live client where the board shows an earlier moment: nothing comes, nothing can be sent.

class StillClient {
  constructor({ me }) {
    this.me = me;
    this.people = [];
    this.outbox = { entries: [] };
    this.room = new RoomState(this.outbox);
    this.place = { block: null, note: null, writing: false };
  }

  on() {
    return () => {};
  }

  status() {
    return { state: "live", waiting: 0, reason: null, persistent: true };
  }

  catchUp() {
    return [];
  }

  here() {}

  resync() {}

  release() {}
}
