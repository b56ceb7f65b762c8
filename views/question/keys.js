// The keys: Enter saves and goes on, Alt and an arrow go back and skip. They work while the focus is here or nowhere.

class QuestionKeys {
  constructor(page) {
    this.page = page;
    page.root.addEventListener("keydown", (event) => this.press(event), true);
    page.root.addEventListener("keydown", shieldPage);
    // Whoever has the focus nowhere means the question.
    this.elsewhere = (event) => document.activeElement === document.body && event.altKey && this.press(event);
    document.addEventListener("keydown", this.elsewhere);
  }

  end() {
    document.removeEventListener("keydown", this.elsewhere);
  }

  press(event) {
    const { key, altKey, ctrlKey, metaKey, shiftKey, isComposing, repeat, target } = event;
    if (isComposing) return;
    const act = altKey && !ctrlKey && !metaKey ? this.move(key) : key === "Enter" && !shiftKey ? this.enter(target) : null;
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    // A key that is held down does not run through the questions.
    if (!repeat) act();
  }

  move(key) {
    const { page } = this;
    if (key === "ArrowLeft") return () => page.back();
    return key === "ArrowRight" ? () => page.skip() : null;
  }

  /** In the input, on an answer and on how sure it is; a button elsewhere does what it says. */
  enter(target) {
    const { page } = this;
    if (target === page.card.below.reason) return null;
    const inInput = page.card.field.contains(target) && !target.matches(".preset, .step-by");
    return inInput || target.closest(".sure") ? () => page.answering.save() : null;
  }
}
