// The architecture as a sketch that follows each draft at once: stages with what fills their slots. The whole picture, with
// what flows between them, is drawn by the server when somebody asks for it.

class Sketch {
  constructor(page) {
    this.page = page;
    this.stages = el("ol", { class: "stages" });
    const legend = el("p", { class: "legend", text: "Dashed: assumed, nobody has decided. With a bar: a draft. Ring: the decision you have open." });
    const whole = el("button", { type: "button", class: "btn quiet", text: "Whole picture", on: { click: () => this.openPicture() } });
    const head = el("div", { class: "box-head" }, el("h2", { text: "Your architecture" }), whole);
    this.root = el("section", { class: "side-card sketch" }, head, this.stages, legend);
    this.image = el("img", { class: "picture", alt: "Architecture as chosen so far", hidden: true });
    this.words = el("p", { role: "status" });
    const close = iconButton("close", "Close", "dialog-close", () => this.dialog.close());
    const title = el("h2", { id: "picture-title", text: "Your architecture" });
    this.dialog = el("dialog", { class: "box wide", "aria-labelledby": "picture-title" }, el("div", { class: "box-head" }, title, close), this.words, this.image);
    closeOnBackdrop(this.dialog);
  }

  openPicture() {
    this.image.hidden = true;
    setText(this.words, "It is being drawn.");
    this.dialog.showModal();
    this.page.ask({ picture: true });
  }

  /** Return what stands in a slot and how sure that is, or null where nothing does. */
  filled(id) {
    const { gone, draft, record, assumed } = this.page.model.slot(id);
    if (gone) return null;
    const there = record ?? draft;
    if (!there) return assumed ? { text: assumed, look: "assumed" } : null;
    if (there.choice === NOT_APPLICABLE) return null;
    const more = there.beside?.length ? ` + ${there.beside.length}` : "";
    const look = there.choice === NONE_YET ? "none" : record?.status === "proposed" || !record ? "drafted" : "decided";
    return { text: this.page.choiceTitle(there.choice) + more, look };
  }

  update() {
    const { stages } = this.page.data;
    const shown = stages.map(({ title, hue, slots }) => ({ title, hue, boxes: slots.map((id) => ({ id, here: id === this.page.current, ...this.filled(id) })).filter(({ text }) => text) }));
    const key = JSON.stringify(shown);
    if (key !== this.key) this.stages.replaceChildren(...shown.filter(({ boxes }) => boxes.length).map((stage) => this.stage(stage)));
    this.key = key;
    this.updatePicture(this.page.model.told.picture);
  }

  stage({ title, hue, boxes }) {
    const chips = boxes.map(({ id, text, look, here }) => el("li", { class: `${look}${here ? " here" : ""}`, dir: "auto", title: this.page.titleOf(id) }, text, el("span", { class: "unseen", text: look === "decided" ? "" : ` (${look === "none" ? "left out for now" : look === "assumed" ? "assumed" : "draft"})` })));
    return el("li", { class: "stage", data: { hue } }, el("b", { text: title }), el("ul", {}, ...chips));
  }

  updatePicture(picture) {
    if (!picture || picture === this.drawn) return;
    this.drawn = picture;
    this.image.hidden = !picture.svg;
    setText(this.words, picture.why ?? "");
    if (picture.svg) this.image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture.svg)}`;
  }
}
