// What was asked to be saved and is not answered yet, and when the page is asked for anything. Everything unanswered is
// sent with each asking: the server does each once, so nothing is lost where one asking takes the place of another.

const REST_MS = 250;
const OTHERS_REST_MS = 300;
const OTHERS_SPREAD_MS = 500;
const AGAIN_MS = 3_000;

class Saving {
  constructor(page) {
    this.page = page;
    this.queue = [];
    this.afterwards = [];
  }

  /** Do something once everything is saved: now, where nothing waits. */
  whenSaved(act) {
    if (this.waiting) this.afterwards.push(act);
    else act();
  }

  /** Ask for one change; `kind` is one of those in `views/steps/method/one_question.py`. Returns its id. */
  add(kind, question, typed, more = {}) {
    const save = { id: randomId(20), kind, question, typed, ...more };
    this.queue.push(save);
    this.count();
    return save.id;
  }

  /** What is on its way for a question, newest last. */
  pending(question, kind) {
    return this.queue.findLast((save) => save.question === question && save.kind === kind) ?? null;
  }

  /** The header says whether all is saved. */
  count() {
    this.page.client.asked = this.queue.length;
    this.page.client.emit("status", this.page.client.status());
  }

  get waiting() {
    return this.queue.length > 0;
  }

  /** Ask after a rest: for what the advice makes of what is typed. */
  rest(inMs = REST_MS) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), inMs);
  }

  /** Ask for what others have changed, unless it has come by then with an asking of mine. */
  restForOthers() {
    this.others ??= setTimeout(() => {
      this.others = null;
      if (this.page.newest > (this.page.told?.seq ?? 0)) this.ask();
    }, OTHERS_REST_MS + Math.random() * OTHERS_SPREAD_MS);
  }

  ask(more = {}) {
    clearTimeout(this.timer);
    this.timer = null;
    const at = this.page.path.current;
    const typed = at ? this.page.said.draftText(at) : null;
    this.page.client.relay?.ask({ saves: this.queue, at, typed, ...more });
    clearTimeout(this.again);
    if (this.waiting) this.again = setTimeout(() => this.ask(), AGAIN_MS);
  }

  /** Take what became of what was asked. Returns what was settled, each as {save, refused}. */
  settle(results) {
    const done = this.queue.filter(({ id }) => id in results);
    this.queue = this.queue.filter(({ id }) => !(id in results));
    if (!this.waiting) clearTimeout(this.again);
    if (done.length) this.count();
    if (!this.waiting) for (const act of this.afterwards.splice(0)) act();
    return done.map((save) => ({ save, refused: results[save.id] }));
  }

  end() {
    this.queue = [];
    this.afterwards = [];
    this.count();
    for (const timer of [this.timer, this.again, this.others]) clearTimeout(timer);
  }
}
