"""Timeline: incidents per step of time, the change of late, attacks beside strikes."""

from incidents.asking.figures import read_figures
from parts.address.opening import get_view
from parts.chrome.empty import show_empty
from parts.chrome.heading import show_heading
from parts.overview.figures import show_figures
from parts.overview.incident_list import show_list_or_incident
from parts.timeline.chart import show_timeline
from parts.timeline.escalation import show_escalation
from parts.timeline.trends import show_trends

view = get_view()
show_heading(view)
figures = view.store.ask(read_figures, view.filters)
show_figures(figures)
if figures.incidents:
    show_timeline(view, is_high=True, has_average=True)
    show_trends(view)
    show_escalation(view)
    show_list_or_incident(view)
else:
    show_empty(view)
