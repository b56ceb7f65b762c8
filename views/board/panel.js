// The drawer of one block: what it is for, what to ask, what a note looks like. A native dialog, so that Esc, the focus
// trap and the way back are the browser's.

class QuestionPanel {
  constructor(board) {
    this.board = board;
    this.body = el("div", { class: "panel-body" });
    this.title = el("h2", { id: "panel-title" });
    this.badge = el("span", { class: "badge", "aria-hidden": "true" });
    const close = iconButton("close", "Close", "dialog-close", () => this.dialog.close());
    const head = el("div", { class: "panel-head" }, this.badge, this.title, close);
    this.dialog = el("dialog", { class: "panel", "aria-labelledby": "panel-title" }, head, this.body);
    closeOnBackdrop(this.dialog);
  }

  open(blockId) {
    const block = this.board.frame.blocks.get(blockId).block;
    this.dialog.dataset.hue = block.hue;
    setText(this.title, block.title);
    setText(this.badge, this.board.frame.blocks.get(blockId).mark);
    this.body.replaceChildren(...this.sections(block));
    this.dialog.showModal();
    this.body.scrollTop = 0;
  }

  sections(block) {
    const about = [`${block.minutes} min suggested`, ...(block.phases ?? []), block.advanced ? "advanced" : null];
    const outputs = block.outputs ?? [];
    return [
      el("p", { class: "purpose", text: block.purpose }),
      el("p", { class: "about" }, ...about.filter(Boolean).map((text) => el("span", { class: "tag", text }))),
      this.board.leading.blockTools(block),
      block.gate ? this.gate(block.gate) : null,
      el("h3", { text: "Questions" }),
      el("ol", { class: "ask" }, ...block.questions.map((question) => this.question(block, question))),
      block.examples?.length ? el("h3", { text: "What a note can look like" }) : null,
      block.examples?.length ? el("ul", { class: "examples" }, ...block.examples.map(exampleNote)) : null,
      outputs.length ? el("h3", { text: "When this block is done you have" }) : null,
      outputs.length ? el("ul", { class: "outputs" }, ...outputs.map((text) => el("li", { text }))) : null,
    ].filter(Boolean);
  }

  gate(gate) {
    return el(
      "div",
      { class: "panel-gate", data: { state: gate.state } },
      el("strong", { text: GATE_TITLES[gate.state] ?? gate.state }),
      ...(gate.because ?? []).map((text) => el("p", { text })),
      gate.question ? el("p", { class: "asked", text: gate.question }) : null,
    );
  }

  question(block, question) {
    const start = () => {
      this.dialog.close();
      this.board.editors.add(block.id, { asked: question.text });
    };
    const label = `Answer with a note: ${question.text}`;
    const button = { type: "button", class: "answer", "aria-label": label, on: { click: start } };
    const answer = el("button", button, icon("add"), "Answer");
    answer.hidden = this.board.readOnly;
    const hint = question.hint ? el("p", { class: "ask-hint", text: question.hint }) : null;
    return el("li", {}, el("p", { class: "ask-text", text: question.text }), hint, answer);
  }
}

function exampleNote(example) {
  const kind = el("span", { class: "kind", text: `${glyphOf(example.kind)} ${example.kind}` });
  const text = el("p", { class: "text", text: example.text });
  return el("li", { class: "note sample", data: { kind: example.kind } }, text, kind);
}
