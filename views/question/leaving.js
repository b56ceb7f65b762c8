// The way to the list: which view this browser shows, and that the list opens at the question that was shown here.

const VIEW_FOR_S = 31_536_000;
const LOOK_FOR_MS = 10_000;
const LOOK_EVERY_MS = 60;

/** A page reads it with its next visit; within this one the page remembers by itself. */
function keepView(view) {
  document.cookie = `${VIEW_COOKIE}=${view}; path=/; max-age=${VIEW_FOR_S}; SameSite=Lax`;
}

/** Bring a question of the list into sight as soon as it is there, or another part of the page. */
async function showInList({ question, part }) {
  const end = performance.now() + LOOK_FOR_MS;
  const menu = () => question && document.querySelector(`.st-key-more-${CSS.escape(question)}`);
  const heading = () => document.getElementById(part);
  const ready = () => heading() && document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning";
  while (!ready() && performance.now() < end) await new Promise((go) => setTimeout(go, LOOK_EVERY_MS));
  // Whoever comes to a page is brought to where they were on it; this comes after.
  await new Promise((go) => setTimeout(go, 2 * LOOK_EVERY_MS));
  const row = menu()?.closest("[class*=st-key-asked-]");
  if (row ?? heading()) scrollPageTo(row ?? heading());
  row?.querySelector("input, textarea, [role=radio]")?.focus({ preventScroll: true });
}

/** Scroll the page, and nothing around it, until something stands below what stays above it. */
function scrollPageTo(element) {
  const main = document.querySelector("[data-testid=stMain]");
  const above = parseFloat(getComputedStyle(main).scrollPaddingTop) || 0;
  main.scrollTop += element.getBoundingClientRect().top - main.getBoundingClientRect().top - above;
}
