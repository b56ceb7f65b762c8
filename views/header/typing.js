// What is typed into a field of a page and not sent yet: leaving the field sends it, and so does Enter. The board keeps
// its own.

const TYPED_IN = "[data-testid=stTextInput], [data-testid=stTextArea]";
const KEPT = "st-key-kept-";
const ENDED = ".st-key-run-ended i";
const LOOK_EVERY_MS = 100;

/** The class by which the page names the field that an element belongs to. */
function keyOf(inside) {
  const named = inside.closest("[class*=st-key-]");
  return [...(named?.classList ?? [])].find((name) => name.startsWith("st-key-")) ?? "";
}

/** Write as a person types: the page takes a text for typed only when the browser's own setter wrote it. */
function writeInto(field, text) {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function appState() {
  return document.querySelector("[data-testid=stApp]").dataset;
}

/** The name of the run whose end the browser shows. At its end a run writes its name. */
function runShown() {
  return document.querySelector(ENDED)?.textContent ?? null;
}

class Typing {
  /** `tell(text)` says what could not be put back. */
  constructor(lines, tell) {
    this.lines = lines;
    this.tell = tell;
    // The name of the run that the page shows.
    this.run = null;
    this.held = [];
    // The coming back that is under way.
    this.turn = null;
    this.forget();
    this.heard = {
      focusin: ({ target }) => this.entered(target),
      input: ({ target }) => this.typed(target),
      focusout: ({ target }) => this.left(target),
      keydown: (event) => this.pressed(event),
    };
    for (const [type, listener] of Object.entries(this.heard)) document.addEventListener(type, listener);
    this.leaving = (event) => this.asks && event.preventDefault();
    window.addEventListener("beforeunload", this.leaving);
  }

  /** A field that a run took off the page holds nothing any more. */
  get unsent() {
    return this.field?.isConnected ?? false;
  }

  /** Nobody leaves the page unasked while there is unsent text, or a question about one. */
  get asks() {
    return this.unsent || this.lines.waiting || document.querySelector(`[class*=${KEPT}]`) !== null;
  }

  forget() {
    this.field = null;
  }

  entered(target) {
    if (target !== this.field) this.before = target.value;
  }

  typed(target) {
    if (target.matches(LINE)) return;
    // A choice is sent as it is made, also one whose list was searched by typing.
    const field = target.closest(TYPED_IN) && target;
    if (field && field !== this.field) [this.key, this.was] = [keyOf(field), this.before];
    this.field = field;
    this.text = target.value;
  }

  left(target) {
    // A field that is disabled under its writer, because the connection went, has sent nothing.
    if (!target.disabled) this.forget();
  }

  pressed({ key, target, ctrlKey, metaKey }) {
    if (key === "Enter" && (ctrlKey || metaKey || !target.matches("textarea"))) this.forget();
  }

  /** The connection is gone. When it is back the page may have run before anybody here hears of it. */
  hold() {
    if (!this.turn) this.held = this.refused();
  }

  /** After a break of the connection the page runs once: a server that was restarted, or has forgotten a page that was
   *  away for long, takes the first thing that it is sent for old. What stands unsaved in the fields comes back. */
  async comeBack(run) {
    // When the connection goes again before the page has run, the next time begins anew.
    const turn = (this.turn = {});
    await this.until(turn, () => appState().testConnectionState === "CONNECTED");
    const before = this.run;
    if (this.turn === turn) run();
    // What the run puts into the fields is there a moment after its end.
    await this.until(turn, () => this.run !== before && runShown() === this.run);
    await new Promise((go) => setTimeout(go, LOOK_EVERY_MS));
    if (this.turn !== turn) return;
    this.turn = null;
    this.tell("");
    const { field, key, text } = this;
    for (const [refusedKey, refusedText] of this.held) this.putBack(refusedKey, refusedText);
    if (field) this.goOn(key, text, "While the connection was gone");
  }

  /** A run that others' changes brought may meet the first letters of a text: they go on. */
  mend() {
    const { field, key, text } = this;
    if (field && (!field.isConnected || field.value !== text)) this.goOn(key, text, "While you began to write");
  }

  /** Return the texts that were refused and wait in their fields to be mended, each with the class of its field. */
  refused() {
    const keys = [...document.querySelectorAll(`[class*=${KEPT}]`)].map((box) => keyOf(box).replace(KEPT, "st-key-"));
    return keys.map((key) => [key, this.fieldOf(key)?.value]).filter(([, text]) => text);
  }

  fieldOf(key) {
    return document.querySelector(`.${CSS.escape(key)} :is([data-testid=stTextInput] input, textarea)`);
  }

  putBack(key, text) {
    const field = this.fieldOf(key);
    if (field && field.value !== text) writeInto(field, text);
    return field;
  }

  /** Let a text be typed on, unless the field holds by now what somebody else has saved, or is gone. `when` they did. */
  goOn(key, text, when) {
    const saved = this.fieldOf(key)?.value;
    if (saved !== this.was && saved !== text) {
      this.forget();
      const did = saved === undefined ? "removed" : "changed";
      return this.tell(`${when} somebody else ${did} what you were writing. You had: ${text}`);
    }
    this.before = this.was;
    const field = this.putBack(key, text);
    const elsewhere = document.activeElement;
    field.focus();
    // Whoever has gone on to something else is done with this field, and leaving it sends it.
    if (elsewhere !== document.body) elsewhere.focus();
    else field.setSelectionRange(text.length, text.length);
  }

  async until(turn, condition) {
    while (this.turn === turn && !condition()) await new Promise((go) => setTimeout(go, LOOK_EVERY_MS));
  }

  end() {
    this.turn = null;
    for (const [type, listener] of Object.entries(this.heard)) document.removeEventListener(type, listener);
    window.removeEventListener("beforeunload", this.leaving);
  }
}
