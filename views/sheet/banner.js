// What lies over the sheet: what the board already suggests, where it contradicts answers, and the way on when all is
// answered. A suggestion never counts before somebody accepts it.

class Banner {
  constructor(sheet) {
    this.sheet = sheet;
    this.words = el("p", { class: "banner-words" });
    const act = (run, look) => el("button", { type: "button", class: look, on: { click: run } });
    this.look = act(() => this.lookAt("suggested"), "btn");
    this.accept = act(() => this.acceptAll(), "btn primary");
    this.denied = act(() => this.lookAt("denied"), "btn warn");
    this.again = act(() => this.lookAt("again"), "btn warn");
    this.roadmap = act(() => sheet.ask({ part: "Roadmap" }), "btn");
    this.stand = act(() => sheet.ask({ go: "where-we-stand" }), "btn primary");
    setText(this.roadmap, "What to do first");
    setText(this.stand, "See where we stand");
    this.root = el("div", { class: "banner", hidden: true }, this.words, this.again, this.denied, this.look, this.accept, this.roadmap, this.stand);
  }

  lookAt(filter) {
    this.sheet.list.choose({ filter });
    this.sheet.list.focus(this.sheet.list.current);
  }

  acceptAll() {
    this.sheet.actions.accept(this.suggested);
    this.sheet.redraw();
    if (this.accept.hidden) (this.sheet.list.current ? this.sheet.list.row(this.sheet.list.current).entry : this.sheet.head.picker).focus();
  }

  get suggested() {
    return this.sheet.list.order.filter((id) => this.sheet.suggestionOf(id));
  }

  update() {
    const { list, readOnly, model } = this.sheet;
    const count = this.suggested.length;
    const denied = list.order.filter((id) => FILTERS.denied(this.sheet, id)).length;
    const again = list.order.filter((id) => FILTERS.again(this.sheet, id)).length;
    const done = list.order.length > 0 && list.order.every((id) => model.choice(id) !== null);
    this.root.hidden = !count && !denied && !again && !done;
    this.root.classList.toggle("done", done);
    setText(this.words, [count ? this.suggestWords(count) : "", denied ? this.deniedWords(denied) : "", again ? this.againWords(again) : "", done ? "All of them are answered." : ""].filter(Boolean).join(" "));
    this.look.hidden = !count || list.view.filter === "suggested";
    setText(this.look, `Look at the ${count}`);
    this.accept.hidden = !count || readOnly;
    setText(this.accept, `Accept all ${count}`);
    this.denied.hidden = !denied || list.view.filter === "denied";
    setText(this.denied, denied === 1 ? "Look at the contradiction" : `Look at the ${denied} contradictions`);
    this.again.hidden = !again || list.view.filter === "again";
    setText(this.again, `Check ${again} again`);
    this.roadmap.hidden = !done;
    this.stand.hidden = !done;
  }

  suggestWords(count) {
    const begins = `Your board and decisions already suggest ${plural(count, "answer")}.`;
    const accepting = this.sheet.told?.accepting;
    // What accepting would do was worked out for just these, or it is not said.
    const known = accepting && accepting.count === count && !this.sheet.waiting;
    return `${begins} Look, then accept${count > 1 ? " all or some" : ""}${known ? `: ${accepting.text}` : "."}`;
  }

  againWords(again) {
    return `${plural(again, "practice")} ${again === 1 ? "has" : "have"} changed since ${again === 1 ? "it was" : "they were"} answered; scores count the answers as they are.`;
  }

  deniedWords(denied) {
    return denied === 1 ? "One answer contradicts the board." : `${denied} answers contradict the board.`;
  }
}
