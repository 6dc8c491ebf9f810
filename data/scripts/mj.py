"""MJ文字情報一覧表 and MJ文字情報一覧表 変体仮名編 as tables."""

from collections import defaultdict

from tsv import code_point, joined, sequence, write

SEQUENCES = ("対応するUCS", "実装したUCS", "実装したMoji_JohoコレクションIVS", "実装したSVS", "対応する互換漢字")
NUMBERS = ("戸籍統一文字番号", "住基ネット統一文字コード", "登記統一文字番号", "入管正字コード", "入管外字コード",
           "漢字施策", "X0213", "X0213_包摂連番", "X0213_包摂区分", "X0212", "総画数", "MJ文字図形バージョン")
COLUMNS = ("name", "ucs", "implemented", "ivs", "svs", "compat", "koseki", "juki", "toki", "nyukan_seiji",
           "nyukan_gaiji", "policy", "x0213", "x0213_unification_no", "x0213_class", "x0212", "strokes", "version")
DICTIONARIES = ("大漢和", "日本語漢字辞典", "新大字典", "大字源", "大漢語林")
DICTIONARY_COLUMNS = ("name", "daikanwa", "nihongo_kanji_jiten", "shindaijiten", "daijigen", "daikangorin")


def select(database, columns, table, order="MJ文字図形名"):
    names = ", ".join('"%s"' % column for column in columns)
    return database.execute('SELECT "MJ文字図形名", %s FROM "%s" ORDER BY %s' % (names, table, order))


def write_characters(database, out):
    def row(values):
        name, numbers = values[0], list(values[1 + len(SEQUENCES):])
        unification = NUMBERS.index("X0213_包摂連番")
        if numbers[unification]:
            numbers[unification] = joined(numbers[unification].split("・"))
        return [name, *map(sequence, values[1:1 + len(SEQUENCES)]), *numbers]

    write(out / "mj.tsv", COLUMNS, map(row, select(database, SEQUENCES + NUMBERS, "mji")))


def write_radicals(database, out):
    rows = select(database, ("部首", "内画数"), "mji_rsindex", "1, 2, 3")
    write(out / "mj_radicals.tsv", ("name", "radical", "strokes"), rows)


def write_readings(database, out):
    readings = defaultdict(list)
    for name, reading in select(database, ("読み",), "mji_reading"):
        readings[name].append(reading)
    rows = ((name, joined(sorted(readings[name]))) for name in sorted(readings))
    write(out / "mj_readings.tsv", ("name", "readings"), rows)


def write_notes(database, out):
    rows = [row for row in select(database, ("備考",), "mji") if row[1]]
    write(out / "mj_notes.tsv", ("name", "note"), rows)


def write_dictionaries(database, out):
    rows = [row for row in select(database, DICTIONARIES, "mji") if any(row[1:])]
    write(out / "mj_dictionaries.tsv", DICTIONARY_COLUMNS, rows)


def write_duplicate_ivs(database, out):
    rows = select(database, ("重複実装したMoji_JohoコレクションIVS",), "mji_duplicated_ivs", "1, 2")
    write(out / "mj_duplicate_ivs.tsv", ("name", "ivs"), ((name, sequence(ivs)) for name, ivs in rows))


def write_hentaigana(database, out):
    sounds = defaultdict(list)
    for name, sound in select(database, ("音価",), "mjih_phonetic", "1, 2"):
        sounds[name].append(sound)
    columns = ("文字", "CharacterName", "字母", "戸籍統一文字番号", "学術用変体仮名番号", "備考")
    rows = ((name, sequence(character), title, code_point(jibo), koseki, academic, joined(sounds[name]), note)
            for name, character, title, jibo, koseki, academic, note in select(database, columns, "mjih"))
    header = ("name", "ucs", "character_name", "jibo", "koseki", "academic_no", "phonetic", "note")
    write(out / "hentaigana.tsv", header, rows)


def make(database, out):
    write_characters(database, out)
    write_radicals(database, out)
    write_readings(database, out)
    write_notes(database, out)
    write_dictionaries(database, out)
    write_duplicate_ivs(database, out)
    write_hentaigana(database, out)
