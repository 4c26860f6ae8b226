"""What follows from what: facts, conditions, pages as graphs, walks and their proof. Never imports Streamlit."""
