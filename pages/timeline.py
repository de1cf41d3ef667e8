"""Timeline: incidents per step of time, the change of late, attacks beside strikes."""

from incidents.figures import read_figures
from pages._empty import show_empty
from pages._escalation import show_escalation
from pages._figures import show_figures
from pages._heading import show_heading
from pages._incident_list import show_list_or_incident
from pages._timeline import show_timeline
from pages._trends import show_trends
from pages._view import get_view

view = get_view()
show_heading(view)
figures = view.store.ask(read_figures, view.filters)
show_figures(figures)
if figures.incidents:
    show_timeline(view, height=300, has_legend=True, has_average=True)
    show_trends(view)
    show_escalation(view)
    show_list_or_incident(view)
else:
    show_empty(view)
