// "Bring everyone here": the facilitator calls, everybody else is led there. Nobody is torn away from a text: who is
// writing gets an offer instead.

const CALL_MS = 60_000;

class Follower {
  constructor(header) {
    this.header = header;
    this.client = header.client;
    this.words = el("span", { class: "call-words" });
    const go = { click: () => this.accept() };
    this.accepting = el("button", { type: "button", class: "chip call-go", text: "Go there", on: go });
    const stay = { click: () => (this.root.hidden = true) };
    const staying = el("button", { type: "button", class: "chip", text: "Stay", on: stay });
    this.root = el("div", { class: "call", role: "status" }, this.words, this.accepting, staying);
    this.root.hidden = true;
    const bring = { type: "button", class: "chip bring", text: "Bring everyone here" };
    this.bring = el("button", { ...bring, on: { click: () => this.call() } });
    this.unlisten = this.client.on("room", ({ before, now }) => this.onRoom(before, now));
  }

  get leads() {
    return this.client.me.role === "facilitator";
  }

  /** Lead everybody to the page that the facilitator is on. Not kept for later: a call is for this moment. */
  call() {
    if (this.client.state !== "live") return;
    this.client.set("room:", "focus", { step: this.header.data.here, block: null });
    this.header.roomBar.say([`Everyone is led to ${this.header.data.step}.`]);
  }

  onRoom(before, now) {
    // What held when the page was opened is no call; only a change of it is.
    if (!before || !now.focus || this.leads) return;
    if (JSON.stringify(before.focus) === JSON.stringify(now.focus)) return;
    if (isWriting(this.client)) this.offer(now.focus);
    else this.go(now.focus);
  }

  offer(focus) {
    this.offered = focus;
    setText(this.words, `The room is led to ${this.titleOf(focus)}.`);
    this.root.hidden = false;
    clearTimeout(this.closing);
    this.closing = setTimeout(() => (this.root.hidden = true), CALL_MS);
  }

  accept() {
    this.root.hidden = true;
    this.go(this.offered);
  }

  /** Go to a page, and on the canvas to a block. The board looks at `client.called` when it is there. */
  go(focus) {
    this.root.hidden = true;
    this.client.called = focus;
    if (focus.step === this.header.data.here) this.client.emit("called", focus);
    else this.header.trigger("go", focus.step);
    if (!focus.own) this.header.roomBar.say([`The facilitator brought you to ${this.titleOf(focus)}.`]);
  }

  titleOf({ step }) {
    return this.header.data.steps?.[step] ?? step;
  }

  end() {
    this.unlisten();
    clearTimeout(this.closing);
  }
}

/** Whether somebody is in the middle of a text, on the board or in a field of the page. */
function isWriting(client) {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return client.place.writing || Boolean(active?.matches("textarea, input:not([type=checkbox], [type=radio])"));
}
