// What a phone has below the sheet: back, undo, on. One practice is shown at a time there.

class PhoneBar {
  constructor(sheet) {
    const back = iconButton("back", "Back", "btn back", () => sheet.list.step(-1));
    const undo = el("button", { type: "button", class: "btn", on: { click: () => this.undo() } }, icon("undo"), "Undo");
    const on = el("button", { type: "button", class: "btn next", on: { click: () => sheet.list.step(1) } }, "Next practice", icon("on"));
    this.sheet = sheet;
    undo.hidden = sheet.readOnly;
    this.root = el("div", { class: "phone-bar" }, back, undo, on);
  }

  undo() {
    const ids = this.sheet.actions.undo();
    if (ids?.length) this.sheet.list.focus(ids[0]);
  }
}
