"""What is known, and who says so: sources, sections, texts. Never imports pathways or Streamlit."""
