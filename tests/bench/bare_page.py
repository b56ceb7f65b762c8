"""A bare Streamlit page with as many elements of each kind as its address asks for: `?elements=stButton:3,stText:2`.

What a page of the app is compared with: the same widgets, one below the other, with nothing behind them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

OPTIONS = ["Not done", "By hand", "Automated"]
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400">'
    '<rect width="100%" height="100%" fill="#3538CD"/></svg>'
)
# By the test id that Streamlit gives an element; what is not named here counts as text.
DRAW: dict[str, Callable[[str], Any]] = {
    "stButton": lambda key: st.button("Open", key=key),
    "stButtonGroup": lambda key: st.segmented_control("Answer", OPTIONS, key=key),
    "stChatInput": lambda key: st.chat_input("Add one", key=key),
    "stCheckbox": lambda key: st.checkbox("Only open ones", key=key),
    "stCode": lambda _key: st.code("train:\n\tpython -m training.train", language=None),
    "stDataFrame": lambda key: st.dataframe({"Minutes": [3, 2], "What": ["Arrive", "Entry check"]}, key=key),
    "stDownloadButton": lambda key: st.download_button("Report", b"text", "report.md", key=key),
    "stExpander": lambda key: st.expander("More of the method", key=key).markdown("A text."),
    "stFileUploader": lambda key: st.file_uploader("A file", key=key),
    "stFullScreenFrame": lambda _key: st.image(PICTURE),
    "stHeading": lambda _key: st.subheader("What holds it back"),
    "stMultiSelect": lambda key: st.multiselect("Locked", OPTIONS, key=key),
    "stNumberInput": lambda key: st.number_input("Dots", key=key),
    "stPageLink": lambda _key: st.page_link("https://ml-ops.org", label="The method"),
    "stPopover": lambda key: st.popover("More", key=key),
    "stSelectbox": lambda key: st.selectbox("Practices of", OPTIONS, key=key),
    "stSlider": lambda key: st.slider("Change", 1, 10, key=key),
    "stTextArea": lambda key: st.text_area("Because", key=key),
    "stTextInput": lambda key: st.text_input("Why", key=key),
    "stVegaLiteChart": lambda key: st.bar_chart({"Score": [1, 2, 3]}, key=key),
}

st.set_page_config(layout="wide")
for entry in filter(None, st.query_params.get("elements", "").split(",")):
    kind, _, count = entry.partition(":")
    for number in range(int(count)):
        if draw := DRAW.get(kind):
            draw(f"{kind}-{number}")
        else:
            st.markdown(f"Text {number}: what a team wrote about this part of its system.")
