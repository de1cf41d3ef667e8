"""Days that are told by another one: before it, by it, after it, since it."""

from __future__ import annotations

import datetime as dt
import re

REACHES = tuple(
    (re.compile(rf"(?:{words})\s+", re.IGNORECASE), days, units)
    for words, days, units in (
        (
            "by|(?:on )?or before|no later than|not later than|(?:the )?week ending(?: on)?|until|"
            "till|week to|не позднее|до конца|к|بحلول|في موعد اقصاه|d'ici|jusqu'au?|"
            "bis(?: zum)?|spätestens",
            (-6, 0),
            (-1, 0),
        ),
        (
            "(?:shortly |just |some ?time )?before|prior to|раньше|до|незадолго до|накануне|"
            "قبل(?: شهر| عام| سنة)?|قبيل|avant(?: le)?|vor(?: dem)?|قبل از|پیش از",
            (-7, -1),
            (-1, -1),
        ),
        (
            "(?:shortly |just |some ?time )?after|following|после|вскоре после|"
            "بعد(?: شهر| عام| سنة)?|après(?: le)?|nach(?: dem)?|بعد از|پس از",
            (1, 7),
            (1, 1),
        ),
        (
            "since|(?:on )?or after|not before|no earlier than|from|не ранее|со?|начиная с|"
            "منذ(?: شهر| عام| سنة)?|ابتداء من|depuis(?: le)?|seit(?: dem)?",
            (0, 6),
            (0, 1),
        ),
    )
)
"""Words before a day, from the first to the last day that is meant, counted from that day; and the
same in months or years, where no more than these is named."""


def add_months(first: dt.date, months: int) -> dt.date:
    """The first day of a month so many months later."""
    years, month = divmod(first.month - 1 + months, 12)
    return first.replace(year=first.year + years, month=month + 1)
