// What stands over every page of a workshop: title, people, whether all is saved, and the bar of the room below it. It
// listens on the same socket as the board and never changes a note.

const AVATARS_AT_MOST = 5;
const AWAY_AFTER_MS = 2_500;
const AWAY = "No connection. Nothing can be changed on this page until it is back; what was saved is saved.";
const MENU_BESIDE_PX = 768;
const TOLD_MS = 10_000;
const LIVE_KINDS = new Set(["note", "room", "vote", "judgement", "hidden"]);
const ROLE_NAMES = { facilitator: "facilitator", participant: "takes part", viewer: "viewing" };

class Header {
  constructor(root, data) {
    this.root = root;
    this.client = joinLive(data);
    // What changes between this run and the first message is a change too: a call, a round that just began.
    this.client.room.facts ??= data.room;
    this.course = new Course(this.client);
    this.lead = new Lead(this);
    this.clock = new Clock(this);
    this.states = new States(this);
    this.follower = new Follower(this);
    this.roomBar = new RoomBar(this);
    this.sticking = new Sticking(this);
    this.lines = new Lines(data);
    this.choosing = new Choosing();
    this.typing = new Typing(this.lines, (text) => this.warn(text));
    this.runs = new PageRuns(this);
    this.build();
    this.unlisten = [
      this.client.on("status", (status) => this.showStatus(status)),
      this.client.on("presence", (people) => this.showPeople(people)),
      this.client.on("events", (events) => this.showChanges(events)),
      this.client.on("room", (change) => this.followLead(change)),
      this.client.on("presenting", (on) => this.present(on)),
      this.client.on("not-led", ({ message }) => this.tell(message)),
    ];
    this.showStatus(this.client.status());
    this.showPeople(this.client.people);
  }

  build() {
    this.title = el("h1", { class: "title", dir: "auto" });
    this.step = el("span", { class: "step" });
    this.saved = el("span", { class: "saved", role: "status" });
    this.people = el("ul", { class: "people", role: "list" });
    this.invite = el("button", { type: "button", class: "chip invite", text: "Invite" });
    this.invite.addEventListener("click", () => this.trigger("invite", Date.now()));
    const place = el("div", { class: "place" }, this.title, this.step);
    this.closed = el("div", { class: "closed", role: "alert", hidden: true });
    this.told = el("div", { class: "told", role: "status", hidden: true });
    const hint = el("span", { class: "join-hint", text: "To join: QR code under Invite" });
    const room = el("div", { class: "room" }, hint, this.saved, this.people, this.invite);
    const { root, spoken, pinned } = this.roomBar;
    const over = [spoken, pinned, this.follower.root, this.told, this.closed];
    this.root.replaceChildren(el("div", { class: "bar" }, place, room), root, ...over);
  }

  go(step) {
    pageAsks().leaveFor(step);
    this.trigger("go", step);
  }

  present(on) {
    setAttribute(this.root, "data-presenting", on);
    this.sticking.measure();
  }

  say(sentences) {
    this.roomBar.say(sentences);
  }

  /** Show one sentence for a while, and have it read out. */
  tell(text) {
    clearTimeout(this.telling);
    this.told.hidden = false;
    setText(this.told, text);
    this.telling = setTimeout(() => (this.told.hidden = true), TOLD_MS);
  }

  /** Take the data of a page run: what it read includes all changes up to `seq`. */
  update(data, trigger) {
    this.typing.run = data.run;
    this.data = data;
    this.trigger = (what, value) => pageAsks().send(() => trigger(what, value));
    this.root.dataset.theme = themeOf(this.root);
    pageAsks().arrived(data.here);
    if (stepShown && stepShown !== data.here) closeMenu();
    stepShown = data.here;
    setText(this.title, data.title);
    setAttribute(this.title, "title", data.title);
    setText(this.step, data.step ?? "");
    this.invite.hidden = !data.canInvite;
    this.course.update(data);
    this.client.here({ step: data.here });
    this.roomBar.fold();
    this.roomBar.show();
    this.sticking.measure();
    if (!this.started) giveFocusBack(this.roomBar.root);
    if (!this.started) this.roomBar.sayAgain();
    if (!this.started) this.showChanges(this.client.catchUp(data.seq));
    this.started = true;
    this.asked = false;
    this.followRound();
  }

  /** Whether the page is older than a change of an item. What draws items by itself, as they change, says so on the client. */
  agesPage(item) {
    const kind = kindOf(item);
    if (this.client.draws(item)) return false;
    if (kind === "moment") return this.data.here === "history";
    return !LIVE_KINDS.has(kind);
  }

  /** What is live reaches the page by itself; for everything else that somebody else changes the page runs. Moments
   *  are on one page only, and are kept at every step of the agenda. */
  showChanges(events) {
    const mine = this.client.me.id;
    const foreign = events.filter(({ seq, item, author }) => author !== mine && seq > this.data.seq && this.agesPage(item));
    if (foreign.length) this.runs.show(foreign.map(({ seq, item }) => ({ seq, item })));
  }

