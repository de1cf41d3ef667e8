"""Other names under which readers' own tables hold our columns and ranges.

Compared by `fold_name`: case, spaces, hyphens, underscores and accents do not count. A column's
own name goes first; among aliases the order here decides.
"""

from __future__ import annotations

ALIASES: dict[str, str] = {
    "incident": "id, incident_id, event_id, event_id_cnty, номер, رقم, معرف",
    "operation": "operation_id",
    "date": "event_date, day, incident_date, attack_date, date_start, start_date, "
    "дата, дата события, تاريخ, التاريخ, اليوم, "
    "تاریخ, تاریخ حادثه, تاریخ رویداد, تاریخ حمله, بەروار, ڕێکەوت, "
    "datum, jour, tarih, roj",
    "date_end": "end_date, дата окончания, تاريخ الانتهاء, تاریخ پایان, "
    "date de fin, enddatum, bitiş tarihi",
    "time": "local_time, hour, event_time, время, الوقت, الساعة, ساعت, زمان, heure, uhrzeit, saat",
    "country": "country_code, iso2, country_name, страна, البلد, الدولة, کشور, وڵات, "
    "pays, land, staat, ülke, welat",
    "gov": "governorate, admin1, adm_1, province, governorate_name, "
    "провинция, мухафаза, محافظة, المحافظة, "
    "استان, پارێزگا, gouvernorat, gouvernement, provinz, vilayet, parêzgeh",
    "place": "place_name, location, city, town, village, location_name, where, "
    "место, город, населённый пункт, مكان, المكان, الموقع, المدينة, "
    "مکان, محل, محل حادثه, محل رویداد, شهر, شوێن, "
    "lieu, ville, localité, ort, ortschaft, stadt, yer, şehir, konum, cih, bajar",
    "district": "district_name, qada, qadaa, admin2, adm2, adm_2, admin2_name, adm2_en, "
    "قضاء, القضاء, район, شهرستان",
    "site": "site_name, where_exactly",
    "lat": "latitude, y, широта, خط العرض, عرض جغرافیایی, breite, breitengrad, enlem",
    "lon": "lng, long, longitude, x, долгота, خط الطول, طول جغرافیایی, länge, längengrad, boylam",
    "point": "coordinates, coordinate, coords, latlon, lat_lon, latlng, lat_lng, lat_long, lonlat, "
    "geo, geom, geometry, the_geom, wkt, wkb, geo_point, geopoint, gps, gps_coordinates, "
    "gps_location, mgrs, mgrs_coordinate, mgrs_coordinates, mgrs_grid, military_grid, "
    "grid_reference, grid_ref, grid_coordinates, usng, utm, координаты, إحداثيات, "
    "الإحداثيات, احداثيات, الاحداثيات, "
    "مختصات",
    "precision": "place_precision, location_precision",
    "type": "event_type, incident_type, attack_type, тип, نوع, النوع, نوع حمله, نوع حادثه",
    "target": "target_type, target_kind, цель, الهدف",
    "target_name": "target_description",
    "actor": "claimed_by, attacker, perpetrator, perpetrators, actor_name, исполнитель, الجهة, "
    "عامل, مهاجم",
    "attribution": "actor_basis",
    "weapon": "weapons, weapon_type, munition, оружие, السلاح, سلاح, نوع سلاح, arme, waffe, silah",
    "origin": "origin_place, launch_site",
    "origin_lon": "origin_lng",
    "sources": "number_of_sources, source_count",
    "reported_by": "source, source_name, reporter, источник, المصدر, منبع, quelle, kaynak, çavkanî",
    "summary": "notes, description, details, описание, ملاحظات, الوصف, شرح, توضیحات, "
    "remarques, beschreibung, bemerkungen, açıklama",
    "report": "report_id",
    "claim": "claim_id",
    "killed": "deaths, fatalities, dead, people_killed, number_killed, total_killed, "
    "погибшие, погибло, убитые, убито, قتلى, القتلى, عدد القتلى, "
    "کشته, کشته ها, کشته شدگان, تعداد کشته, تعداد کشته ها, تعداد کشته شدگان, کوژراو, "
    "tués, morts, tote, getötete, todesopfer, ölü, ölen, kuştî",
    "wounded": "injured, injuries, people_wounded, people_injured, number_wounded, "
    "total_wounded, раненые, ранено, пострадавшие, جرحى, الجرحى, عدد الجرحى, "
    "زخمی, زخمی ها, مجروح, مجروحان, مجروحین, تعداد زخمی, تعداد زخمی ها, تعداد مجروحان, بریندار, "
    "blessés, verletzte, verwundete, yaralı, birîndar",
    "casualties": "total_casualties, casualties_total, victims, total_victims, "
    "жертвы, ضحايا, الضحايا, عدد الضحايا, "
    "تلفات, قربانیان, victimes, opfer",
    "civilians_killed": "civilian_deaths, civilian_fatalities, killed_civilians",
    "civilians_wounded": "civilians_injured, civilian_injuries, wounded_civilians",
    "children_killed": "child_deaths, killed_children",
    "children_wounded": "children_injured, wounded_children",
    "launched": "munitions, rockets, rockets_launched, rockets_fired",
    "intercepted": "munitions_intercepted, rockets_intercepted, shot_down",
}


def aliases_of(name: str) -> tuple[str, ...]:
    """List the other names of a column or range of ours; empty if it has none.

    The bounds of a range go by its other names too: `deaths_min` is `killed_min`.
    """
    stem, _, bound = name.rpartition("_")
    if bound in ("min", "max"):
        return tuple(f"{alias}_{bound}" for alias in aliases_of(stem))
    return tuple(ALIASES[name].split(", ")) if name in ALIASES else ()
