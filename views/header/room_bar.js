// How the room is led, as everybody sees it on every page: agenda, soft timer, what holds at the moment. It informs
// and blocks nothing; changes are also said to screen readers.

const AMBER_BELOW_S = 60;
const PRIVATE_WORDS = "others see your new notes only after the reveal";

class RoomBar {
  constructor(header) {
    this.header = header;
    this.client = header.client;
    this.room = header.client.room;
    this.build();
    this.unlisten = this.client.on("room", (change) => this.take(change));
    // Dots change before the server answers; the number that is left follows them.
    this.unlistenStatus = this.client.on("status", () => this.showVote());
    this.ticking = setInterval(() => this.tick(), 1000);
  }

  build() {
    this.agenda = el("span", { class: "agenda" });
    this.clock = el("strong", { class: "clock" });
    this.label = el("span", { class: "label" });
    this.timer = el("span", { class: "timer", role: "timer" }, this.clock, this.label);
    const rest = el("span", { class: "rest", text: `: ${PRIVATE_WORDS}` });
    const title = `Private writing${rest.textContent}`;
    this.privacy = el("span", { class: "state", title }, "Private writing", rest);
    this.vote = el("span", { class: "state vote" });
    const open = { click: () => this.header.follower.go({ step: "canvas", block: null, votes: true, own: true }) };
    this.result = el("button", { type: "button", class: "chip result", text: "Result of the vote", on: open });
    const round = () => this.header.stepOfRound(this.room.facts?.assessing ?? {});
    const assess = { click: () => this.header.follower.go({ step: round(), block: null, own: true }) };
    this.assessing = el("button", { type: "button", class: "chip assessing", on: assess });
    this.locked = el("span", { class: "state" });
    this.authors = el("span", { class: "state", text: "Authors hidden" });
    this.hint = el("span", { class: "join-hint", text: "To join: QR code under Invite" });
    this.spoken = el("p", { class: "unseen room-said", "aria-live": "polite" });
    const states = [this.privacy, this.vote, this.result, this.assessing, this.locked, this.authors];
    this.root = el("div", { class: "led" }, this.timer, this.agenda, ...states, this.hint, this.spoken);
    // On a phone the bar scrolls away with the page: what counts at the moment stays at the top. Said by the bar already.
    this.pinned = el("div", { class: "pinned", "aria-hidden": "true" });
    this.watching = new IntersectionObserver(([{ isIntersecting }]) => this.pinned.classList.toggle("on", !isIntersecting));
    this.watching.observe(this.root);
  }

  pin() {
    const { facts, voteOpen } = this.room;
    const away = ["offline", "stopped"].includes(this.client.state);
    const words = [
      away ? this.header.saved.textContent : "",
      this.timer.hidden ? "" : this.clock.textContent,
      facts?.private ? "Private writing" : "",
      voteOpen && this.client.me.role !== "viewer" ? `${plural(this.room.dotsLeft(), "dot")} left` : "",
    ];
    setText(this.pinned, words.filter(Boolean).join(" · "));
    this.pinned.dataset.state = this.timer.dataset.state ?? "";
  }

  take({ before, now }) {
    this.show();
    if (before) this.say(changesOf(before, now, this.header.data.agenda ?? {}));
  }

  say(sentences) {
    if (sentences.length) setText(this.spoken, sentences.join(" "));
  }

  show() {
    const facts = this.room.facts ?? {};
    const stretch = this.header.data?.agenda?.[facts.agenda];
    setText(this.agenda, stretch ?? "");
    this.agenda.hidden = !stretch;
    this.privacy.hidden = !facts.private;
    const locked = facts.locked ?? [];
    setText(this.locked, lockedWords(locked));
    this.locked.hidden = !locked.length;
    this.authors.hidden = !facts.hide_authors;
    this.showRound(facts.assessing);
    this.showVote();
    this.tick();
  }

  showVote() {
    const { voting, voteOpen } = this.room;
    this.vote.hidden = !voteOpen;
    this.result.hidden = !voting || voteOpen;
    this.pin();
    if (!voteOpen) return;
    const mine = this.client.me.role === "viewer" ? "Vote is open" : `Vote: ${plural(this.room.dotsLeft(), "dot")} left`;
    const voted = this.client.me.role === "facilitator" ? ` · ${voting.voters} voted` : "";
    setText(this.vote, mine + voted);
  }

  showRound(assessing) {
    this.assessing.hidden = !assessing;
    if (!assessing) return;
    const heard = this.client.me.role === "facilitator" ? ` · ${assessing.assessors} answered` : "";
    const open = assessing.question ? "Blind question" : "Blind answers";
    setText(this.assessing, assessing.state === "open" ? `${open}${heard}` : "Answers revealed");
  }

  /** The timer goes on after its end, softly: how long ago it ended is worth knowing too. */
  tick() {
    const left = this.room.secondsLeft();
    this.timer.hidden = left === null;
    if (left === null) return this.pin();
    setText(this.clock, left < 0 ? `+${clockText(-left)}` : clockText(left));
    const label = this.room.facts.timer.label;
    setText(this.label, left <= 0 ? "time is up" : label === this.agenda.textContent ? "" : label);
    this.timer.dataset.state = left <= 0 ? "over" : left <= AMBER_BELOW_S ? "soon" : "running";
    this.pin();
    if (left === AMBER_BELOW_S) this.say(["One minute left."]);
    if (left === 0) this.say(["Time is up."]);
  }

  end() {
    this.unlisten();
    this.unlistenStatus();
    clearInterval(this.ticking);
    this.watching.disconnect();
  }
}

function clockText(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

function lockedWords(locked) {
  return locked.includes(WHOLE_BOARD) ? "Board locked" : `${plural(locked.length, "block")} locked`;
}

/** Say in sentences what is different in the room. */
function changesOf(before, now, agenda) {
  const differs = (prop) => JSON.stringify(before[prop]) !== JSON.stringify(now[prop]);
  const said = [];
  if (differs("agenda") && now.agenda) said.push(`Now: ${agenda[now.agenda] ?? now.agenda}.`);
  if (differs("timer")) said.push(now.timer ? `Timer: ${durationWords(now.timer.seconds)}.` : "The timer was stopped.");
  if (differs("private")) said.push(now.private ? `Private writing: ${PRIVATE_WORDS}.` : "All notes are shown.");
  if (differs("locked")) said.push(now.locked.length ? `${lockedWords(now.locked)}.` : "Nothing is locked.");
  if (differs("hide_authors")) said.push(now.hide_authors ? "Authors are hidden." : "Authors are shown.");
  if (before.voting?.state !== now.voting?.state || before.voting?.round !== now.voting?.round) {
    if (now.voting?.state === "open") said.push(`A vote is open: ${plural(now.voting.budget, "dot")} each.`);
    if (now.voting?.state === "shown") said.push("The result of the vote is shown.");
  }
  if (before.assessing?.state !== now.assessing?.state || before.assessing?.round !== now.assessing?.round) {
    if (now.assessing?.state === "open") said.push("A blind round is open: nobody sees your answers yet.");
    if (now.assessing?.state === "shown") said.push("The blind answers are revealed.");
  }
  return said;
}

function durationWords(seconds) {
  return seconds % 60 ? plural(seconds, "second") : plural(seconds / 60, "minute");
}
