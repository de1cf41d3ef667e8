"""Words in dates: months, weekdays, seasons, parts of months and years.

English, Russian, Arabic of both kinds (يوليو and تموز), Turkish, Kurdish, Persian, and languages in
which others write of Iraq and Syria; parts in English, Russian, Arabic, French, German, Turkish.
"""

from __future__ import annotations

import re
import unicodedata

_MONTHS = (
    "january jan январь января январе янв يناير كانون_الثاني ocak کانوونی_دووەم جانفي ژانویه",
    "february feb февраль февраля феврале фев февр فبراير شباط şubat شوبات فيفري فوریه",
    "march mar март марта марте мар مارس آذار mart ئازار ئادار",
    "april apr апрель апреля апреле апр أبريل إبريل نيسان nisan نیسان آوریل",
    "may май мая мае مايو أيار mayıs mayis ئایار مه می",
    "june jun июнь июня июне июн يونيو يونيه حزيران haziran حوزەیران ژوئن",
    "july jul июль июля июле июл يوليو يوليه تموز temmuz تەممووز ژوئیه ژوئيه جولای",
    "august aug август августа августе авг أغسطس آب ağustos ئاب اوت آگوست",
    "september sep sept сентябрь сентября сентябре сен сент سبتمبر أيلول eylül ئەیلوول سپتامبر",
    "october oct октябрь октября октябре окт أكتوبر تشرين_الأول ekim تشرینی_یەکەم اکتبر",
    "november nov ноябрь ноября ноябре ноя нояб نوفمبر تشرين_الثاني kasım kasim تشرینی_دووەم "
    "نوامبر",
    "december dec декабрь декабря декабре дек ديسمبر كانون_الأول aralık aralik کانوونی_یەکەم "
    "دسامبر",
)
_OTHER_MONTHS = (
    "janvier janv januar jänner enero gennaio januari çile kanûna_paşîn",
    "février févr fév februar febrero febbraio februari sibat",
    "mars märz mär marzo maart adar",
    "avril avr abril aprile avrêl",
    "mai mayo maggio mei gulan",
    "juin juni junio giugno hezîran",
    "juillet juil juli julio luglio tîrmeh tîrmehê",
    "août agosto augustus tebax tebaxê",
    "septembre septiembre settembre îlon îlonê",
    "octobre oktober okt octubre ottobre cotmeh cotmehê",
    "novembre noviembre mijdar mijdarê",
    "décembre déc dezember dez diciembre dicembre berfanbar kanûna_pêşîn",
)
"""French, German, Spanish, Italian, Dutch, Kurmanji."""
_HIJRI_MONTHS = (
    "محرم muharram мухаррам",
    "صفر safar сафар",
    "ربيع_الأول ربيع_الاول rabi_al-awwal rabi_i раби_аль-авваль",
    "ربيع_الثاني ربيع_الآخر rabi_al-thani rabi_ii раби_ас-сани",
    "جمادى_الأولى جمادى_الاولى jumada_al-ula jumada_i джумада_аль-уля",
    "جمادى_الثانية جمادى_الآخرة jumada_al-thani jumada_ii джумада_ас-сани",
    "رجب rajab раджаб",
    "شعبان shaaban shaban шаабан",
    "رمضان ramadan рамадан рамадана",
    "شوال shawwal шавваль",
    "ذو_القعدة ذي_القعدة dhu_al-qadah dhul_qadah зу-ль-каада",
    "ذو_الحجة ذي_الحجة dhu_al-hijjah dhul_hijjah зу-ль-хиджа",
)
_JALALI_MONTHS = (
    "فروردین farvardin", "اردیبهشت ordibehesht", "خرداد khordad", "تیر tir", "مرداد mordad amordad",
    "شهریور shahrivar", "مهر mehr", "آبان aban", "آذر azar", "دی dey", "بهمن bahman",
    "اسفند esfand",
)  # fmt: skip
_WEEKDAYS = (
    "monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat "
    "sunday sun lundi mardi mercredi jeudi vendredi samedi dimanche montag dienstag mittwoch "
    "donnerstag freitag samstag sonnabend sonntag pazartesi salı çarşamba perşembe cuma cumartesi "
    "pazar понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс "
    "الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت الأحد الاحد يوم "
    "شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه روز"
)


def fold_month(word: str) -> str:
    """A word without marks above and below its letters, in small ones."""
    letters = unicodedata.normalize("NFKD", word).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _number(*lists: tuple[str, ...]) -> dict[str, int]:
    return {
        fold_month(word.replace("_", " ")): number
        for months in lists
        for number, words in enumerate(months, start=1)
        for word in words.split()
    }


MONTHS = _number(_MONTHS, _OTHER_MONTHS)
HIJRI_MONTHS, JALALI_MONTHS = _number(_HIJRI_MONTHS), _number(_JALALI_MONTHS)
WEEKDAYS = frozenset(fold_month(word) for word in _WEEKDAYS.split())

Part = tuple[str, int, int]
"""Of a month: the unit "day", its first and last day (32 = the month's last; below 0 counts from
it). Of a year: "month", first and last month."""

