// All slots by block with what fills them, and for a phone the same as a strip.

const ROOM_PX = 30;
const STATE_WORDS = { open: "open", draft: "draft", recorded: "recorded", gone: "does not apply" };

class SlotList {
  constructor(page) {
    this.page = page;
    this.filters = new SlotFilters(page);
    this.rows = new Map();
    this.groups = el("div", { class: "groups" });
    this.empty = el("p", { class: "nothing", text: "None are like this.", hidden: true });
    this.root = el("nav", { class: "list", "aria-label": "All decisions" }, this.filters.root, this.groups, this.empty, page.keys.bar);
    this.strip = el("div", { class: "strip", "aria-hidden": "true" });
  }

  /** Lay out the rows; they stay as long as the slots are the same ones. */
  build() {
    const { ids, slots } = this.page.model;
    if (this.built === ids.join()) return;
    this.built = ids.join();
    this.rows = new Map(ids.map((id) => [id, this.row(id)]));
    const blocks = [...new Set(ids.map((id) => slots.get(id).block))];
    this.groups.replaceChildren(...blocks.map((block) => this.group(block, ids.filter((id) => slots.get(id).block === block))));
    this.strip.replaceChildren(...ids.map((id) => el("i", { data: { id } })));
  }

  group(block, ids) {
    const { number, title, hue } = this.page.data.blocks[block];
    const chip = number === null ? null : el("span", { class: "number", text: String(number) });
    const rows = el("ul", { "aria-label": title }, ...ids.map((id) => this.rows.get(id).item));
    return el("div", { class: "group", data: { hue } }, el("h3", {}, chip, title), rows);
  }

  row(id) {
    const mark = el("span", { class: "mark" });
    const [title, value] = [el("span", { class: "slot-title" }), el("span", { class: "value", dir: "auto" })];
    const button = el("button", { type: "button", class: "slot", data: { id }, on: { click: () => this.page.open(id, { focus: true }) } }, mark, title, value);
    return { item: el("li", {}, button), button, mark, title, value };
  }

  /** Return what stands in a slot, in a few words. */
  value(id) {
    const { gone, draft, record } = this.page.model.slot(id);
    if (gone) return "does not apply";
    if (draft) return `draft: ${this.page.choiceTitle(draft.choice)}`;
    if (!record) return "open";
    return record.status === "proposed" ? `proposed: ${this.page.choiceTitle(record.choice)}` : this.page.choiceTitle(record.choice);
  }

  update() {
    this.build();
    this.filters.update();
    for (const [id, row] of this.rows) this.updateRow(id, row);
    for (const group of this.groups.children) group.hidden = ![...group.querySelectorAll("li")].some((item) => !item.hidden);
    this.empty.hidden = [...this.rows.values()].some(({ item }) => !item.hidden);
    for (const cell of this.strip.children) {
      const { id } = cell.dataset;
      cell.className = `${this.page.model.state(id)}${this.page.model.slot(id).contradicts ? " contradicts" : ""}${id === this.page.current ? " here" : ""}`;
    }
  }

  updateRow(id, { item, button, mark, title, value }) {
    const { model, current } = this.page;
    const [state, { contradicts, draft, record }] = [model.state(id), model.slot(id)];
    const said = draft || record ? `: ${this.value(id)}` : "";
    item.hidden = !this.filters.shows(id);
    mark.className = `mark ${contradicts ? "contradicts" : state}`;
    setText(title, this.page.titleOf(id));
    setText(value, this.value(id));
    button.className = `slot ${state}${contradicts ? " contradicts" : ""}`;
    setAttribute(button, "aria-current", id === current ? "true" : null);
    setAttribute(button, "aria-label", `${this.page.titleOf(id)}, ${STATE_WORDS[state]}${contradicts ? ", contradiction" : ""}${said}`);
  }

  /** Scroll the list, and nothing else, so far that the current row is in it. */
  bringUp() {
    const row = this.rows.get(this.page.current)?.button.getBoundingClientRect();
    const { top, bottom } = this.root.getBoundingClientRect();
    const under = this.page.keys.bar.offsetHeight;
    if (row && row.top < top) this.root.scrollTop += row.top - top - ROOM_PX;
    if (row && row.bottom > bottom - under) this.root.scrollTop += row.bottom - bottom + under + ROOM_PX;
  }

  get visible() {
    return this.page.model.ids.filter((id) => this.filters.shows(id));
  }

  /** Move to the slot before or after, among those that are shown. */
  step(by) {
    const ids = this.visible;
    const at = ids.indexOf(this.page.current);
    const there = at < 0 ? ids[0] : ids[at + by];
    if (!there) return;
    const inList = this.root.contains(this.page.root.getRootNode().activeElement);
    this.page.open(there, { focus: !inList });
    if (inList) this.rows.get(there).button.focus();
  }

  /** Return the slot after one that still wants to be recorded, from the end back to the first; null when none does. */
  nextOpen(id) {
    const { ids } = this.page.model;
    const at = ids.indexOf(id) + 1;
    return [...ids.slice(at), ...ids.slice(0, at)].find((one) => one !== id && this.page.model.isOpen(one)) ?? null;
  }
}
