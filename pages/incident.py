"""One incident: what happened, where, what each report says and where they differ."""

from dataclasses import replace

import streamlit as st

from incidents.asking.address import Address
from incidents.asking.display import Display
from incidents.asking.escalation.spells import find_linked
from incidents.asking.neighbours import find_neighbours
from incidents.intake.checking.totals import tell_excess
from incidents.intake.grading.grades import explain_grade
from incidents.telling.pages.casualties import CLAIMS
from incidents.telling.words.incident import say_what_happened
from incidents.telling.words.matrix import list_differences, make_matrix
from incidents.versions.catalog import get_catalog
from parts.address.current import to_parameters
from parts.address.opening import get_view
from parts.chrome.share import show_share
from parts.chrome.words import show_words
from parts.incident.certainty import show_chronology, show_citation, show_grade, show_matrix
from parts.incident.neighbours import show_linked, show_neighbours
from parts.incident.reports import show_differences, show_reports
from parts.incident.source_row import show_source_row
from parts.overview.incident_card import show_facts, show_origin_of_place
from parts.overview.incident_list import show_list
from parts.overview.map import show_place

view = get_view()
incident = view.display.incident
basis = view.filters.basis
row = view.store.find_incident(incident, basis) if incident is not None else None
if row is None:
    st.markdown(
        "**No incident is open.**"
        if incident is None
        else "**There is no such incident in this version of the table.**"
    )
    st.caption("Choose one from the list.")
    show_list(view)
    st.stop()

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
    st.page_link(
        "overview.py",
        label="Back to the overview",
        icon=":material/arrow_back:",
        query_params=to_parameters(Address(view.filters, replace(view.display, incident=None))),
    )
    with st.container(horizontal=True, gap="small", width="content"):
        show_citation(view, row, get_catalog().settings.contact)
        shown = Display(data=view.version.snapshot.id, incident=incident)
        show_share(Address(display=shown), has_map=False)
with st.container(key="heading"):
    show_words(say_what_happened(row), "h1")
facts, place = st.columns([0.5, 0.5], gap="medium")
with facts:
    show_facts(view, row)
    if basis in ("low", "high"):
        st.caption(f"{CLAIMS[basis]} What each report says stands below.")
with place:
    show_place(view, row)
    show_origin_of_place(row)
reports = view.store.find_reports(row["incident"])
claims = view.store.find_claims(row["incident"])
with place:
    show_grade(explain_grade(row, reports, claims))
matrix = make_matrix(reports, claims)
show_differences(list_differences(matrix), tell_excess(row))
show_matrix(matrix)
show_chronology(matrix)
show_reports(matrix, reports, row["sources"])
show_source_row(view, row["incident"])
show_linked(*find_linked(view.store, row, basis))
show_neighbours(find_neighbours(view.store, row, basis))
