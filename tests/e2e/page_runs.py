"""How often a page has run: what tests look at that say when it does so by itself, and when it does not."""

from __future__ import annotations

from playwright.sync_api import Page

COUNT = """() => {
  const name = () => document.querySelector(".st-key-run-ended i")?.textContent;
  window.runsSeen = [name()];
  new MutationObserver(() => {
    const now = name();
    if (now && now !== window.runsSeen.at(-1)) window.runsSeen.push(now);
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


def count_runs(page: Page) -> None:
    """Begin to count the runs of a page. Another address begins anew."""
    page.evaluate(COUNT)


def runs_counted(page: Page) -> int:
    """Return how many runs have ended since `count_runs`."""
    counted: int = page.evaluate("() => window.runsSeen.length - 1")
    return counted
