"""The verbs of the terminal. Nothing here loads Streamlit."""
