"""Days that stand for a period: ACLED takes the middle of a week."""

from typing import Any

from incidents.intake.checking.validation import validate
from incidents.intake.mapping.apply import apply_profile
from incidents.intake.reading.tables import Tables

HEADER = "event_id_cnty,event_date,time_precision,event_type,country,location\n"


def test_acled_takes_the_middle_of_a_week_and_of_a_month(profiles: Any, make_table: Any) -> None:
    acled = next(each for each in profiles if each.name == "acled")
    text = HEADER + "".join(f"A{n},14 July 2021,{n},Battles,Iraq,Hit\n" for n in (1, 2, 3))
    rows = validate(Tables(apply_profile(make_table(text), acled))).incidents
    days = [[None if str(day) == "NaT" else str(day.date()) for day in pair] for pair in
            rows[["date", "date_end"]].itertuples(index=False)]  # fmt: skip
    assert days == [
        ["2021-07-14", None],
        ["2021-07-11", "2021-07-17"],
        ["2021-07-01", "2021-07-31"],
    ]
    assert rows["date_precision"].tolist() == ["day", "week", "month"]
