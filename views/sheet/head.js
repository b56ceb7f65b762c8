// The row over the sheet: whose practices are asked, a spreadsheet to paste, and where answering alone starts.

class SheetHead {
  constructor(sheet) {
    this.sheet = sheet;
    this.picker = el("select", { "aria-label": "Practices of", on: { change: () => sheet.chooseModel(this.picker.value) } });
    this.paste = el("button", { type: "button", class: "btn paste", text: "Paste a spreadsheet", on: { click: () => sheet.pasting.openEmpty() } });
    this.blind = el("button", { type: "button", class: "btn", text: "Answer blind", on: { click: () => this.openBlind() } });
    this.root = el("div", { class: "sheet-head" }, this.picker, el("span", { class: "grow" }), this.paste, this.blind);
    this.dialog = this.blindDialog();
  }

  blindDialog() {
    const title = el("h2", { id: "blind-title", text: "Answer blind, then reveal together" });
    const words = "Everybody answers alone and sees nothing of the others. The reveal shows where the room differs, and what is worth talking about first.";
    this.blindOf = el("select", { "aria-label": "The practices of" });
    const start = el("button", { type: "button", class: "btn primary", text: "Start the round", on: { click: () => this.startBlind() } });
    const close = iconButton("close", "Close", "dialog-close", () => this.dialog.close());
    const dialog = el("dialog", { class: "box", "aria-labelledby": "blind-title" }, el("div", { class: "box-head" }, title, close), el("p", { text: words }), el("p", { class: "label", text: "The practices of" }), this.blindOf, start);
    closeOnBackdrop(dialog);
    return dialog;
  }

  openBlind() {
    const models = this.sheet.data.models.filter(({ blind }) => blind);
    this.blindOf.replaceChildren(...models.map((model) => el("option", { value: model.id, text: modelWords(model) })));
    if (models.some(({ id }) => id === this.sheet.told.model)) this.blindOf.value = this.sheet.told.model;
    this.dialog.showModal();
  }

  startBlind() {
    this.dialog.close();
    this.sheet.ask({ blind: this.blindOf.value });
  }

  update() {
    const { told, data, readOnly } = this.sheet;
    this.paste.hidden = readOnly;
    this.blind.hidden = !data.blind;
    if (!told) return;
    const options = JSON.stringify(data.models);
    if (options !== this.options) {
      this.options = options;
      this.picker.replaceChildren(...data.models.map((model) => el("option", { value: model.id, text: modelWords(model) })));
    }
    this.picker.value = this.sheet.chosenModel ?? told.model;
  }
}

function modelWords({ title, count }) {
  return `${title} · ${plural(count, "practice")}`;
}
