// The switches of the leader's bar: private writing, vote, lock, and where the others are. Each says how it stands.

const USUAL_DOTS = 5;
const MOST_DOTS = 99;
// So much of who has written what fits beside a switch; the rest stands under "More".
const LETTERS_BESIDE = 32;

/** A switch with one line below it that says how things stand. */
class Switch {
  constructor(label, run, ...beside) {
    const id = `switch-${randomId(6)}`;
    this.says = el("small", { id });
    const parts = { type: "button", role: "switch", class: "switch", "aria-describedby": id };
    this.button = el("button", { ...parts, on: { click: () => run(!this.on) } }, el("i"), el("b", { text: label }));
    this.root = el("div", { class: "tool" }, this.button, this.says, ...beside);
  }

  get on() {
    return this.button.getAttribute("aria-checked") === "true";
  }

  /** `held` keeps it from being switched; its line says why. */
  show(on, says, held = false) {
    setAttribute(this.button, "aria-checked", String(on));
    setAttribute(this.button, "aria-disabled", held ? "true" : null);
    setText(this.says, says);
    this.says.hidden = !says;
  }
}

class Switches {
  constructor(header) {
    this.header = header;
    this.client = header.client;
    this.lead = header.lead;
    this.privacy = new Switch("Private writing", (on) => this.lead.writePrivately(on));
    this.budget = new NumberField("dots each", USUAL_DOTS, MOST_DOTS);
    this.vote = new Switch("Vote", (on) => this.voting(on), this.budget.root);
    this.vote.says.classList.add("vote");
    this.lock = new Switch("Lock", (on) => this.lead.lock(on));
    const bring = { type: "button", class: "bring", on: { click: () => this.lead.bring() } };
    this.where = el("small", { id: `where-${randomId(6)}` });
    this.bring = el("button", { ...bring, "aria-describedby": this.where.id }, icon("people"), el("b", { text: "Bring everyone here" }));
    const gathering = el("div", { class: "tool" }, this.bring, this.where);
    this.root = el("div", { class: "tools" }, this.privacy.root, this.vote.root, this.lock.root, gathering);
  }

  get facts() {
    return this.client.room.facts ?? {};
  }

  /** The people who take part, me last: who only looks on writes and votes nothing. */
  get people() {
    const mine = this.client.me.id;
    const here = this.client.people.filter(({ role }) => role !== "viewer");
    return here.sort((a, b) => (a.id === mine) - (b.id === mine));
  }

  voting(on) {
    if (!on) return this.lead.showResult();
    if (this.facts.private) return this.header.tell("Reveal the notes first: nobody can vote on what they do not see.");
    const dots = this.budget.value;
    if (dots !== null) this.lead.vote(dots);
  }

  show() {
    const { facts } = this;
    const { voteOpen, voting } = this.client.room;
    this.privacy.show(Boolean(facts.private), facts.private ? this.writtenShort() : "all notes are seen");
    const left = voteOpen ? `${voting.voters} voted · ${plural(Math.max(0, this.client.room.dotsLeft()), "dot")} left` : "";
    this.vote.show(voteOpen, facts.private ? "after the reveal" : left, Boolean(facts.private) && !voteOpen);
    this.budget.usual = voting?.budget ?? USUAL_DOTS;
    this.budget.root.hidden = voteOpen || Boolean(facts.private);
    this.showLock(facts.locked ?? []);
    setText(this.where, this.whereWords());
  }

  showLock(locked) {
    const all = locked.includes(WHOLE_BOARD);
    const blocks = locked.filter((id) => id !== WHOLE_BOARD).length;
    const some = blocks ? `${plural(blocks, "block")} locked` : "all can edit";
    this.lock.show(all, all ? "only who leads can edit" : some);
  }

  /** How many notes nobody sees yet; null when the server has not said. */
  get unseen() {
    return this.facts.written?.notes ?? null;
  }

  /** Return `[name, count]` of everybody who is here or has written; null while authors are hidden. */
  written() {
    const by = this.facts.written?.by;
    if (!by) return null;
    const here = this.people.filter(({ id }) => id !== this.client.me.id || by[id]);
    const known = new Set(here.map(({ id }) => id));
    const name = (person) => (person.id === this.client.me.id ? "You" : nameOf(person));
    const gone = Object.entries(by).filter(([id]) => !known.has(id)).map(([, count]) => ["somebody who left", count]);
    return [...here.map((person) => [name(person), by[person.id] ?? 0]), ...gone];
  }

  writtenShort() {
    const { unseen } = this;
    const counts = this.written();
    if (!counts) return unseen === null ? "" : plural(unseen, "note");
    const all = counts.map(([name, count]) => `${name} ${count}`).join(" · ");
    const wrote = counts.filter(([, count]) => count > 0).length;
    return all && all.length <= LETTERS_BESIDE ? all : `${plural(unseen, "note")} by ${wrote} of ${counts.length}`;
  }

  whereWords() {
    const { course } = this.header;
    const others = this.people.filter(({ id }) => id !== this.client.me.id);
    if (!others.length) return "nobody else is here yet";
    const elsewhere = others.filter(({ step }) => step && step !== this.header.data?.here);
    if (elsewhere.length === 1) return `${nameOf(elsewhere[0])} is on ${course.titleOf(elsewhere[0].step)}`;
    if (elsewhere.length) return `${elsewhere.length} of ${others.length} are elsewhere`;
    return others.every(({ step }) => step) ? "all are on this page" : "";
  }
}

/** A whole number that is typed; what is none stays in the field, marked, and counts nothing. */
class NumberField {
  constructor(words, usual, most) {
    this.most = most;
    this.given = usual;
    const plain = { type: "text", inputmode: "numeric", autocomplete: "off", class: "number", value: usual };
    this.field = el("input", plain);
    this.wrong = el("span", { class: "wrong", role: "alert", hidden: true, text: `1 to ${most}` });
    this.field.addEventListener("input", () => this.check());
    this.root = el("label", { class: "number-box" }, this.field, ` ${words} `, this.wrong);
  }

  /** Offer another number, unless somebody has typed one. */
  set usual(number) {
    if (this.field.value === String(this.given)) this.field.value = number;
    this.given = number;
  }

  /** The number, or null when there is none; then the field says so and takes the focus. */
  get value() {
    const fits = this.check();
    if (!fits) this.field.focus();
    return fits ? Number(this.field.value) : null;
  }

  check() {
    const typed = this.field.value.trim();
    const fits = /^\d{1,3}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= this.most;
    this.wrong.hidden = fits;
    setAttribute(this.field, "aria-invalid", fits ? null : "true");
    return fits;
  }
}
