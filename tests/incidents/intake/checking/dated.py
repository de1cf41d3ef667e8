"""A date as it is read of one cell."""

import pandas as pd

from incidents.intake.checking.dates import read_dates


def read(*texts: str) -> list[tuple[str, str, bool] | None]:
    dates = read_dates(pd.Series(texts, dtype="str"))
    return [
        None if pd.isna(row.precision) else (str(row.date.date()), row.precision, row.is_ambiguous)
        for row in dates.itertuples()
    ]
