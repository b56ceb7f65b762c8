"""What a team fills in, and how it is kept. Knows nothing of Streamlit, scores or generated files."""

__version__ = "0.2.0"
