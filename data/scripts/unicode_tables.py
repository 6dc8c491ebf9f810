"""Sequences that Unicode registers for others, the ideographs of its radicals, and what is assigned at all."""

import re
from collections import defaultdict

from tsv import code_point, joined, sequence, write

COLLECTIONS = ("Adobe-Japan1", "Hanyo-Denshi", "MSARG", "KRName")
CATEGORIES = {
    "Cc": "Control", "Cf": "Format", "Co": "Private_Use", "Cs": "Surrogate",
    "Ll": "Lowercase_Letter", "Lm": "Modifier_Letter", "Lo": "Other_Letter", "Lt": "Titlecase_Letter",
    "Lu": "Uppercase_Letter", "Mc": "Spacing_Mark", "Me": "Enclosing_Mark", "Mn": "Nonspacing_Mark",
    "Nd": "Decimal_Number", "Nl": "Letter_Number", "No": "Other_Number", "Pc": "Connector_Punctuation",
    "Pd": "Dash_Punctuation", "Pe": "Close_Punctuation", "Pf": "Final_Punctuation", "Pi": "Initial_Punctuation",
    "Po": "Other_Punctuation", "Ps": "Open_Punctuation", "Sc": "Currency_Symbol", "Sk": "Modifier_Symbol",
    "Sm": "Math_Symbol", "So": "Other_Symbol", "Zl": "Line_Separator", "Zp": "Paragraph_Separator",
    "Zs": "Space_Separator",
}
BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def write_other_sequences(database, out):
    """The IVD sequences outside Moji_Joho, and Unicode's standardized variants that the MJ list does not use."""
    listed = {ivs for ivs, in database.execute('SELECT IVS FROM "ivs_Moji_Joho"')}
    listed |= {svs for svs, in database.execute('SELECT "実装したSVS" FROM mji WHERE "実装したSVS" IS NOT NULL')}
    collections = defaultdict(list)
    for collection in COLLECTIONS:
        for ivs, in database.execute('SELECT IVS FROM "ivs_%s"' % collection):
            collections[ivs].append(collection)
    for svs, in database.execute("SELECT SVS FROM svs_cjkci"):
        collections[svs].append("Unicode-SVS")
    rows = ((sequence(key), joined(collections[key])) for key in sorted(collections) if key not in listed)
    write(out / "ivd_other.tsv", ("sequence", "collections"), rows)


def write_radical_ideographs(database, out):
    query = "SELECT radical_character, radical_CJKUI FROM radeqv WHERE radical_CJKUI IS NOT NULL ORDER BY 1"
    rows = ((code_point(radical), code_point(ideograph)) for radical, ideograph in database.execute(query))
    write(out / "equivalent_unified_ideograph.tsv", ("radical", "ideograph"), rows)


def decode_numbers(text):
    """The package's numbers: the top bits of the first digit (base 64) say whether one, two or three more follow."""
    digits = iter(map(BASE64.index, text))
    for digit in digits:
        more, mask = (0, 31) if digit < 32 else (1, 15) if digit < 48 else (2, 7) if digit < 56 else (3, 7)
        number = digit & mask
        for _ in range(more):
            number = number << 6 | next(digits)
        yield number


def decode_ranges(text):
    """Pairs of (gap since the last range, length), each one less than it is."""
    numbers = list(decode_numbers(text))
    end = -1
    for gap, length in zip(numbers[::2], numbers[1::2]):
        first = end + 1 + gap
        end = first + 1 + length
        yield first, end - 1


def write_categories(general_category, out):
    """Ranges of assigned code points. The package's ranges are maximal, so no two that touch have one category."""
    ranges = []
    for category, name in CATEGORIES.items():
        module = (general_category / name / "ranges.mjs").read_text(encoding="utf-8")
        encoded = re.search(r"decodeRanges\('([^']+)'\)", module).group(1)
        ranges += [(first, last, category) for first, last in decode_ranges(encoded)]
    rows = (("U+%04X" % first, "U+%04X" % last, category) for first, last, category in sorted(ranges))
    write(out / "unicode_categories.tsv", ("first", "last", "category"), rows)


def make(database, general_category, out):
    write_other_sequences(database, out)
    write_radical_ideographs(database, out)
    write_categories(general_category, out)
