"""The codes of JIS X 0213, EUC-JP-MS and Microsoft's CP932, and their characters that are no kanji of the MJ list."""

import subprocess
from collections import defaultdict

from tsv import joined, sequence, write

ORIGINS = ("ascii", "halfwidth_kana", "jisx0213", "cp932")
PLANE2_ROWS = (1, 3, 4, 5, 8, 12, 13, 14, 15, *range(78, 95))
PLANE2_LEADS = {1: 0xF0, 8: 0xF0, 3: 0xF1, 4: 0xF1, 5: 0xF2, 12: 0xF2, 13: 0xF3, 14: 0xF3, 15: 0xF4}
# Shift_JIS-2004 has these two as single bytes (5C, 7E); JIS X 0213 itself gives them to 1-1-79 and 1-1-17.
JIS_X_0201_ROMAN = ("\u00A5", "\u203E")


def jisx0213_cells():
    rows = [(1, row) for row in range(1, 95)] + [(2, row) for row in PLANE2_ROWS]
    return [(plane, row, cell) for plane, row in rows for cell in range(1, 95)]


def shift_jis_2004_bytes(plane, row, cell):
    if plane == 1:
        lead = (row + 257) // 2 if row <= 62 else (row + 385) // 2
    else:
        lead = PLANE2_LEADS.get(row) or (row + 411) // 2
    if row % 2 == 0:
        return bytes((lead, cell + 0x9E))
    return bytes((lead, cell + (0x3F if cell <= 63 else 0x40)))


def euc_bytes(plane, row, cell):
    return (b"\x8f" if plane == 2 else b"") + bytes((row + 0xA0, cell + 0xA0))


def decode_shift_jis_2004():
    """{(plane, row, cell): text} of every assigned code."""
    decoded = {}
    for place in jisx0213_cells():
        try:
            decoded[place] = shift_jis_2004_bytes(*place).decode("shift_jis_2004")
        except UnicodeDecodeError:
            pass
    return decoded


def decode_glibc(places):
    """The second published mapping. One line a cell, so that the answers can be told apart."""
    lines = b"".join(euc_bytes(*place) + b"\n" for place in places)
    command = ["iconv", "-f", "EUC-JISX0213", "-t", "UTF-8"]
    answer = subprocess.run(command, input=lines, stdout=subprocess.PIPE, check=True)
    return dict(zip(places, answer.stdout.decode("utf-8").split("\n")))


def cp932_codes():
    """Double-byte codes without the gaiji area F040-F9FC."""
    leads = [*range(0x81, 0xA0), *range(0xE0, 0xF0), *range(0xFA, 0xFD)]
    trails = [*range(0x40, 0x7F), *range(0x80, 0xFD)]
    decoded = {}
    for code in (lead << 8 | trail for lead in leads for trail in trails):
        try:
            decoded[code] = code.to_bytes(2, "big").decode("cp932")
        except UnicodeDecodeError:
            pass
    return decoded


def eucjpms_codes():
    """Two- and three-byte codes of EUC-JP-MS without the gaiji areas F5A1-FEFE and 8FF5A1-8FFEFE."""
    places = [(plane, row, cell) for plane in (1, 2) for row in range(1, 85) for cell in range(1, 95)]
    lines = b"".join(euc_bytes(*place) + b"\n" for place in places)
    command = ["iconv", "-c", "-f", "EUC-JP-MS", "-t", "UTF-8"]  # -c: an unassigned code leaves its line empty
    answer = subprocess.run(command, input=lines, stdout=subprocess.PIPE, check=False).stdout.decode("utf-8")
    return {int.from_bytes(euc_bytes(*place), "big"): text for place, text in zip(places, answer.split("\n")) if text}


def mj_characters(database):
    """Code points of the MJ list: the implemented ones and the compatibility ideographs it names."""
    query = 'SELECT "実装したUCS" FROM mji UNION SELECT "対応する互換漢字" FROM mji'
    return {character for character, in database.execute(query) if character}


def nonkanji_origins(jisx0213, cp932):
    origins = defaultdict(set)
    ascii_characters = list(map(chr, range(0x20, 0x7F)))
    halfwidth_kana = list(map(chr, range(0xFF61, 0xFFA0)))
    for origin, texts in (("ascii", ascii_characters), ("halfwidth_kana", halfwidth_kana), ("jisx0213", jisx0213),
                          ("cp932", [*ascii_characters, *halfwidth_kana, *cp932])):
        for text in texts:
            origins[text].add(origin)
    return origins


def make(database, out):
    shift_jis = decode_shift_jis_2004()
    glibc = decode_glibc(list(shift_jis))
    cp932 = cp932_codes()
    write(out / "cp932.tsv", ("code", "ucs"), (("0x%04X" % code, sequence(cp932[code])) for code in sorted(cp932)))

    eucjpms = eucjpms_codes()
    write(out / "eucjpms.tsv", ("code", "ucs"), (("0x%04X" % code, sequence(eucjpms[code])) for code in sorted(eucjpms)))
    write(out / "jisx0213.tsv", ("code", "sequence"),
          (("%d-%02d-%02d" % place, sequence(glibc[place])) for place in sorted(glibc)))

    sequences = {place: text for place, text in shift_jis.items() if len(text) > 1}
    write(out / "jisx0213_sequences.tsv", ("code", "sequence"),
          (("%d-%02d-%02d" % place, sequence(sequences[place])) for place in sorted(sequences)))

    origins = nonkanji_origins([*shift_jis.values(), *glibc.values(), *JIS_X_0201_ROMAN], cp932.values())
    kanji = mj_characters(database)
    rows = ((sequence(text), joined(origin for origin in ORIGINS if origin in origins[text]))
            for text in sorted(origins) if text not in kanji)
    write(out / "nonkanji.tsv", ("sequence", "origins"), rows)
