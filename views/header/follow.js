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
    this.unlisten = [
      this.client.on("events", (events) => this.hear(events)),
      this.client.on("room", ({ before, now }) => this.onRoom(before, now)),
    ];
  }

  get leads() {
    return this.client.me.role === "facilitator";
  }

  /** Learn who calls: whoever goes on in the agenda goes along, and another facilitator is asked. */
  hear(events) {
    const ofRoom = events.filter(({ item }) => item === "room:");
    if (ofRoom.some(({ prop, own }) => prop === "agenda" && own)) this.goesAlong = true;
    const call = ofRoom.findLast(({ prop }) => prop === "focus");
    if (call) this.caller = call.author;
  }

  onRoom(before, now) {
    const { goesAlong } = this;
    this.goesAlong = false;
    // What held when the page was opened is no call; only a change of it is.
    if (!before || !now.focus) return;
    if (JSON.stringify(before.focus) === JSON.stringify(now.focus)) return;
    if (!this.leads) return isWriting(this.client) ? this.offer(now.focus) : this.go(now.focus);
    if (goesAlong) this.go({ ...now.focus, own: true, keepsFocus: true });
    else if (this.caller !== this.client.me.id && now.focus.step !== this.header.data.here) this.offer(now.focus);
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
    if (focus.keepsFocus) keepFocusIn(this.header.roomBar.root);
    if (focus.step === this.header.data.here) this.client.emit("called", focus);
    else this.header.go(focus.step);
    if (!focus.own) this.header.say([`The facilitator brought you to ${this.titleOf(focus)}.`]);
  }

  titleOf({ step }) {
    return this.header.course.titleOf(step);
  }

  end() {
    for (const stop of this.unlisten) stop();
    clearTimeout(this.closing);
  }
}

// Going to another page makes the bar anew: whoever pressed one of its buttons finds the focus on it again.
const STAYS_ON = [".step-on", ".step-back", ".act", ".led"];
let focusKept = null;

function keepFocusIn(bar) {
  const active = bar.getRootNode().activeElement;
  focusKept = bar.contains(active) ? STAYS_ON.find((selector) => active.matches(selector)) : null;
}

function giveFocusBack(bar) {
  const nowhere = !document.activeElement || document.activeElement === document.body;
  if (focusKept && nowhere) {
    const found = bar.parentElement.querySelector(`${focusKept}:not([hidden])`) ?? bar;
    found.focus({ preventScroll: true });
  }
  focusKept = null;
}

/** Whether somebody is in the middle of a text, on the board or in a field of the page. */
function isWriting(client) {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return client.place.writing || Boolean(active?.matches("textarea, input:not([type=checkbox], [type=radio])"));
}
