"""How Streamlit's tables write a day."""

DAY_FORMAT = "D MMM YYYY"
"""As `incidents.table.sentences.say_date` does: 7 Jul 2021."""
