"""Timeline: incidents per day, week or month, and what each step holds."""

from incidents.figures import count_figures
from pages._empty import show_empty
from pages._figures import show_figures
from pages._heading import show_heading
from pages._incident_list import show_list_or_incident
from pages._timeline import show_timeline
from pages._view import get_view

view = get_view()
show_heading(view)
figures = count_figures(view.chosen)
show_figures(figures)
if figures.incidents:
    show_timeline(view, height=300, has_legend=True)
    show_list_or_incident(view)
else:
    show_empty(view)
