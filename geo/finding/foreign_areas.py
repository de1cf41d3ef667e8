"""Countries and states that no place of the gazetteer lies in."""

from collections.abc import Callable

from geo.names.names import drop_directions, fold
from geo.places.countries import find_country_code, name_country
from geo.places.packaged_places import COVERED, read_foreign_areas

# States of the USA in Russian and Arabic, as the packages have them in English only.
_STATES = (
    "Алабама ألاباما|Аляска ألاسكا|Аризона أريزونا|Арканзас أركنساس|Калифорния كاليفورنيا|"
    "Колорадо كولورادو|Коннектикут كونيتيكت|Делавэр ديلاوير|Флорида فلوريدا|Гавайи هاواي|"
    "Айдахо أيداهو|Иллинойс إلينوي|Индиана إنديانا|Айова آيوا|Канзас كانساس|Кентукки كنتاكي|"
    "Луизиана لويزيانا|Мэн مين|Мэриленд ماريلاند|Массачусетс ماساتشوستس|Мичиган ميشيغان|"
    "Миннесота مينيسوتا|Миссисипи مسيسيبي|Миссури ميزوري|Монтана مونتانا|Небраска نبراسكا|"
    "Невада نيفادا|Огайо أوهايو|Оклахома أوكلاهوما|Орегон أوريغون|Пенсильвания بنسلفانيا|"
    "Теннесси تينيسي|Техас تكساس|Юта يوتا|Вермонт فيرمونت|Виргиния فرجينيا|Вирджиния فيرجينيا|"
    "Висконсин ويسكونسن|Вайоминг وايومنغ"
)
_STATE_NAMES = {fold(name): name for names in _STATES.split("|") for name in names.split()}


def find_foreign_area(text: str) -> str | None:
    """The name of another country, or of a state of the USA, that a text names; else None.

    There are a Baghdad in Arizona and a Damascus in Maryland ("MD").
    """
    areas = read_foreign_areas()
    code = find_country_code(drop_directions(text) or text)
    if code in COVERED:
        return None
    if text.strip() in areas:
        return areas[text.strip()]
    folded = fold(text)
    return areas.get(folded) or _STATE_NAMES.get(folded) if code is None else name_country(code)


def put_country_last(parts: list[str], is_governorate: Callable[[str], bool]) -> list[str]:
    """Read "Iraq, Anbar, Hit" as "Hit, Anbar, Iraq"."""
    country, *rest = parts
    if find_country_code(country) is None:
        return parts
    is_falling = is_governorate(rest[0]) and not is_governorate(rest[-1])
    return [*(reversed(rest) if is_falling else rest), country]
