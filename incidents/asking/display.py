"""What is shown of the incidents that are asked for, and how: no row leaves any out."""

from dataclasses import dataclass

from geo.places.mercator import Bounds
from incidents.asking.keys import Days, Values, key, list_keys
from incidents.asking.kinds import AnyOf, AtLeast, DateRange, OneOf, Rectangle, Text, Word
from incidents.asking.sorting import ORDERS
from incidents.table.sentences import AVERAGES, BYS, EMBEDS, HARM_LABELS, SHADES, STEPS, VIEWS

USUAL_ZOOM = 6
"""Zoom of the map where none is given."""


@dataclass(frozen=True)
class Display:
    """Version, map, charts and list as an address names them; None is what is usual."""

    data: str | None = key("Version", "Snapshot: the version of the table.", Word())
    against: str | None = key("Against", "Snapshot that the version is compared with.", Word())
    incident: str | None = key("Incident", "The incident opened beside the map.", Text())
    bbox: Bounds | None = key(
        "Window",
        "Window: west,south,east,north in degrees. On the page where the map stands; of the API's"
        " answers only incidents inside.",
        Rectangle(),
    )
    z: int | None = key("Zoom", "Zoom of the map, 0 to 18.", AtLeast("", most=18))
    view: str | None = key("Map shows", "View of the map.", OneOf.labelled(VIEWS), widget="switch")
    shade: str | None = key(
        "Shaded by",
        "What the governorates are shaded by.",
        OneOf.labelled(SHADES),
        widget="switch",
    )
    before: Days | None = key(
        "Compared with",
        "First and last day of the period that the dates are compared with.",
        DateRange(),
        widget="days",
    )
    step: str | None = key(
        "Bars by", "Step of the timeline.", OneOf.labelled(STEPS), widget="switch"
    )
    length: int | None = key(
        "Window of",
        "Steps that the moving window of the playback holds, 1 to 60; 1 if it is not given.",
        AtLeast("steps", most=60, least=1),
    )
    average: str | None = key(
        "Average over",
        "Weeks of the moving average drawn over the timeline.",
        OneOf.labelled(AVERAGES),
        widget="switch",
    )
    within: int | None = key(
        "Days after a strike",
        "Days after each strike by the coalition in which attacks are counted, 1 to 90; 7 if it is"
        " not given.",
        AtLeast("days", most=90, least=1),
        widget="number",
    )
    sort: str | None = key(
        "Sorted by",
        "Column by which the list is sorted; with a minus, the largest first.",
        OneOf(ORDERS),
    )
    page: int | None = key("Page", "Page of the list, from 1.", AtLeast(""))
    cols: Values = key(
        "Columns",
        "Columns of the table's own that its list shows besides: names that begin with `x.`.",
        AnyOf(),
        default=(),
    )
    harm: str | None = key(
        "Harm", "Harm that the Casualties page shows.", OneOf.labelled(HARM_LABELS), widget="switch"
    )
    by: str | None = key(
        "By",
        "What a row of casualties stands for; `time` goes by `step`, `incident` tells those on"
        " which sources differ most, `party` what parties to the conflict say beside the others.",
        OneOf.labelled(BYS),
        widget="switch",
    )
    embed: str | None = key(
        "Alone",
        "The part that a page shows alone, with nothing around it, for a frame in another page.",
        OneOf.labelled(EMBEDS),
    )

    @property
    def zoom(self) -> int:
        """Zoom of the map."""
        return USUAL_ZOOM if self.z is None else self.z


USUAL_DISPLAY = Display()
DISPLAY_KEYS = list_keys(Display)