  /** The steps at the left are those of the course: when another one is followed, a run lists them anew. */
  followLead() {
    this.followRound();
    if (this.started && this.course.id !== this.data.plan) this.runs.follow(this.client.seq);
  }

  /** What the assessors see changes for all of them when a blind round begins or is revealed; not all at one instant. */
  followRound() {
    const drawn = this.data.room.assessing;
    const now = this.client.room.facts?.assessing;
    const led = this.client.seq;
    const same = drawn?.round === now?.round && drawn?.state === now?.state;
    const where = [drawn, now].filter(Boolean).map((round) => this.stepOfRound(round));
    // Where questions are shown one at a time, the round comes to the one that it is about.
    if (this.client.draws("requirement:") && this.data.here !== "assess") return;
    if (same || this.asked || led <= this.data.seq || !(this.data.here === "assess" || where.includes(this.data.here))) return;
    this.asked = true;
    // Whoever began or revealed it has a run of their own.
    this.runs.follow(led);
  }

  /** A blind round is about the practices of a model, or about one question, which is asked on the page of its step. */
  stepOfRound({ question }) {
    return question ? (this.data.asked?.[question] ?? "assess") : "assess";
  }

  showStatus({ state, waiting, reason }) {
    const words = {
      live: waiting ? "Saving…" : "Saved",
      connecting: waiting ? "Saving…" : "Connecting…",
      offline: waiting ? `Offline: ${waiting} waiting` : "Offline",
      stopped: waiting ? `Closed: ${waiting} not sent` : "Closed",
    };
    this.saved.dataset.state = state === "live" ? (waiting ? "saving" : "saved") : state;
    setText(this.saved, words[state]);
    this.followConnection(state, reason);
    const comfort = state === "offline" ? "Your changes are kept in this browser." : null;
    setAttribute(this.saved, "title", reason ?? comfort);
    this.roomBar.showStatus();
  }

  followConnection(state, reason) {
    if (state === "stopped") this.warn(`${reason} What you write here now is not saved.`);
    if (state === "offline") {
      // The board goes on without a connection and says so itself. A short break is not worth a word.
      if (this.client.users === 1) this.away ??= setTimeout(() => this.warn(AWAY), AWAY_AFTER_MS);
      if (!this.lost) this.typing.hold();
      this.lost = true;
    } else if (this.lost && state === "live") {
      clearTimeout(this.away);
      this.lost = false;
      this.typing.comeBack(() => this.trigger("renew", Date.now()));
    }
  }

  warn(text) {
    clearTimeout(this.away);
    this.away = null;
    this.closed.hidden = !text;
    setText(this.closed, text);
  }

  showPeople(people) {
    const mine = this.client.me.id;
    const sorted = [...people].sort((a, b) => (b.id === mine) - (a.id === mine));
    const shown = sorted.slice(0, AVATARS_AT_MOST).map((person) => this.person(person, mine));
    const more = sorted.length - AVATARS_AT_MOST;
    if (more > 0) shown.push(el("li", {}, el("span", { class: "avatar rest", text: `+${more}` })));
    this.people.replaceChildren(...shown);
    setAttribute(this.people, "aria-label", `${people.length === 1 ? "1 person" : `${people.length} people`} here`);
  }

  person(person, mine) {
    const face = avatar(person);
    const name = person.id === mine ? `You${person.name ? ` (${person.name})` : ""}` : nameOf(person);
    face.title = `${name}, ${ROLE_NAMES[person.role] ?? person.role}`;
    face.setAttribute("aria-hidden", "true");
    return el("li", {}, face, el("span", { class: "unseen", text: face.title }));
  }

  end() {
    for (const stop of this.unlisten) stop();
    clearTimeout(this.away);
    clearTimeout(this.telling);
    this.roomBar.end();
    this.clock.end();
    this.sticking.end();
    this.follower.end();
    this.lines.end();
    this.runs.end();
    this.typing.end();
    this.choosing.end();
    this.client.release();
    this.root.replaceChildren();
  }
}

// The step that this tab showed last, whichever header showed it.
let stepShown = null;

/** On a phone the menu of steps lies over the page: who has chosen a step from it wants to see that. */
function closeMenu() {
  if (innerWidth >= MENU_BESIDE_PX) return;
  document.querySelector("[data-testid=stSidebar]:not([data-collapsed=true]) [data-testid=stSidebarCollapseButton] button")?.click();
}

function kindOf(item) {
  return item.split(":", 1)[0];
}

const headers = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const present = headers.get(parentElement);
  const same = present?.data.workshop === data.workshop;
  if (present && !same) present.end();
  if (!same) headers.set(parentElement, new Header(parentElement.querySelector("#header"), data));
  headers.get(parentElement).update(data, setTriggerValue);
  return () => {
    headers.get(parentElement)?.end();
    headers.delete(parentElement);
  };
}
