// The way through the questions: which one is shown, what comes before and after it, and what was skipped, which comes
// back once at the end. Where one is stays in this tab.

class Path {
  constructor(page, mine) {
    this.page = page;
    this.key = `${STORAGE_PREFIX}:question-place:${mine}`;
    const { current = null, skipped = [], again = null, ended = false } = kept.read("sessionStorage", this.key) ?? {};
    this.current = current;
    this.skipped = new Set(skipped);
    // Those that come back at the end, once they do.
    this.again = again;
    this.ended = ended;
  }

  /** The questions that are asked, in order: without those that an answer made pointless. */
  get order() {
    const left = this.page.told?.left ?? {};
    return this.page.data.groups.flatMap(({ questions }) => questions).filter((id) => !(id in left));
  }

  get place() {
    return this.order.indexOf(this.current) + 1;
  }

  groupOf(id) {
    return this.page.data.groups.find(({ questions }) => questions.includes(id));
  }

  /** Stand where one was, else at the first open question; who has none left sees what came of it. */
  begin() {
    if (this.order.includes(this.current) || this.ended) return;
    this.current = this.order.find((id) => this.page.said.isOpen(id)) ?? this.order[0] ?? null;
  }

  /** The question that comes next; null after the last. Who answers passes over what is answered already. */
  following(onlyOpen) {
    const list = this.again ?? this.order;
    const rest = list.slice(list.indexOf(this.current) + 1);
    const found = rest.find((id) => this.order.includes(id) && (!onlyOpen || this.page.said.isOpen(id)));
    return found ?? (this.again ? null : (this.comingBack[0] ?? null));
  }

  get comingBack() {
    return this.order.filter((id) => this.skipped.has(id) && this.page.said.isOpen(id) && id !== this.current);
  }

  /** Go on. Returns whether skipped questions begin to come back. */
  forward({ onlyOpen }) {
    const next = this.following(onlyOpen);
    const list = this.again ?? this.order;
    const comes = !this.again && next !== null && list.indexOf(next) <= list.indexOf(this.current);
    if (comes) this.again = this.comingBack;
    this.go(next);
    return comes;
  }

  back() {
    const list = this.again ?? this.order;
    const at = this.current === null ? list.length : list.indexOf(this.current);
    if (at > 0) return this.go(list[at - 1]);
    if (this.again) {
      this.again = null;
      this.go(this.order.at(-1));
    }
  }

  get canGoBack() {
    return this.current === null || Boolean(this.again) || this.place > 1;
  }

  skip(id) {
    if (this.page.said.isOpen(id)) this.skipped.add(id);
  }

  jump(id) {
    this.again = null;
    this.go(id);
  }

  go(id) {
    this.current = id;
    this.ended = id === null;
    this.keep();
  }

  keep() {
    const { current, again, ended } = this;
    kept.write("sessionStorage", this.key, { current, skipped: [...this.skipped], again, ended });
  }
}
