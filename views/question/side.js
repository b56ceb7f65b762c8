// The advice at the side: where it stands and why, what can still change it, and what the answer before somebody changes.
// Every sentence comes from the server; here it is laid out. On a phone it is one line that opens.

class Side {
  constructor(page) {
    this.page = page;
    this.line = el("button", { type: "button", class: "side-line", "aria-expanded": "false", on: { click: () => this.toggle() } });
    this.verdict = el("div", { class: "side-card verdict" });
    this.turning = el("div", { class: "side-card turning" });
    this.others = el("div", { class: "side-card others" });
    this.cards = el("div", { class: "side-cards" }, this.verdict, this.turning, this.others);
    this.root = el("aside", { class: "side", "aria-label": "The advice so far" }, this.line, this.cards);
    this.changed = el("aside", { class: "side-card with", "aria-label": "What this answer changes", "aria-live": "polite" });
    this.keys = new Map();
  }

  toggle() {
    const open = this.root.classList.toggle("open");
    this.line.setAttribute("aria-expanded", String(open));
  }

  /** The advice that reads the question shown, else the first of the page. */
  get main() {
    const { told, data, path } = this.page;
    const asked = told.advice.filter(({ omitted }) => !omitted);
    return asked.find(({ id }) => data.advisors[id]?.includes(path.current)) ?? asked[0] ?? null;
  }

  update() {
    const { told } = this.page;
    const { main } = this;
    const late = this.page.said.isAhead;
    this.root.classList.toggle("old", late);
    this.root.hidden = !main;
    if (main) {
      this.draw("verdict", this.verdict, main, () => this.verdictParts(main));
      this.draw("turning", this.turning, [main.turns, main.value, this.page.path.current], () => this.turningParts(main));
      this.draw("line", this.line, [main.name, main.value], () => this.lineParts(main));
      const rest = told.advice.filter(({ id }) => id !== main.id);
      this.others.hidden = !rest.length;
      this.draw("others", this.others, rest.map(({ id, name }) => [id, name]), () => this.otherParts(rest));
    }
    this.showWith(late);
  }

  draw(name, root, from, parts) {
    const key = JSON.stringify(from);
    if (this.keys.get(name) === key) return;
    this.keys.set(name, key);
    const held = root.contains(root.getRootNode().activeElement);
    root.replaceChildren(...parts().filter(Boolean));
    if (held) root.querySelector("button")?.focus();
  }

  lineParts({ title, name, value }) {
    const words = name ? [el("span", {}, value ? "Advice: " : "So far: ", el("b", { text: name }), value ? "" : ", not settled yet")] : [el("span", { text: `${title}: open` })];
    return [icon("flag"), ...words, el("span", { class: "grow" }), icon("down")];
  }

  verdictParts({ title, outcomes, value, soFar, name, because, meaning, missing }) {
    const track = outcomes.map(({ id, title: words, standing }) => {
      const look = id === value ? "on" : id === soFar ? "on unsettled" : standing === "out" ? "out" : "";
      const said = { on: "the advice", "on unsettled": "so far", out: "ruled out" }[look] ?? "still possible";
      return el("li", { class: look, title: said }, words, el("span", { class: "unseen", text: ` (${said})` }));
    });
    const settled = value !== null && value !== undefined;
    const lead = settled ? [meaning ?? ""] : [name ? "So far, until the rest is answered." : "Nothing answered speaks for any of them yet."];
    const open = !settled && missing.length ? `Open: ${missing.slice(0, 4).join(", ")}${missing.length > 4 ? ` and ${missing.length - 4} more` : ""}.` : "";
    return [
      el("h2", { text: title }),
      outcomes.length ? el("ul", { class: "track", role: "list", "aria-label": "Possible advice" }, ...track) : el("p", { class: "named", text: name ?? "Not enough answered yet" }),
      el("p", { class: "lead", text: lead.join(" ") }),
      el("ul", { class: "because", role: "list" }, ...because.map((text) => el("li", {}, icon("check"), el("span", { text })))),
      open && !outcomes.length ? el("p", { class: "muted", text: open }) : null,
    ];
  }

  turningParts({ turns, value }) {
    if (!turns.length) return [el("h2", { text: "What can still change it" }), el("p", { class: "muted", text: value === null ? "No single answer here settles it." : "No open question does." })];
    const lines = turns.map(({ question, title, ways }) => {
      const there = this.page.path.order.includes(question) && question !== this.page.path.current;
      const name = there ? el("button", { type: "button", class: "link", text: title, on: { click: () => this.page.go(question) } }) : el("b", { text: title });
      const led = ways.map(({ answers, outcome }) => `${joinWords(answers)}: ${outcome}.`).join(" ");
      return el("li", {}, icon("open"), el("span", {}, name, led ? el("span", { class: "muted", text: ` ${led}` }) : ""));
    });
    return [el("h2", { text: "What can still change it" }), el("ul", { class: "because", role: "list" }, ...lines)];
  }

  otherParts(rest) {
    const lines = rest.map(({ title, name, omitted }) => el("li", {}, el("span", {}, `${title}: `, el("b", { text: omitted ? "does not apply" : (name ?? "open") }))));
    return [el("h2", { text: "Advised here as well" }), el("ul", { class: "because", role: "list" }, ...lines)];
  }

  showWith(late) {
    const { page } = this;
    const id = page.path.current;
    const found = page.told.with?.question === id ? page.told.with : null;
    this.changed.hidden = id === null || page.said.alone(id);
    this.changed.classList.toggle("old", late);
    this.draw("with", this.changed, [id, found], () => this.withParts(found));
  }

  withParts(found) {
    if (!found?.printed) return [el("h2", { text: "With your answer" }), el("p", { class: "muted", text: "What it changes stands here while you type, before it is saved." })];
    const short = found.printed.length > 40 ? "With this answer" : `With ${found.printed}`;
    const lines = found.changes.map(({ number, hue, lead, strong, tail }) => {
      const mark = number === undefined ? icon("on") : el("span", { class: "number-of", data: { hue }, text: String(number) });
      return el("li", {}, mark, el("span", {}, lead ? `${lead} ` : "", el("b", { text: strong }), tail ? ` ${tail}` : ""));
    });
    const none = el("p", { class: "muted", text: "No advice and no block changes by it alone." });
    return [el("h2", { text: short, dir: "auto" }), lines.length ? el("ul", { class: "because", role: "list" }, ...lines) : none];
  }
}

function joinWords(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
