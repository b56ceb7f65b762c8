"""The pages of the app with planted faults: each has a button under which one thing breaks, and one that is fine."""

import logging
import time

import streamlit as st

SCRIPTS = {
    "script": "throw new Error('planted in a script')",
    "console": "console.error('planted in the console')",
    "policy": "eval('1 + 1')",
    "answer": "fetch('/broken')",
}
PRESSED = """export default ({ parentElement }) => {
  const button = document.createElement("button");
  button.textContent = "Press";
  button.addEventListener("click", () => { %s; });
  parentElement.append(button);
  if (%s) {
    const policy = document.createElement("meta");
    policy.httpEquiv = "Content-Security-Policy";
    policy.content = "script-src 'self'";
    document.head.append(policy);
  }
}"""


def start() -> None:
    """Say nothing."""


def fine() -> None:
    """Count, and nothing else."""
    st.session_state.setdefault("pressed", 0)
    st.button("Press", on_click=lambda: st.session_state.update(pressed=st.session_state["pressed"] + 1))
    st.text_input("Text")
    st.write(st.session_state["pressed"])


def exception() -> None:
    """Show an exception."""
    if st.button("Press"):
        raise ValueError("planted on a page")


def log() -> None:
    """Fail where only the server's log tells of it."""
    if st.button("Press"):
        try:
            raise ValueError("planted in the log")
        except ValueError:
            logging.getLogger().exception("Nobody saw this")


def endless() -> None:
    """Run until the browser goes."""
    if st.button("Press"):
        place = st.empty()
        while True:
            place.write(time.time())
            time.sleep(0.1)


def in_browser(kind: str) -> None:
    """Fail in the browser."""
    script = PRESSED % (SCRIPTS[kind], "true" if kind == "policy" else "false")
    st.components.v2.component(f"planted_{kind}", js=script)(key=kind)


def pages() -> list[st.Page]:
    """Return all pages; each is named after its fault."""
    plain = [st.Page(page, url_path=page.__name__) for page in (start, fine, exception, log, endless)]
    return [*plain, *(st.Page(lambda kind=kind: in_browser(kind), title=kind, url_path=kind) for kind in SCRIPTS)]


st.navigation(pages(), position="hidden").run()
