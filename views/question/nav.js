// The row of buttons below a question: back, skip, save, and what comes next.

const KEY_WORDS = { "Alt+ArrowLeft": "Alt + ←", "Alt+ArrowRight": "Alt + →", Enter: "Enter" };

class Nav {
  constructor(page) {
    this.page = page;
    const act = (keys, look, run, ...inside) => el("button", { type: "button", class: `btn ${look}`, title: KEY_WORDS[keys], "aria-keyshortcuts": keys, on: { click: run } }, ...inside);
    this.backButton = act("Alt+ArrowLeft", "back", () => this.page.back(), icon("back"), el("span", { text: "Back" }));
    // The bar of the room has a Back and a Next of its own.
    this.backButton.setAttribute("aria-label", "Back one question");
    this.next = el("p", { class: "next muted" });
    this.skipButton = act("Alt+ArrowRight", "skip", () => this.page.skip());
    this.saveWords = el("span");
    this.saveButton = act("Enter", "primary save", () => this.page.answering.save(), this.saveWords, icon("on"));
    this.root = el("div", { class: "nav" }, this.backButton, this.next, el("span", { class: "grow" }), this.skipButton, this.saveButton);
  }

  update() {
    const { page } = this;
    const { path, said, drafts } = page;
    const id = path.current;
    this.root.hidden = false;
    this.backButton.disabled = !path.canGoBack;
    this.skipButton.hidden = this.saveButton.hidden = id === null;
    if (id === null) return setText(this.next, "");
    const draft = drafts.get(said.draftKey(id));
    const follows = path.following(said.answer(id).state === "open");
    setText(this.next, follows ? `Next: ${page.data.questions[follows].question}` : "This is the last question.");
    const { assumed, printed } = said.answer(id);
    const stays = printed ?? assumed?.printed ?? "";
    setText(this.skipButton, stays && stays.length <= 24 && !said.alone(id) ? `Skip, keep ${stays}` : "Skip");
    const away = page.readOnly || (!draft && !said.isOpen(id));
    this.skipButton.classList.toggle("away", away);
    setText(this.saveWords, this.saveLabel(id, draft));
  }

  saveLabel(id, draft) {
    const { said, readOnly, answering } = this.page;
    if (answering.held?.id === id) return "Saving…";
    if (readOnly || (!draft && said.savedText(id) !== "")) return "Next question";
    if (!said.alone(id)) return !draft && !said.isOpen(id) ? "Next question" : "Save and next";
    return "Send my answer";
  }
}
