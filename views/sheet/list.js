// The rows of the sheet, section by section, and which of them are shown. Rows stay where they are while people answer:
// what is shown is settled when somebody chooses a section or a filter, and no answer moves a row under a finger.

const FILTERS = {
  suggested: (sheet, id) => Boolean(sheet.suggestionOf(id)),
  denied: (sheet, id) => sheet.denials(id, sheet.model.choice(id)).length > 0,
  again: (sheet, id) => sheet.outdated(id, sheet.model.answer(id)),
};

class SheetList {
  constructor(sheet) {
    this.sheet = sheet;
    this.rows = new Map();
    this.view = { section: null, filter: null, onlyOpen: false };
    this.current = null;
    this.shown = [];
    this.title = el("h2", { class: "list-title" });
    this.count = el("span", { class: "count" });
    this.unknown = el("button", { type: "button", class: "btn quiet", on: { click: () => this.dontKnow() } });
    this.all = el("button", { type: "button", class: "btn", text: "Show all", on: { click: () => this.choose({ filter: null }) } });
    this.onlyOpen = el("input", { type: "checkbox", role: "switch", on: { change: () => this.choose({ onlyOpen: this.onlyOpen.checked }) } });
    const toggle = el("label", { class: "only-open" }, "Only open ones", this.onlyOpen);
    this.head = el("header", { class: "list-head" }, this.title, this.count, el("span", { class: "grow" }), this.unknown, this.all, toggle);
    this.groups = el("div", { class: "groups" });
    this.empty = el("p", { class: "nothing", hidden: true });
    this.root = el("section", { class: "list", "aria-label": "Practices" }, this.head, this.groups, this.empty);
  }

  row(id) {
    if (!this.rows.has(id)) this.rows.set(id, new Row(this.sheet, id));
    return this.rows.get(id);
  }

  get sections() {
    return this.sheet.told?.sections ?? [];
  }

  /** The practices of the model in the order of the sheet, from the first section to the last. */
  get order() {
    return this.sections.flatMap(({ practices }) => practices);
  }

  sectionOf(id) {
    return this.sections.find(({ practices }) => practices.includes(id)) ?? null;
  }

  isOpen(id) {
    return this.sheet.model.choice(id) === null;
  }

  /** Show another section, filter, or only what is open. The first row comes up, or the one named. */
  choose(change, first = null) {
    this.view = { ...this.view, ...change };
    this.arrange();
    const ids = this.visible;
    const next = first ?? ids.find((id) => this.isOpen(id)) ?? ids[0] ?? null;
    this.open(next);
    this.sheet.keepView();
    this.sheet.redraw();
  }

  /** Settle which rows are shown. */
  arrange() {
    const { section, filter, onlyOpen } = this.view;
    if (!this.sections.some(({ id }) => id === section)) this.view.section = this.firstSection();
    const fits = (id) => (filter ? FILTERS[filter](this.sheet, id) : !onlyOpen || this.isOpen(id));
    const among = this.sections.filter(({ id }) => filter || id === this.view.section);
    this.shown = among.map(({ id, title, practices }) => ({ id, title, practices: practices.filter(fits) })).filter(({ practices }) => practices.length);
    this.groups.replaceChildren(
      ...this.shown.map(({ title, practices }) => {
        const rows = el("ul", { class: "rows", "aria-label": title }, ...practices.map((id) => this.row(id).item));
        return el("div", { class: "group" }, filter ? el("h3", { text: title }) : null, rows);
      }),
    );
  }

  firstSection() {
    const open = this.sections.find(({ practices }) => practices.some((id) => this.isOpen(id)));
    return (open ?? this.sections[0])?.id ?? null;
  }

  get visible() {
    return this.shown.flatMap(({ practices }) => practices);
  }

  /** Open one row and close the one that was; null closes it only. */
  open(id) {
    if (this.current !== id && this.current) this.rows.get(this.current)?.close();
    this.current = id;
    if (id) this.row(id).open();
    this.sheet.keepView();
  }

  /** Do something that changes heights, and keep an element where it stands in the window. */
  steady(element, act) {
    const scroller = scrollerOf(this.root);
    const before = element.getBoundingClientRect().top;
    act();
    if (element.isConnected) scroller.scrollTop += element.getBoundingClientRect().top - before;
  }

  /** Bring a practice up, wherever it is, with the focus on its answers. */
  focus(id, { quiet = false, still = false } = {}) {
    if (!id) return;
    if (!this.visible.includes(id)) {
      const section = this.sectionOf(id);
      if (!section) return;
      this.choose({ section: section.id, filter: null, onlyOpen: this.view.onlyOpen && this.isOpen(id) }, id);
    }
    this.open(id);
    const row = this.row(id);
    if (!quiet) row.focus();
    if (!still) row.item.scrollIntoView({ block: "nearest" });
    this.sheet.redraw();
  }

  /** Return the next practice after one that nobody has answered: among the shown, then in the sections that follow. */
  nextOpen(id) {
    const around = (ids) => {
      const at = ids.indexOf(id) + 1;
      return [...ids.slice(at), ...ids.slice(0, at)].find((one) => one !== id && this.isOpen(one)) ?? null;
    };
    const here = this.visible;
    const below = here.slice(here.indexOf(id) + 1).find((one) => this.isOpen(one));
    return below ?? (this.view.filter ? around(here) : around(this.order));
  }

  /** Move by rows; beyond the last of a section the next one begins. */
  step(by) {
    const ids = this.visible;
    const at = ids.indexOf(this.current);
    const there = ids[at + by] ?? (this.view.filter ? null : this.order[this.order.indexOf(this.current) + by]);
    if (there) this.focus(there);
  }

  dontKnow() {
    const ids = this.openHere;
    this.sheet.actions.dontKnow(ids);
    this.sheet.redraw();
    (this.current ? this.row(this.current).entry : this.onlyOpen).focus();
  }

  get openHere() {
    const here = this.sections.find(({ id }) => id === this.view.section);
    return this.view.filter || !here ? [] : here.practices.filter((id) => this.isOpen(id));
  }

  update(ids = null) {
    for (const [id, row] of this.rows) if ((!ids || ids.includes(id)) && row.item.isConnected) row.update();
    const { filter, section } = this.view;
    const here = this.sections.find(({ id }) => id === section);
    const names = { suggested: "What the board suggests", denied: "Where board and answers contradict each other", again: "Changed since they were answered" };
    setText(this.title, filter ? names[filter] : (here?.title ?? "Practices"));
    const asked = filter ? this.visible : (here?.practices ?? []);
    const done = asked.filter((id) => !this.isOpen(id)).length;
    setText(this.count, filter === "denied" || filter === "again" ? `${asked.length}` : `${done} of ${asked.length} answered`);
    const open = this.openHere.length;
    this.unknown.hidden = this.sheet.readOnly || !open;
    setText(this.unknown, `Don't know for the ${open} open`);
    setAttribute(this.unknown, "aria-label", `Answer the ${open} open practices of this section with: don't know`);
    this.all.hidden = !filter;
    this.onlyOpen.parentElement.hidden = Boolean(filter);
    this.onlyOpen.checked = this.view.onlyOpen;
    this.empty.hidden = this.visible.length > 0;
    setText(this.empty, this.view.onlyOpen ? "Nothing is open here." : "Nothing to show here.");
  }
}
