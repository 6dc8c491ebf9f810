"""Prefectures, municipalities and wards with their codes."""

import json

from tsv import read, write

# Six villages of the northern territories have codes, but no body that could report anything.
NORTHERN_TERRITORIES = ("016951", "016969", "016977", "016985", "016993", "017001")
SUFFIXES = {"市": "市", "町": "町", "村": "村", "区": "特別区"}


def municipality_class(municipality, core_cities):
    if municipality.get("wards"):
        return "指定都市"
    if municipality["code"] in core_cities:
        return "中核市"
    return SUFFIXES[municipality["name"][-1]]


def write_municipalities(prefectures, core_cities, source, out):
    rows = []
    for prefecture in prefectures:
        for body in prefecture["municipalities"]:
            if body["code"] not in NORTHERN_TERRITORIES:
                rows.append((body["code"], body["name"], body["ruby"], prefecture["code"],
                             municipality_class(body, core_cities), None, None, source))
    columns = ("code", "name", "kana", "prefecture", "class", "valid_from", "valid_to", "source")
    write(out / "municipalities.tsv", columns, sorted(rows, key=lambda row: row[0]))


def write_wards(prefectures, changes, source, out):
    """The package's wards, with the reviewed changes laid over them."""
    wards = {}
    for city in (body for prefecture in prefectures for body in prefecture["municipalities"]):
        for ward in city.get("wards", ()):
            wards[ward["code"]] = (ward["code"], ward["name"], ward["ruby"], city["code"], None, None, source)
    for change in changes:
        wards[change["code"]] = tuple(change.values())
    columns = ("code", "name", "kana", "city", "valid_from", "valid_to", "source")
    write(out / "wards.tsv", columns, (wards[code] for code in sorted(wards)))


def make(codes, reviewed, source, out):
    prefectures = json.loads(codes.read_text(encoding="utf-8"))
    write(out / "prefectures.tsv", ("code", "name", "kana"),
          sorted((prefecture["code"], prefecture["name"], prefecture["ruby"]) for prefecture in prefectures))
    core_cities = {city["code"] for city in read(reviewed / "core_cities.tsv")}
    write_municipalities(prefectures, core_cities, source, out)
    write_wards(prefectures, read(reviewed / "ward_changes.tsv"), source, out)
