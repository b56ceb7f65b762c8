// The thin line on top of the leader's bar: the whole agenda, each piece as long as its minutes. A picture only; the bar
// says in words where the room is.

class AgendaLine {
  constructor(course, room) {
    this.course = course;
    this.room = room;
    this.root = el("div", { class: "agenda-line", "aria-hidden": "true" });
  }

  show() {
    const { entries, index, id } = this.course;
    if (this.drawn !== id) this.draw(entries);
    this.drawn = id;
    [...this.root.children].forEach((piece, at) => {
      piece.dataset.when = at < index ? "done" : at === index ? "now" : "ahead";
      piece.style.setProperty("--done", at === index ? `${this.share()}%` : at < index ? "100%" : "0%");
    });
  }

  draw(entries) {
    const piece = ({ title, minutes }) => el("i", { style: `flex-grow: ${minutes}`, title: `${title}, ${minutes} min` });
    this.root.replaceChildren(...entries.map(piece));
  }

  /** How much of the present entry's time has gone, in whole percent. */
  share() {
    const left = this.room.secondsLeft();
    if (left === null) return 0;
    return Math.round(100 * Math.min(1, Math.max(0, 1 - left / this.room.facts.timer.seconds)));
  }
}
