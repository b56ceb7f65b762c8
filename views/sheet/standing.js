// The right column: where the chosen model stands, what holds it back, the next best answer, claimed against shown.
// Every sentence comes from the server (`assessments/standing`); here it is only laid out.

class StandingColumn {
  constructor(sheet) {
    this.sheet = sheet;
    this.root = el("aside", { class: "standing", "aria-label": "Where this stands" });
  }

  update() {
    const { told, waiting } = this.sheet;
    this.root.classList.toggle("old", Boolean(waiting));
    const key = JSON.stringify(told?.standing);
    if (!told?.standing || key === this.key) return;
    this.key = key;
    const held = this.root.contains(this.root.getRootNode().activeElement);
    const { standing } = told;
    this.root.replaceChildren(...(standing.models ? [this.everyModel(standing.models)] : this.cards(standing)));
    if (held) this.root.querySelector("button")?.focus();
  }

  cards(standing) {
    return [this.score(standing), this.holding(standing), this.nextBest(standing), this.claimed(standing)].filter(Boolean);
  }

  score({ title, official, lower, upper, level, open, sections, bounds, maximum, notes, numbers }) {
    const kind = el("span", { class: official ? "tag good" : "tag", text: official ? "rule of its authors" : "derived rule" });
    const of = numbers ? el("span", { class: "of", text: `of ${numbers.maximum}` }) : null;
    const head = el("div", { class: "score-head" }, el("h2", { text: title, dir: "auto" }), kind, el("span", { class: "grow" }), of);
    if (!numbers) return el("div", { class: "score side-card" }, head, ...notes.map((text) => el("p", { text })));
    const same = numbers.lower === numbers.upper;
    const big = el("p", { class: "big" }, el("b", { text: numbers.lower }), same ? "" : " sure ", same ? null : el("b", { class: "most", text: numbers.upper }), same ? "" : " at most");
    const marks = bounds.map((bound) => el("em", { style: `left: ${(100 * bound) / maximum}%`, text: String(bound) }));
    const scale = el("div", { class: "scale", "aria-hidden": "true" }, intervalBar(lower, upper, maximum), ...marks);
    const parts = sections.map((section) => this.section(section));
    return el(
      "div",
      { class: "score side-card" },
      head,
      big,
      el("p", { class: "level", text: level }),
      scale,
      open ? el("p", { class: "faint", text: open }) : null,
      ...notes.map((text) => el("p", { class: "note-line", text })),
      el("ul", { class: "parts", role: "list" }, ...parts),
    );
  }

  section({ title, lower, upper, maximum, numbers, holds }) {
    const said = `${title}: ${numbers}${holds ? ", holds the score" : ""}`;
    const name = el("span", { class: holds ? "part-name holds" : "part-name", text: title, dir: "auto" });
    return el("li", { "aria-label": said }, name, intervalBar(lower, upper, maximum), el("small", { text: numbers }));
  }

  holding({ holding }) {
    if (!holding.length) return null;
    return el("div", { class: "side-card" }, el("h2", { text: "What holds it back" }), ...holding.map((text) => el("p", { text })));
  }

  nextBest({ next }) {
    if (!next) return null;
    if (!next.practice) return el("div", { class: "side-card" }, el("h2", { class: "cap", text: "Next best answer" }), ...next.because.map((text) => el("p", { text })));
    const go = el("button", { type: "button", class: "btn soft", on: { click: () => this.sheet.list.focus(next.practice) } }, "Go there", icon("on"));
    go.hidden = !this.sheet.list.order.includes(next.practice);
    return el("div", { class: "side-card best" }, el("h2", { class: "cap", text: "Next best answer" }), el("p", { class: "best-title", text: next.title }), ...next.because.map((text) => el("p", { text })), go);
  }

  claimed({ claimed }) {
    if (!claimed.length) return null;
    return el("div", { class: "side-card" }, el("h2", { text: "Claimed and shown" }), ...claimed.map((text) => el("p", { text })));
  }

  everyModel(models) {
    const line = ({ title, words, lower, upper, maximum }) =>
      el("li", {}, el("span", { class: "part-name", text: title }), maximum ? intervalBar(lower, upper, maximum) : null, el("small", { text: words }));
    const lead = el("p", { class: "faint", text: "Every model is scored from the same answers. Choose one above to see what holds it back." });
    return el("div", { class: "side-card" }, el("h2", { text: "All models" }), lead, el("ul", { class: "parts every", role: "list" }, ...models.map(line)));
  }
}

function intervalBar(lower, upper, maximum) {
  const part = (value) => `${maximum ? (100 * value) / maximum : 0}%`;
  const sure = el("i", { style: `width: ${part(lower)}` });
  const maybe = el("u", { style: `left: ${part(lower)}; width: ${part(upper - lower)}` });
  return el("span", { class: "bar", "aria-hidden": "true" }, sure, maybe);
}
