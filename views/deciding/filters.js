// How many slots are in each state, and which of them the list shows. What a filter shows is settled when it is chosen: no
// change moves a row under a finger.

const STATES = [
  ["open", "Open"],
  ["draft", "Draft"],
  ["recorded", "Recorded"],
  ["gone", "Does not apply"],
  ["contradicts", "Contradiction"],
];

class SlotFilters {
  constructor(page) {
    this.page = page;
    this.chosen = null;
    this.shown = null;
    const button = (id, ...inside) => el("button", { type: "button", class: "filter", "aria-pressed": "false", data: { filter: id ?? "" }, on: { click: () => this.choose(id) } }, ...inside);
    this.counts = new Map(STATES.map(([id]) => [id, el("b")]));
    this.all = el("b");
    this.buttons = [button(null, "All ", this.all), ...STATES.map(([id, words]) => button(id, el("span", { class: `mark ${id}` }), `${words} `, this.counts.get(id)))];
    this.root = el("div", { class: "filters", role: "group", "aria-label": "Show the decisions that are" }, ...this.buttons);
  }

  fits(id, state) {
    return state === "contradicts" ? this.page.model.slot(id).contradicts : this.page.model.state(id) === state;
  }

  choose(state) {
    this.chosen = this.chosen === state ? null : state;
    this.shown = this.chosen ? new Set(this.page.model.ids.filter((id) => this.fits(id, this.chosen))) : null;
    this.page.redraw();
  }

  shows(id) {
    return !this.shown || this.shown.has(id);
  }

  count(state) {
    return this.page.model.ids.filter((id) => this.fits(id, state)).length;
  }

  update() {
    setText(this.all, String(this.page.model.ids.length));
    for (const [state, count] of this.counts) setText(count, String(this.count(state)));
    for (const button of this.buttons) {
      const { filter } = button.dataset;
      setAttribute(button, "aria-pressed", String((this.chosen ?? "") === filter));
      // What does not apply or contradicts is rare; a state that is chosen stays to be left again.
      button.hidden = ["gone", "contradicts"].includes(filter) && !this.count(filter) && this.chosen !== filter;
    }
  }
}
