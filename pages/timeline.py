"""Timeline."""
import streamlit as st
from pages._heading import show_heading
from pages._view import get_view
view = get_view()
show_heading(view)
