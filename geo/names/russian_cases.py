"""Russian names as they stand behind a preposition, led back to how a gazetteer lists them."""

import re

# Endings of the other cases, and what the nominative may end in. Only a name that is then found
# counts, so a wrong guess finds nothing.
_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ией", ("ия",)),
    ("ию", ("ия",)),
    ("ью", ("ь",)),
    ("ье", ("ья",)),
    ("ьи", ("ья",)),
    ("ии", ("ия",)),
    ("ой", ("а", "ая")),
    ("ей", ("я", "ь", "а")),
    ("ом", ("", "о")),
    ("ем", ("ь", "й", "е", "")),
    ("ым", ("ый", "ы", "")),
    ("ами", ("ы", "а")),
    ("ах", ("ы", "а")),
    ("ям", ("и", "я")),
    ("а", ("",)),
    ("я", ("ь", "й")),
    ("у", ("", "а")),
    ("ю", ("ь", "й", "я")),
    ("ы", ("а",)),
    ("и", ("а", "ь", "я")),
    ("е", ("", "а", "ь")),
)
_IS_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_MIN_STEM = 3


def list_nominatives(name: str) -> list[str]:
    """Forms that a declined Russian name may have in the nominative: "Мосулом" is "Мосул".

    The last word changes, and the rest stays. Names in other letters give [].
    """
    *first, last = name.split() or [""]
    if not _IS_CYRILLIC.search(last):
        return []
    found: list[str] = []
    for ending, originals in _ENDINGS:
        stem = last.removesuffix(ending)
        if stem != last and len(stem) >= _MIN_STEM:
            found += [" ".join([*first, stem + original]) for original in originals]
    return found
