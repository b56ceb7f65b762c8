// Dot voting on one note: my dots while the vote is open, or the count of a whole room that the facilitator types.

class DotsControl {
  constructor(id, board) {
    this.id = id;
    this.board = board;
    const minus = { type: "button", class: "dot-step", text: "−", "aria-label": "Take a dot back" };
    const plus = { type: "button", class: "dot-step", text: "+", "aria-label": "Give a dot" };
    this.less = el("button", { ...minus, on: { click: () => board.voting.give(id, -1) } });
    this.more = el("button", { ...plus, on: { click: () => board.voting.give(id, 1) } });
    this.mine = el("span", { class: "mine" });
    const counted = { type: "number", class: "tally", min: 0, max: 999, inputmode: "numeric" };
    this.tally = el("input", { ...counted, "aria-label": "Dots counted in the room", title: "Dots counted in the room" });
    this.tally.addEventListener("change", () => board.voting.count(id, this.tally.valueAsNumber));
    this.tally.addEventListener("keydown", (event) => event.stopPropagation());
    this.root = el("div", { class: "dots", role: "group" }, this.less, this.mine, this.more, this.tally);
    this.root.hidden = true;
  }

  /** Show the state of the vote; returns what a screen reader should hear of it. */
  show() {
    const { room } = this.board.client;
    const shown = room.voteOpen && !this.board.readOnly;
    this.root.hidden = !shown;
    if (!shown) return null;
    const count = room.dots()[this.id] ?? 0;
    const left = room.dotsLeft();
    setText(this.mine, count > DOTS_AT_MOST ? `● ${count}` : "●".repeat(count) || "○");
    // Not `disabled`: a button that loses its ability under the finger would also lose the focus.
    setAttribute(this.less, "aria-disabled", String(count === 0));
    setAttribute(this.more, "aria-disabled", String(left <= 0));
    setAttribute(this.root, "aria-label", `${plural(count, "dot")} of mine, ${left} left`);
    this.showTally(room);
    return `${plural(count, "dot")} of mine`;
  }

  showTally({ voting }) {
    this.tally.hidden = !this.board.voting.counting;
    const focused = this.board.focusedElement() === this.tally;
    if (!focused) this.tally.value = voting.tally?.[this.id] ?? "";
  }

  setReachable(reachable) {
    for (const control of this.root.children) setAttribute(control, "tabindex", reachable ? null : "-1");
  }
}

/** What can be done with dots, by button, key or panel. */
class Voting {
  constructor(board) {
    this.board = board;
    this.counting = false;
  }

  /** Put dots on a note, or take them back. */
  give(id, step) {
    const { client, toasts } = this.board;
    if (!client.room.voteOpen || this.board.readOnly) return toasts.say("There is no vote going on.");
    const count = (client.room.dots()[id] ?? 0) + step;
    if (count < 0) return toasts.say("You have no dot on this note.");
    if (step > 0 && client.room.dotsLeft() < step) return toasts.show("All your dots are used. Take one back first.");
    client.set(`vote:${id}`, "count", count, { vote: id, value: count });
    this.board.render();
    toasts.say(`${plural(count, "dot")} on this note, ${client.room.dotsLeft()} left.`);
  }

  /** Set what the facilitator counted in the room for a note. */
  count(id, dots) {
    const value = Number.isInteger(dots) && dots >= 0 ? Math.min(dots, 999) : 0;
    this.board.client.set(`vote:${id}`, "tally", value);
    this.board.toasts.say(`${plural(value, "dot")} counted for the room.`);
  }

  /** Switch the fields on or off in which one person counts for everybody. */
  toggleCounting() {
    this.counting = !this.counting;
    this.board.render();
  }
}
