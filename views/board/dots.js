// Dot voting on one note: my dots while the vote is open, or the count of a whole room that the facilitator types.

const MOST_COUNTED = 999;

class DotsControl {
  constructor(id, board) {
    this.id = id;
    this.board = board;
    const minus = { type: "button", class: "dot-step", text: "−", "aria-label": "Take a dot back" };
    const plus = { type: "button", class: "dot-step", text: "+", "aria-label": "Give a dot" };
    this.less = el("button", { ...minus, on: { click: () => board.voting.give(id, -1) } });
    this.more = el("button", { ...plus, on: { click: () => board.voting.give(id, 1) } });
    this.mine = el("span", { class: "mine" });
    // No number field: what such a field cannot read, it hides from the page.
    const counted = { type: "text", class: "tally", inputmode: "numeric", autocomplete: "off" };
    this.tally = el("input", { ...counted, "aria-label": "Dots counted in the room", title: "Dots counted in the room" });
    this.tally.addEventListener("change", () => this.count());
    this.tally.addEventListener("keydown", (event) => event.stopPropagation());
    this.wrong = el("p", { class: "tally-wrong", id: `tally-wrong-${id}`, text: `A whole number from 0 to ${MOST_COUNTED}.` });
    this.root = el("div", { class: "dots", role: "group" }, this.less, this.mine, this.more, this.tally, this.wrong);
    this.root.hidden = true;
    this.refuse(false);
  }

  /** Take what was typed for the room; what is no such number stays in the field, marked, and counts nothing. */
  count() {
    const typed = this.tally.value.trim();
    const fits = /^\d{0,3}$/.test(typed);
    this.refuse(!fits);
    if (fits) this.board.voting.count(this.id, Number(typed));
    else this.board.toasts.say(`Not counted: ${this.wrong.textContent}`);
  }

  refuse(wrong) {
    this.wrong.hidden = !wrong;
    setAttribute(this.tally, "aria-invalid", wrong ? "true" : null);
    setAttribute(this.tally, "aria-describedby", wrong ? this.wrong.id : null);
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
    if (voting.round !== this.round) this.refuse(false);
    this.round = voting.round;
    const typing = this.board.focusedElement() === this.tally || !this.wrong.hidden;
    if (!typing) this.tally.value = voting.tally?.[this.id] ?? "";
  }

  setReachable(reachable) {
    for (const control of [this.less, this.more, this.tally]) setAttribute(control, "tabindex", reachable ? null : "-1");
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
  count(id, value) {
    this.board.client.set(`vote:${id}`, "tally", value);
    this.board.toasts.say(`${plural(value, "dot")} counted for the room.`);
  }

  /** Switch the fields on or off in which one person counts for everybody. */
  toggleCounting() {
    this.counting = !this.counting;
    this.board.render();
  }
}
