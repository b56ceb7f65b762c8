// The sections at the left, each with what is answered and what the board suggests; on a phone a strip that scrolls.

class SectionNav {
  constructor(sheet) {
    this.sheet = sheet;
    this.list = el("ul", { class: "section-list", role: "list" });
    this.totals = el("dl", { class: "totals" });
    this.root = el("nav", { class: "sections", "aria-label": "Sections" }, el("h2", { class: "cap", text: "Sections" }), this.list, this.totals);
    this.buttons = new Map();
  }

  counts(practices) {
    const done = practices.filter((id) => this.sheet.model.choice(id) !== null).length;
    const suggested = practices.filter((id) => this.sheet.suggestionOf(id)).length;
    return { done, suggested, of: practices.length };
  }

  button(id) {
    const name = el("span", { class: "name", dir: "auto" });
    const count = el("span", { class: "count" });
    const bar = el("span", { class: "bar", "aria-hidden": "true" }, el("i"), el("u"));
    const suggested = el("span", { class: "suggested" });
    const act = { click: () => this.sheet.list.choose({ section: id, filter: null }) };
    const button = el("button", { type: "button", class: "section", on: act }, name, count, bar, suggested);
    return { button, name, count, bar, suggested, item: el("li", {}, button) };
  }

  update() {
    const { sections, view } = this.sheet.list;
    for (const { id } of sections) if (!this.buttons.has(id)) this.buttons.set(id, this.button(id));
    const items = sections.map(({ id }) => this.buttons.get(id).item);
    if (items.length !== this.list.children.length || items.some((item, at) => item !== this.list.children[at])) this.list.replaceChildren(...items);
    for (const { id, title, practices } of sections) this.show(this.buttons.get(id), title, this.counts(practices), !view.filter && id === view.section);
    const { done, suggested, of } = this.counts(this.sheet.list.order);
    const lines = [[done, "answered"], [suggested, "suggested"], [of - done - suggested, "without a hint"]];
    this.totals.replaceChildren(...lines.map(([count, word]) => el("div", {}, el("dt", { text: word }), el("dd", { text: String(count) }))));
  }

  show({ button, name, count, bar, suggested: words, item }, title, { done, suggested, of }, chosen) {
    setText(name, title);
    setText(count, `${done} of ${of}`);
    setText(words, suggested ? `${suggested} suggested` : "");
    const [sure, maybe] = bar.children;
    sure.style.width = `${(100 * done) / of}%`;
    maybe.style.left = sure.style.width;
    maybe.style.width = `${(100 * suggested) / of}%`;
    setAttribute(button, "aria-current", chosen ? "true" : null);
    if (chosen && this.chosen !== item && this.sheet.phone) item.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (chosen) this.chosen = item;
  }
}
