// The right column: contradictions with both places and what mends them, and the open slots, below the sketch.

class SideColumn {
  constructor(page) {
    this.page = page;
    this.sketch = new Sketch(page);
    this.against = el("div", { class: "against" });
    this.open = el("section", { class: "side-card open-ones", hidden: true });
    this.root = el("aside", { class: "side", "aria-label": "What the choices amount to" }, this.sketch.root, this.against, this.open);
  }

  update() {
    const { told } = this.page.model;
    this.root.classList.toggle("old", this.page.asking.waiting);
    this.sketch.update();
    const key = JSON.stringify([told.contradictions, told.contradictions.map((one) => this.drafted(one)), told.accepted]);
    if (key !== this.key) this.against.replaceChildren(...told.contradictions.map((one) => this.card(one)), ...this.acceptedCard(told.accepted));
    this.key = key;
    if (this.livedWith < told.accepted.length) this.page.toasts.show("Accepted. The risk stands in the risk register.");
    this.livedWith = told.accepted.length;
    this.updateOpen(told.advised.look);
  }

  /** Return a mend that is drafted over a record: only recording it changes what is in force. */
  drafted({ mends }) {
    return mends.find(({ slot, choice }) => this.page.model.slot(slot).draft?.choice === choice) ?? null;
  }

  card(found) {
    const places = found.places.flatMap(({ title, slot }, index) => [index ? " · " : "", slot ? this.link(title, slot) : title]);
    const drafted = this.drafted(found);
    const ways = found.mends.map(({ slot, choice }) => {
      const text = `Use ${this.page.choiceTitle(choice)} for ${this.page.titleOf(slot)}`;
      return el("button", { type: "button", class: "btn", text, on: { click: () => this.page.mend(slot, choice) } });
    });
    const wait = drafted ? el("p", { class: "wait", text: `${this.page.choiceTitle(drafted.choice)} is drafted. Record it, and this is mended.` }) : null;
    ways.push(el("button", { type: "button", class: "btn quiet", text: "Accept it as a risk", on: { click: () => this.accept(found) } }));
    return el(
      "section",
      { class: "side-card contradiction" },
      el("h2", {}, el("span", { class: "mark contradicts" }), "Contradiction"),
      el("p", {}, el("b", { dir: "auto", text: found.choice }), `: ${found.because}`),
      el("p", { text: found.mend }),
      wait,
      ...(this.page.readOnly || drafted ? [] : ways),
      el("p", { class: "places" }, "Looks at: ", ...places),
    );
  }

  accept({ source }) {
    this.page.ask({ accept: source });
    this.page.question.focus();
  }

  /** What the team lives with, each with the way back. */
  acceptedCard(accepted) {
    if (!accepted.length) return [];
    const again = (source) => el("button", { type: "button", class: "link", text: "Open it again", on: { click: () => this.page.ask({ reopen: source }) } });
    const list = accepted.map(({ source, choice, because }) => el("li", {}, el("b", { dir: "auto", text: choice }), `: ${because} `, this.page.readOnly ? "" : again(source)));
    const head = accepted.length === 1 ? "One contradiction is accepted as a risk" : `${accepted.length} contradictions are accepted as risks`;
    return [el("section", { class: "side-card lived-with" }, el("h2", { text: head }), el("ul", {}, ...list))];
  }

  link(title, slot) {
    return el("button", { type: "button", class: "link", text: title, on: { click: () => this.page.open(slot, { focus: true }) } });
  }

  /** Say how many can be drafted as advised, and which open ones somebody has to look at first. */
  updateOpen(look) {
    const ready = this.page.actions.advised.length;
    const first = look.filter(({ slot }) => this.page.model.state(slot) === "open");
    const key = JSON.stringify([ready, first]);
    if (key === this.openKey) return;
    this.openKey = key;
    this.open.hidden = ready + first.length === 0;
    const words = ready ? `${ready} ${ready === 1 ? "has" : "have"} one best option and can be drafted as advised.` : "None has one best option now.";
    const list = first.map(({ slot, why }) => el("li", {}, this.link(this.page.titleOf(slot), slot), `: ${why}`));
    this.open.replaceChildren(el("h2", { text: `The ${ready + first.length} open ones` }), el("p", { text: words }), first.length ? el("p", { text: "Look at these first, nothing is drafted for them:" }) : "", el("ul", {}, ...list));
  }
}
