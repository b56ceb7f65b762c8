// What holds in the room at the moment, for everybody: a round to look at, what is hidden or locked, whether this
// browser is cut off. What a participant has to do with it stands in `guest_bar.js`.

class States {
  constructor(header) {
    this.header = header;
    this.room = header.client.room;
    const votes = { click: () => this.header.follower.go({ step: "canvas", block: null, votes: true, own: true }) };
    this.result = el("button", { type: "button", class: "chip result", text: "Result of the vote", on: votes });
    const step = () => this.header.stepOfRound(this.room.facts?.assessing ?? {});
    const round = { click: () => this.header.follower.go({ step: step(), block: null, own: true }) };
    this.assessing = el("button", { type: "button", class: "chip assessing", on: round });
    this.locked = el("span", { class: "state" });
    this.authors = el("span", { class: "state", text: "Authors hidden" });
    this.away = el("span", { class: "state away" });
    this.parts = [this.away, this.result, this.assessing, this.locked, this.authors];
  }

  get leads() {
    return this.header.follower.leads;
  }

  show() {
    const { facts, voting, voteOpen } = this.room;
    this.result.hidden = !voting || voteOpen;
    this.showRound(facts?.assessing);
    const locked = facts?.locked ?? [];
    setText(this.locked, lockedWords(locked));
    // Who leads sees both on the switches for them.
    this.locked.hidden = !locked.length || this.leads;
    this.authors.hidden = !facts?.hide_authors || this.leads;
    this.showConnection();
  }

  /** The header above may be out of sight; that nothing is sent must not be. Said by the header already. */
  showConnection() {
    const away = ["offline", "stopped"].includes(this.header.client.state);
    this.away.hidden = !away;
    setText(this.away, away ? this.header.saved.textContent : "");
  }

  showRound(assessing) {
    this.assessing.hidden = !assessing;
    if (!assessing) return;
    const heard = this.leads ? ` · ${assessing.assessors} answered` : "";
    const open = assessing.question ? "Blind question" : "Blind answers";
    setText(this.assessing, assessing.state === "open" ? `${open}${heard}` : "Answers revealed");
  }
}
