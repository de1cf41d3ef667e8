"""What every page of Streamlit costs: one number, and a box whose choice changes it.

streamlit run benchmarks/peers/empty.py -- TABLE
"""

import streamlit as st

st.set_page_config(page_title="Empty", layout="wide")
numbers = st.sidebar.multiselect("Type", range(6))
st.metric("chosen", len(numbers))
