// How far one is: the questions as segments by group, what is left out and why, and the way to the list.

class Progress {
  constructor(page) {
    this.page = page;
    this.count = el("p", { class: "count" });
    this.fewer = el("p", { class: "fewer" });
    const list = { click: () => page.leave() };
    const toList = el("button", { type: "button", class: "btn to-list", on: list }, icon("list"), el("span", { class: "long", text: "All questions as a list" }), el("span", { class: "short", text: "All as a list" }));
    this.groups = el("ul", { class: "groups", role: "list" });
    this.root = el("div", { class: "progress" }, el("div", { class: "top" }, this.count, this.fewer, el("span", { class: "grow" }), toList), this.groups);
    this.shown = new Map();
  }

  update() {
    const { path, told, data } = this.page;
    const left = Object.values(told.left);
    const again = path.again ? "Skipped before: " : "";
    setText(this.count, path.current ? `${again}Question ${path.place} of ${path.order.length}` : `${path.order.length} questions`);
    setText(this.fewer, left.length ? `${left.length} fewer: ${[...new Set(left)].join(" ")}` : "");
    for (const group of data.groups) this.group(group);
  }

  group(group) {
    const { page } = this;
    const asked = group.questions.filter((id) => !(id in page.told.left));
    const parts = this.shown.get(group.id) ?? this.make(group);
    parts.item.hidden = !asked.length;
    const done = asked.filter((id) => !page.said.isOpen(id)).length;
    const here = asked.includes(page.path.current);
    parts.item.style.setProperty("--size", asked.length);
    setAttribute(parts.button, "aria-current", here ? "step" : null);
    setAttribute(parts.button, "aria-label", `${group.title}: ${done} of ${asked.length} answered, about ${plural(group.minutes, "minute")}`);
    const looks = asked.map((id) => `${page.said.isOpen(id) ? (page.path.skipped.has(id) ? "skipped" : "") : "done"} ${id === page.path.current ? "here" : ""}`.trim());
    if (parts.looks === looks.join()) return;
    parts.looks = looks.join();
    parts.segments.replaceChildren(...looks.map((look) => el("i", { class: look })));
  }

  /** The name of a group leads to its first open question. */
  make(group) {
    const { page } = this;
    const segments = el("span", { class: "segments", "aria-hidden": "true" });
    const go = () => {
      const asked = group.questions.filter((id) => !(id in page.told.left));
      page.go(asked.find((id) => page.said.isOpen(id)) ?? asked[0]);
    };
    const button = el("button", { type: "button", class: "group", title: `About ${plural(group.minutes, "minute")}`, on: { click: go } }, segments, el("span", { class: "group-title", text: group.title }));
    const parts = { item: el("li", {}, button), button, segments, looks: null };
    this.shown.set(group.id, parts);
    this.groups.append(parts.item);
    return parts;
  }
}
