// How the room is led, as everybody sees it on every page: the bar of whoever leads, or that of everybody else. What
// changes is said to screen readers too, politely and once.

const COMPACT_BELOW_PX = 620;
const LOW_BELOW_PX = 520;

const SAID_AGAIN_WITHIN_MS = 3_000;
let spokenLast = { at: -Infinity };

class RoomBar {
  constructor(header) {
    this.header = header;
    this.client = header.client;
    this.bar = header.follower.leads ? new LeaderBar(header) : new GuestBar(header);
    this.root = this.bar.root;
    this.toSay = [];
    this.spoken = el("p", { class: "unseen room-said", "aria-live": "polite" });
    // Where a window is too low for the bar to stay, what counts at the moment does. Said by the bar already.
    this.pinned = el("div", { class: "pinned", "aria-hidden": "true" });
    this.watching = new IntersectionObserver(([{ isIntersecting }]) => this.pinned.classList.toggle("on", !isIntersecting));
    this.watching.observe(this.root);
    this.unlisten = [
      this.client.on("room", (change) => this.take(change)),
      this.client.on("presence", () => this.shown && this.bar.showPeople?.()),
    ];
  }

  get shortcuts() {
    return this.bar.shortcuts;
  }

  take({ before, now }) {
    if (this.shown) this.show();
    if (before) this.header.say(changesOf(before, now, this.header.course));
  }

  show() {
    this.shown = true;
    this.bar.show();
    this.pin();
  }

  /** Dots change before the server answers; the number that is left follows them. */
  showStatus() {
    if (!this.shown) return;
    this.bar.showVote();
    this.header.states.showConnection();
    this.bar.tick();
    this.pin();
  }

  tick() {
    if (!this.shown) return;
    this.bar.tick();
    this.pin();
  }

  fold() {
    const low = (visualViewport?.height ?? innerHeight) < LOW_BELOW_PX;
    this.bar.fold?.(low || this.header.root.clientWidth < COMPACT_BELOW_PX);
  }

  pin() {
    const { room, me } = this.client;
    const { away } = this.header.states;
    const words = [
      away.textContent,
      this.header.clock.words,
      room.private ? "Private writing" : "",
      room.voteOpen && me.role !== "viewer" ? `${plural(room.dotsLeft(), "dot")} left` : "",
    ];
    setText(this.pinned, words.filter(Boolean).join(" · "));
    this.pinned.dataset.state = this.header.clock.root.dataset.state ?? "";
  }

  /** Have sentences read out. What is said at the same moment is one text: the next would silence the one before. */
  say(sentences) {
    this.toSay.push(...sentences);
    if (!sentences.length || this.saying) return;
    this.saying = setTimeout(() => {
      this.saying = null;
      this.speak(this.toSay.splice(0).join(" "));
    });
  }

  speak(text) {
    spokenLast = { text, at: performance.now(), workshop: this.header.data.workshop };
    setText(this.spoken, text);
  }

  /** Say again what the bar of the page before has said just now: with it went the sentence, half heard. */
  sayAgain() {
    const { text, at, workshop } = spokenLast;
    if (workshop === this.header.data.workshop && performance.now() - at < SAID_AGAIN_WITHIN_MS) this.say([text]);
  }

  end() {
    for (const stop of this.unlisten) stop();
    this.watching.disconnect();
    clearTimeout(this.saying);
    if (this.toSay.length) this.speak(this.toSay.join(" "));
    this.bar.end?.();
  }
}
