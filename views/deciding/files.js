// Which files of the project a draft would change once it is recorded. The server renders both projects for it, so it is
// asked when somebody wants to know, and forgotten when any decision has changed since.

const FILE_MARKS = [["added", "new"], ["removed", "goes"], ["changed", "changed"]];

class FilesField {
  constructor(page, slot) {
    this.page = page;
    this.slot = slot;
    this.button = el("button", { type: "button", class: "link", text: "Which files of the project change?", on: { click: () => this.ask() } });
    this.words = el("span", { role: "status" });
    this.list = el("ul", { class: "files" });
    this.root = el("div", { class: "file-changes" }, this.button, this.words, this.list);
  }

  /** What the answer holds for: the choices of all slots. */
  get decided() {
    const { model } = this.page;
    return JSON.stringify(model.ids.map((id) => [model.slot(id).draft?.choice, model.slot(id).draft?.like, model.slot(id).draft?.beside, model.slot(id).record?.choice]));
  }

  ask() {
    this.asked = this.decided;
    this.found = null;
    this.page.ask({ files: this.slot });
    this.update();
    this.words.textContent = "Both projects are being made.";
  }

  update() {
    const told = this.page.model.told.files;
    if (told && told !== this.taken && told.slot === this.slot) {
      this.taken = told;
      this.found = told.choice === this.page.model.slot(this.slot).draft?.choice ? told : null;
      if (!this.found) this.asked = null;
    }
    if (this.asked !== this.decided) this.asked = this.found = null;
    const key = JSON.stringify([this.asked, this.found]);
    if (key === this.key) return;
    this.key = key;
    this.button.hidden = Boolean(this.found);
    setText(this.words, this.found ? this.said(this.found) : "");
    this.list.replaceChildren(...(this.found ? FILE_MARKS.flatMap(([kind, mark]) => this.found[kind].map((path) => el("li", {}, el("code", { text: path }), ` ${mark}`))) : []));
  }

  said({ added, removed, changed, problem }) {
    const number = added.length + removed.length + changed.length;
    if (problem) return problem;
    return number ? `Recorded, it changes ${plural(number, "file")} of the project:` : "Recorded, it changes no file of the project.";
  }
}
