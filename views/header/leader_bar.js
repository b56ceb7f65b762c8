// The bar of whoever leads: where the room is on its agenda, the time, what can be done to the room, the sentence it
// reads, and one button for the next act.

/** The second click of a double click is no second step. Whoever moves the room by a click goes on with the page: a button
 *  that kept the focus would take the keys meant for it, and Enter would move the room once more. */
function once(run, moves = () => true) {
  return {
    click: ({ detail, currentTarget }) => {
      if (detail > 1) return;
      if (detail && moves()) currentTarget.blur();
      run();
    },
  };
}

class LeaderBar {
  constructor(header) {
    this.header = header;
    this.client = header.client;
    this.course = header.course;
    this.lead = header.lead;
    this.clock = header.clock;
    this.states = header.states;
    this.build();
    this.shortcuts = new Shortcuts(this.root, this.lead);
    this.compact = null;
  }

  build() {
    this.line = new AgendaLine(this.course, this.client.room);
    this.switches = new Switches(this.header);
    this.sentence = new Sentence(this.header);
    this.sheet = new LeadSheet(this.header, this.switches);
    this.buildWay();
    this.buildTiming();
    this.act = el("button", { type: "button", class: "act", on: once(() => this.next.run(), () => this.next.moves) });
    this.row = el("div", { class: "row" }, ...this.wideRow);
    this.reads = el("div", { class: "reads" }, this.sentence.root, el("small", { class: "who", text: "The room reads this" }), this.act);
    this.marks = el("p", { class: "marks" }, ...this.states.parts);
    const region = { class: "led leader", role: "region", "aria-label": "Leader's bar", tabindex: "0" };
    this.root = el("section", region, this.line.root, this.row, this.reads, this.marks, this.sheet.dialog);
  }

  get wideRow() {
    const { back, now, forward, clock, timing, sheet, switches } = this;
    return [back, now, forward, clock.root, timing, sheet.opener, switches.root];
  }

  buildWay() {
    this.place = el("span", { class: "at" });
    this.agenda = el("span", { class: "agenda" });
    this.now = el("p", { class: "now" }, this.place, this.agenda);
    this.back = iconButton("back", "Back", "chip step-back");
    this.back.addEventListener("click", once(() => this.lead.back()).click);
    this.forward = el("button", { type: "button", class: "chip step-on", on: once(() => this.lead.forward()) }, "Next", icon("on"));
  }

  buildTiming() {
    const more = { type: "button", class: "chip small", text: MORE_WORDS, on: { click: () => this.lead.more() } };
    this.more = el("button", { ...more, "aria-label": `${MORE_WORDS} on the timer` });
    this.pause = el("button", { type: "button", class: "chip small pause", on: { click: () => this.lead.pause() } });
    this.timing = el("span", { class: "timing" }, this.more, this.pause);
  }

  show() {
    const { entry, next, previous } = this.course;
    setText(this.place, entry ? this.course.place() : "No agenda is running");
    setText(this.agenda, entry?.title ?? "");
    this.back.hidden = this.forward.hidden = !entry;
    this.showWay(this.back, previous, "Back");
    this.showWay(this.forward, next, "Next");
    this.line.root.hidden = !entry;
    this.switches.show();
    this.sentence.show();
    this.states.show();
    this.tick();
    this.sheet.show();
  }

  showWay(button, entry, word) {
    setAttribute(button, "aria-disabled", entry ? null : "true");
    setAttribute(button, "title", entry ? `${word}: ${entry.title}, ${entry.minutes} min` : `${word}: there is none`);
  }

  tick() {
    this.clock.show();
    const { paused } = this.client.room;
    this.timing.hidden = this.clock.root.hidden;
    setText(this.pause, paused ? "Resume" : "Pause");
    setAttribute(this.pause, "aria-label", paused ? "Resume the timer" : "Pause the timer");
    this.line.show();
    this.showAct();
    this.marks.hidden = [...this.marks.children].every((mark) => mark.hidden);
  }

  showVote() {
    this.switches.show();
  }

  showPeople() {
    this.switches.show();
    this.sheet.showCounts();
  }

  /** What is to be done next: the one primary button of the bar. */
  nextAct() {
    const { room } = this.client;
    const { entry, next } = this.course;
    const { unseen } = this.switches;
    const { lead } = this;
    if (room.private) {
      const label = unseen ? `Reveal ${plural(unseen, "note")}` : "End private writing";
      return { label, run: () => lead.writePrivately(false) };
    }
    if (room.voteOpen) return { label: "Show the result", run: () => lead.showResult() };
    if (!entry) return { label: "Start the agenda", moves: true, run: () => lead.begin() };
    if (room.secondsLeft() === null) return { label: "Start the timer", run: () => lead.start(entry.minutes, entry.title) };
    if (next) return { label: "Next", on: true, moves: true, run: () => lead.forward() };
    return { label: "End the agenda", run: () => lead.move(null) };
  }

  showAct() {
    this.next = this.nextAct();
    setText(this.act, this.next.label);
    // On a wide screen Next has a place of its own, and is the primary button there.
    const apart = Boolean(this.next.on) && !this.compact;
    this.forward.classList.toggle("strong", apart);
    const focused = this.root.getRootNode().activeElement === this.act;
    this.act.hidden = apart;
    if (apart && focused) this.forward.focus();
  }

  /** On a narrow or low screen the first line holds what is needed all the time; everything else is in the sheet. */
  fold(compact) {
    if (compact === this.compact) return;
    this.compact = compact;
    this.root.classList.toggle("compact", compact);
    setText(this.sheet.opener, compact ? "Lead" : "More");
    setAttribute(this.sheet.opener, "aria-label", compact ? "Lead: everything else to lead the room" : "More to lead the room");
    if (compact) {
      this.sheet.moved.append(this.back, this.forward, this.timing, this.switches.root);
      this.row.append(this.act, this.sheet.opener);
    } else {
      this.row.append(...this.wideRow);
      this.reads.append(this.act);
    }
    if (this.header.data) this.showAct();
  }

  end() {
    this.sentence.end();
  }
}
