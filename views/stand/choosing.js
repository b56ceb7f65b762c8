// The dialog in which who leads chooses two or three models, in the order in which they lead.

const MOST_CHOSEN = 3;

class Choosing {
  constructor(stand) {
    this.stand = stand;
    this.chosen = [];
    const close = iconButton("close", "Close", "dialog-close", () => this.dialog.close());
    const title = el("h2", { id: "choose-title", text: "Models of this workshop" });
    const words = el("p", { class: "faint", text: "This page, the report and the roadmap lead with these, the first one first. All others are scored as well, under Assess, All models." });
    this.list = el("ul", { class: "choices", role: "list" });
    this.told = el("p", { class: "faint", role: "status" });
    this.save = el("button", { type: "button", class: "btn primary", text: "Choose these", on: { click: () => this.done(this.chosen) } });
    const byDefault = el("button", { type: "button", class: "btn", text: "Use the default", on: { click: () => this.done([]) } });
    const foot = el("div", { class: "foot" }, this.told, el("span", { class: "grow" }), byDefault, this.save);
    this.dialog = el("dialog", { class: "box", "aria-labelledby": "choose-title" }, el("div", { class: "box-head" }, title, close), words, this.list, foot);
    closeOnBackdrop(this.dialog);
  }

  open() {
    const { levels, by_default: byDefault } = this.stand.summary;
    this.chosen = byDefault ? [] : levels.map(({ model }) => model);
    this.list.replaceChildren(...this.stand.data.models.map((model) => this.choice(model)));
    this.show();
    this.dialog.showModal();
  }

  choice({ id, title, about }) {
    const box = el("input", { type: "checkbox", data: { id }, on: { change: () => this.toggle(id, box.checked) } });
    const place = el("span", { class: "place", "aria-hidden": "true" });
    const words = el("span", { class: "words" }, el("span", { text: title, dir: "auto" }), el("small", { text: about }));
    return el("li", {}, el("label", {}, box, words, place));
  }

  toggle(id, on) {
    this.chosen = on ? [...this.chosen, id] : this.chosen.filter((other) => other !== id);
    this.show();
  }

  show() {
    const full = this.chosen.length >= MOST_CHOSEN;
    for (const box of this.list.querySelectorAll("input")) {
      const at = this.chosen.indexOf(box.dataset.id);
      box.checked = at >= 0;
      box.disabled = full && at < 0;
      setText(box.closest("label").querySelector(".place"), at >= 0 ? `${at + 1}.` : "");
    }
    this.save.disabled = !this.chosen.length;
    setText(this.told, full ? "Three are chosen; take one away to choose another." : `${this.chosen.length} of ${MOST_CHOSEN} chosen.`);
  }

  done(models) {
    this.dialog.close();
    this.stand.ask({ models });
  }
}
