// What is needed now and then to lead: advice, a timer of one's own, hidden authors, another course, the keys. On a
// phone the whole bar beyond its first line is in here.

const USUAL_MINUTES = 5;
const MOST_MINUTES = 240;

class LeadSheet {
  constructor(header, switches) {
    this.header = header;
    this.lead = header.lead;
    this.course = header.course;
    this.switches = switches;
    this.opener = el("button", { type: "button", class: "chip more", on: { click: () => this.open() } });
    this.build();
  }

  build() {
    const close = iconButton("close", "Close", "chip close", () => this.dialog.close());
    this.title = el("h2", { id: `lead-${randomId(6)}`, text: "Lead the room" });
    // The parts of the bar for which a phone has no room.
    this.moved = el("div", { class: "moved" });
    this.advice = el("p", { class: "advice", dir: "auto" });
    this.counts = el("ul", { class: "counts", "aria-label": "Written so far" });
    const rest = [this.timerPart(), this.authorsPart(), this.coursePart(), this.keysPart()];
    const head = el("div", { class: "sheet-head" }, this.title, close);
    this.dialog = el("dialog", { class: "lead-sheet", "aria-labelledby": this.title.id }, head, this.moved, this.advice, this.counts, ...rest);
    this.dialog.addEventListener("click", ({ target }) => target === this.dialog && this.dialog.close());
  }

  timerPart() {
    this.minutes = new NumberField("minutes", USUAL_MINUTES, MOST_MINUTES);
    const start = { type: "button", class: "chip", text: "Start a timer", on: { click: () => this.start() } };
    const stop = { type: "button", class: "chip", text: "Stop the timer", on: { click: () => this.lead.stop() } };
    this.stop = el("button", stop);
    return el("div", { class: "part" }, this.minutes.root, el("button", start), this.stop);
  }

  authorsPart() {
    this.authors = new Switch("Hide authors", (on) => this.lead.hideAuthors(on));
    return this.authors.root;
  }

  coursePart() {
    this.courses = el("select", { class: "courses" });
    this.courses.addEventListener("change", () => this.lead.follow(this.courses.value));
    const end = { type: "button", class: "chip", text: "End the agenda", on: { click: () => this.lead.move(null) } };
    this.end = el("button", end);
    const note = el("small", { text: "Another course begins at its first step." });
    return el("div", { class: "part" }, el("label", {}, "Time you have ", this.courses), this.end, note);
  }

  keysPart() {
    this.keys = new Switch("Single keys", (on) => this.switchKeys(on));
    return this.keys.root;
  }

  switchKeys(on) {
    this.header.roomBar.shortcuts.switch(on);
    this.header.roomBar.show();
  }

  start() {
    const minutes = this.minutes.value;
    if (minutes !== null && this.lead.start(minutes)) this.dialog.close();
  }

  open() {
    this.show();
    this.dialog.showModal();
  }

  show() {
    const { facts, entry } = this.course;
    setText(this.advice, entry?.advice ? `For you: ${entry.advice}` : "");
    this.advice.hidden = !this.advice.textContent;
    this.stop.hidden = this.lead.client.room.secondsLeft() === null;
    this.end.hidden = !entry;
    this.authors.show(Boolean(facts.hide_authors), facts.hide_authors ? "nobody sees who writes" : "everybody sees who writes");
    const { shortcuts } = this.header.roomBar;
    this.keys.show(shortcuts.on, shortcuts.on ? `In this bar: ${KEYS_HINT}` : "switched off in this browser");
    this.showCounts();
    this.showCourses();
  }

  showCounts() {
    // Only while somebody writes privately is there something to count.
    const counts = this.course.facts.private ? this.switches.written() : null;
    this.counts.hidden = !counts?.length;
    const line = ([name, count]) => el("li", { text: `${name}: ${plural(count, "note")}` });
    this.counts.replaceChildren(...(counts ?? []).map(line));
  }

  showCourses() {
    const { courses } = this.course.data;
    const option = ([value, { title, entries }]) => el("option", { value, text: `${title}: ${plural(entries.length, "step")}` });
    if (this.drawn !== courses) this.courses.replaceChildren(...Object.entries(courses).map(option));
    this.drawn = courses;
    this.courses.value = this.course.id;
  }
}
