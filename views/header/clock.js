// The timer as everybody sees it, by the server's time. It ends softly: after its end it counts on and stops nobody.

const AMBER_BELOW_S = 180;
const SAID_AT = [
  [AMBER_BELOW_S, "Three minutes left."],
  [60, "One minute left."],
  [0, "Time is up."],
];

class Clock {
  constructor(header) {
    this.header = header;
    this.room = header.client.room;
    this.digits = el("strong", { class: "clock" });
    this.label = el("span", { class: "label" });
    this.root = el("span", { class: "timer", role: "timer" }, this.digits, this.label);
    this.ticking = setInterval(() => this.header.roomBar.tick(), 1000);
  }

  get words() {
    return this.root.hidden ? "" : this.digits.textContent;
  }

  show() {
    const left = this.room.secondsLeft();
    this.root.hidden = left === null;
    if (left === null) return void (this.before = null);
    setText(this.digits, left < 0 ? `+${clockText(-left)}` : clockText(left));
    const { label } = this.room.facts.timer;
    const known = label === this.header.course.entry?.title ? "" : label;
    setText(this.label, left <= 0 ? "time is up" : this.room.paused ? "paused" : known);
    this.root.dataset.state = left <= 0 ? "over" : left < AMBER_BELOW_S ? "soon" : "running";
    this.root.dataset.paused = this.room.paused;
    this.sayWhatIsLeft(left);
  }

  /** Said once as a mark is passed, also by a browser that was asleep at that second; never every second. */
  sayWhatIsLeft(left) {
    const { before, timer } = this;
    this.before = left;
    this.timer = this.room.facts.timer;
    if (before === null || before === undefined || timer?.ends_at !== this.timer.ends_at) return;
    const passed = SAID_AT.filter(([mark]) => before > mark && left <= mark);
    if (passed.length) this.header.say([passed.at(-1)[1]]);
  }

  end() {
    clearInterval(this.ticking);
  }
}

function clockText(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}
