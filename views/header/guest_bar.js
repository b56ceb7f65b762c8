// The bar of everybody who does not lead: where the room is, the sentence to read, the time, and what is mine to do.

class GuestBar {
  constructor(header) {
    this.header = header;
    this.client = header.client;
    this.course = header.course;
    this.clock = header.clock;
    this.states = header.states;
    this.build();
  }

  build() {
    this.place = el("span", { class: "at" });
    this.agenda = el("span", { class: "agenda" });
    this.now = el("p", { class: "now" }, this.place, this.agenda);
    this.sentence = el("p", { class: "sentence", dir: "auto" });
    this.privacy = el("span", { class: "state private", text: `Private writing: ${PRIVATE_WORDS}` });
    this.dots = el("span", { class: "dot-row", "aria-hidden": "true" });
    this.left = el("span", { class: "vote" });
    this.vote = el("span", { class: "voting" }, this.dots, this.left);
    this.where = el("button", { type: "button", class: "chip where", on: { click: () => this.goThere() } });
    this.more = el("span", { class: "where-more" });
    this.marks = el("p", { class: "marks" }, this.where, this.more, this.privacy, this.vote, ...this.states.parts);
    const top = el("div", { class: "row" }, this.now, this.clock.root);
    this.root = el("section", { class: "led guest", "aria-label": "The workshop now" }, top, this.sentence, this.marks);
  }

  show() {
    const { entry } = this.course;
    setText(this.place, entry ? this.course.place() : "");
    setText(this.agenda, entry?.title ?? "");
    this.now.hidden = !entry;
    setText(this.sentence, entry ? this.course.sentence(entry) : (this.course.data.purpose ?? ""));
    this.sentence.hidden = !this.sentence.textContent;
    this.states.show();
    this.showWriting();
    this.showVote();
    this.tick();
  }

  tick() {
    this.clock.show();
    const said = [...this.marks.children].some((mark) => !mark.hidden);
    this.marks.hidden = !said;
    // A bar that says no more than what the page is for may scroll away with it.
    this.root.dataset.idle = !said && this.now.hidden && this.clock.root.hidden;
  }

  showWriting() {
    const { room, me } = this.client;
    this.privacy.hidden = !room.private || me.role === "viewer";
    const { entry } = this.course;
    const target = entry && this.course.target(entry);
    const title = target?.block && this.course.data.blocks[target.block];
    const shut = me.role === "viewer" || room.voteOpen || (target?.block && room.locks(target.block));
    const there = target?.step === this.course.data.here;
    this.where.hidden = !target || shut || (there && !title);
    setText(this.where, title ? `Write in ${title}` : `Go to ${this.course.titleOf(target?.step)}`);
    const others = this.where.hidden || !title ? 0 : entry.blocks.length - 1;
    this.more.hidden = !others;
    setText(this.more, others ? `and ${plural(others, "more block")}` : "");
  }

  goThere() {
    if (this.course.entry) this.header.follower.go({ ...this.course.target(this.course.entry), own: true, writes: true });
  }

  /** Dots change before the server answers; what is left follows them. */
  showVote() {
    const { room, me } = this.client;
    this.vote.hidden = !room.voteOpen;
    if (!room.voteOpen) return;
    const left = Math.max(0, room.dotsLeft());
    const votes = me.role !== "viewer";
    setText(this.left, votes ? `Vote: ${plural(left, "dot")} left` : "Vote is open");
    const drawn = votes && left <= DOTS_DRAWN ? left : 0;
    if (this.dots.children.length !== drawn) this.dots.replaceChildren(...Array.from({ length: drawn }, () => el("i")));
  }
}

const DOTS_DRAWN = 10;
