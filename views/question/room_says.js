// A blind round about the question that is shown: that everybody answers alone, and after the reveal who said what and
// how far people are apart. Only who leads reveals, takes an answer and closes it.

// Names closer than this share of the line stand below each other.
const APART = 0.16;

class RoomSays {
  constructor(page) {
    this.page = page;
    this.root = el("section", { class: "room-says", "aria-label": "What the room says", hidden: true });
  }

  update() {
    const { page } = this;
    const { round } = page.told;
    const held = this.root.contains(this.root.getRootNode().activeElement);
    this.root.hidden = !round || round.question !== page.path.current;
    if (this.root.hidden) {
      this.key = null;
      return held && page.card.focus();
    }
    const counted = page.client.room.facts?.assessing?.assessors ?? 0;
    const key = JSON.stringify([round, counted, page.path.current]);
    if (key === this.key) return;
    this.key = key;
    this.root.replaceChildren(...(round.state === "open" ? this.open(counted) : this.shown(round)));
    if (held) this.root.querySelector("button")?.focus();
  }

  open(counted) {
    const head = el("div", { class: "room-head" }, icon("unseen"), el("h3", { text: "Everybody answers this alone" }));
    const words = el("p", { class: "muted", text: `Nobody sees what the others say before the reveal. ${plural(counted, "person").replace("persons", "people")} answered.` });
    return [head, words, this.lead([["Reveal", "primary", () => this.set({ state: "shown", question: this.page.path.current })]])];
  }

  shown(round) {
    const { readOnly, data } = this.page;
    const wide = round.wide ? el("span", { class: "tag warn", text: "wide spread: talk about it" }) : null;
    const middle = round.middle && data.leads ? this.takes(`Take the middle, ${round.middle.printed}`, round.middle.typed) : null;
    const head = el("div", { class: "room-head" }, el("h3", { text: "What the room says" }), wide, el("span", { class: "grow" }), middle);
    if (!round.said.length) return [head, el("p", { text: "Nobody answered it." }), this.lead([])];
    const line = round.said.every(({ number }) => number !== null) && round.said.length > 1 ? this.line(round) : null;
    const each = (one) => (data.leads && !readOnly && round.middle?.typed !== one.typed ? this.takes("Take", one.typed, `Take ${one.printed} as the answer`) : null);
    const rows = round.said.map((one) => el("li", {}, this.faces(one), el("b", { text: one.printed, dir: "auto" }), el("span", { class: "muted", text: whoSaid(one) }), el("span", { class: "grow" }), each(one)));
    return [head, line, el("ul", { class: line ? "said beside-line" : "said", role: "list" }, ...rows), this.lead([])];
  }

  takes(label, typed, spoken = null) {
    return el("button", { type: "button", class: "btn small", "aria-label": spoken, text: label, on: { click: () => this.page.answering.act("take", typed) } });
  }

  faces({ who, count }) {
    if (!who) return el("span", { class: "count-of", "aria-hidden": "true", text: String(count) });
    const faces = el("span", { class: "faces", "aria-hidden": "true" });
    faces.append(...who.slice(0, 5).map((person) => avatar(person)));
    return faces;
  }

  /** Numbers on a line, and what is assumed as an open ring among them. A list below says the same to who hears it. */
  line({ said }) {
    const assumed = Number(this.page.said.answer(this.page.path.current).assumed?.typed ?? NaN);
    const points = said.map((one) => ({ value: one.number, one }));
    if (!Number.isNaN(assumed)) points.push({ value: assumed, one: null });
    points.sort((a, b) => a.value - b.value);
    const [low, high] = [points[0].value, points.at(-1).value];
    let [last, row] = [-1, 0];
    const marks = points.map(({ value, one }) => {
      const share = (value - low) / (high - low || 1);
      row = share - last < APART ? (row + 1) % 2 : 0;
      last = share;
      const label = one ? whoSaid(one) || plural(one.count, "answer") : "assumed";
      const words = el("small", {}, el("b", { text: String(value) }), label ? ` ${label}` : "");
      return el("span", { class: `point${one ? "" : " ring"}${row ? " lower" : ""}`, style: `left: ${4 + 92 * share}%` }, one ? this.faces(one) : el("span", { class: "faces" }), el("i"), words);
    });
    return el("div", { class: "line", "aria-hidden": "true" }, ...marks);
  }

  lead(acts) {
    if (!this.page.data.leads) return null;
    const close = ["Close the round", "", () => this.set(null)];
    return el("div", { class: "room-acts" }, ...[...acts, close].map(([label, look, run]) => el("button", { type: "button", class: `btn small ${look}`, text: label, on: { click: run } })));
  }

  /** Whoever leads has answered too: that comes before the reveal. */
  set(value) {
    this.page.saving.whenSaved(() => this.page.client.set("room:", "assessing", value));
  }
}

function whoSaid({ who, count }) {
  if (!who) return count > 1 ? plural(count, "answer") : "";
  return who.map((person) => nameOf(person)).join(", ");
}