_OF_MONTH: dict[tuple[str, int, int], str] = {
    (
        "day",
        1,
        10,
    ): "early|beginning of|the beginning of|start of|the start of|in early|first days of|"
    "the first days of|"
    "debut|au debut de|debut de|anfang|"
    "начало|начале|в начале|в первых числах|اوايل|مطلع|بدايه|في اوايل|مستهل|في بدايه|في مطلع",
    (
        "day",
        11,
        20,
    ): "mid|middle of|the middle of|in mid|mi|mitte|"
    "середина|середине|в середине|منتصف|اواسط|في منتصف",
    (
        "day",
        21,
        32,
    ): "late|end of|the end of|in late|last days of|the last days of|"
    "towards the end of|fin|fin de|a la fin de|ende|"
    "конец|конце|в конце|اواخر|نهايه|في اواخر|في نهايه",
    ("day", 1, 15): "first half of|the first half of|первая половина|в первой половине|"
    "النصف الاول من",
    ("day", 16, 32): "second half of|the second half of|вторая половина|во второй половине|"
    "النصف الثاني من",
    ("week", 1, 7): "first week of|the first week of|1st week of|первая неделя|в первую неделю|"
    "на первой неделе|الاسبوع الاول من",
    ("week", 8, 14): "second week of|the second week of|2nd week of|вторая неделя|"
    "на второй неделе|الاسبوع الثاني من",
    ("week", 15, 21): "third week of|the third week of|3rd week of|третья неделя|"
    "на третьей неделе|الاسبوع الثالث من",
    ("week", 22, 28): "fourth week of|the fourth week of|4th week of|четвертая неделя|"
    "на четвертой неделе|الاسبوع الرابع من",
    ("week", -7, 32): "last week of|the last week of|final week of|последняя неделя|"
    "на последней неделе|الاسبوع الاخير من",
}
_OF_YEAR: dict[tuple[str, int, int], str] = {
    ("month", 1, 4): _OF_MONTH["day", 1, 10],
    ("month", 5, 8): _OF_MONTH["day", 11, 20],
    ("month", 9, 12): _OF_MONTH["day", 21, 32],
    ("month", 1, 6): _OF_MONTH["day", 1, 15] + "|h1",
    ("month", 7, 12): _OF_MONTH["day", 16, 32] + "|h2",
    (
        "month",
        3,
        5,
    ): "spring|spring of|in spring|printemps|fruhling|fruhjahr|весна|весной|весна-|ربيع|في ربيع",
    ("month", 6, 8): "summer|summer of|in summer|the summer of|ete|sommer|лето|летом|صيف|في صيف",
    (
        "month",
        9,
        11,
    ): "autumn|autumn of|fall|fall of|in autumn|automne|herbst|осень|осенью|خريف|في خريف",
    ("month", 1, 3): "q1|first quarter of|первый квартал|i квартал|الربع الاول من",
    ("month", 4, 6): "q2|second quarter of|второй квартал|ii квартал|الربع الثاني من",
    ("month", 7, 9): "q3|third quarter of|третий квартал|iii квартал|الربع الثالث من",
    ("month", 10, 12): "q4|fourth quarter of|четвертый квартал|iv квартал|الربع الرابع من",
    ("year", 1, 12): "winter|winter of|in winter|hiver|зима|зимой|شتاء|في شتاء",
}
"""A winter is of two years, and nobody says which: the year is all that is known."""


def _turn(parts: dict[tuple[str, int, int], str]) -> dict[str, Part]:
    return {fold_part(word): part for part, words in parts.items() for word in words.split("|")}


def fold_part(text: str) -> str:
    """Words of a part for comparing: without marks, and with one alif and one yaa."""
    folded = fold_month(text).replace("ى", "ي").replace("ة", "ه").replace("ئ", "ي")
    return " ".join(folded.replace("-", " ").split())


PARTS_OF_MONTH, PARTS_OF_YEAR = _turn(_OF_MONTH), _turn(_OF_YEAR)
_FILLER = re.compile(r"^(?:of|in|the|month of|في|من|شهر|من شهر|месяца)\s+")


_MIDDLE = re.compile(r"^(mid|mi)-", re.IGNORECASE)
_BEHIND = {
    fold_part(word): part
    for part, words in {
        "early": "başı başında başları",
        "mid": "ortası ortasında ortaları",
        "late": "sonu sonunda sonları",
    }.items()
    for word in words.split()
}
"""Turkish has the part behind the month."""


def _is_part(words: str) -> bool:
    return words in PARTS_OF_MONTH or words in PARTS_OF_YEAR


def split_part(text: str) -> tuple[str, str]:
    """The words of a part in front of a month or year, folded, and the rest; "" where none is.

    The longest counts: "the first week of July 2021" is ("the first week of", "July 2021").
    """
    words = _MIDDLE.sub(r"\1 ", text).split(" ")
    behind = _BEHIND.get(fold_part(words[-1]))
    if behind is not None and len(words) > 1:  # Temmuz 2021 başı
        words = [behind, *words[:-1]]
    for count in range(min(5, len(words) - 1), 0, -1):
        part = fold_part(" ".join(words[:count]))
        part = next((each for each in (part, f"{part} of", f"{part} من") if _is_part(each)), "")
        if part:
            rest = " ".join(words[count:])
            return part, _FILLER.sub("", rest)
    return "", text
