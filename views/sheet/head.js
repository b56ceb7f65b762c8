// The row over the sheet: whose practices are asked, a spreadsheet to paste, and where answering alone starts.

class SheetHead {
  constructor(sheet) {
    this.sheet = sheet;
    this.picker = el("select", { "aria-label": "Practices of", on: { change: () => sheet.chooseModel(this.picker.value) } });
    this.paste = el("button", { type: "button", class: "btn", text: "Paste a spreadsheet", on: { click: () => sheet.pasting.openEmpty() } });
    this.blind = el("button", { type: "button", class: "btn", text: "Answer blind", on: { click: () => this.openBlind() } });
    this.root = el("div", { class: "sheet-head" }, this.picker, el("span", { class: "grow" }), this.paste, this.blind);
    this.dialog = this.blindDialog();
  }

  blindDialog() {
    const title = el("h2", { id: "blind-title", text: "Answer blind, then reveal together" });
    const words = "Everybody answers alone and sees nothing of the others. The reveal shows where the room differs, and what is worth talking about first.";
    this.blindOf = el("p", { class: "blind-of" });
    const start = el("button", { type: "button", class: "btn primary", text: "Start the round", on: { click: () => this.startBlind() } });
    const close = iconButton("close", "Close", "dialog-close", () => this.dialog.close());
    const dialog = el("dialog", { class: "box", "aria-labelledby": "blind-title" }, el("div", { class: "box-head" }, title, close), el("p", { text: words }), this.blindOf, start);
    closeOnBackdrop(dialog);
    return dialog;
  }

  openBlind() {
    const model = this.sheet.told.models.find(({ id }) => id === this.sheet.told.model);
    setText(this.blindOf, `It asks for the ${plural(model.count, "practice")} of ${model.title}.`);
    this.dialog.showModal();
  }

  startBlind() {
    this.dialog.close();
    this.sheet.ask({ blind: this.sheet.told.model });
  }

  update() {
    const { told, readOnly } = this.sheet;
    this.paste.hidden = readOnly;
    this.blind.hidden = !told?.blind;
    if (!told) return;
    const options = JSON.stringify(told.models);
    if (options !== this.options) {
      this.options = options;
      this.picker.replaceChildren(...told.models.map(({ id, title, count }) => el("option", { value: id, text: `${title} · ${plural(count, "practice")}` })));
    }
    this.picker.value = this.sheet.chosenModel ?? told.model;
  }
}
