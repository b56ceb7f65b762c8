"""How a workshop is judged: practices, models and scoring. Knows nothing of Streamlit or generated files."""
