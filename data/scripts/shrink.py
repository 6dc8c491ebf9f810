"""MJ縮退マップ and 法務省告示582号 別表第四 as tables."""

from tsv import code_point, write

# key, table of the map, its name there, where it comes from; in the order in which IPA's reference picker trusts them,
# then the tables it does not use, last the pairs it excludes (別字: a different character).
RELATIONS = (
    ("jis_unification", "JIS包摂規準UCS統合規則", "JIS包摂規準・UCS統合規則", "JIS X 0213, ISO/IEC 10646"),
    ("min2_5202", "民二5202号通知別表_正字俗字等対照表", "民二5202号通知別表 正字・俗字等対照表", "法務省民二第5202号通知"),
    ("koseki", "戸籍統一文字情報_親字正字", "戸籍統一文字情報 親字・正字", "法務省 戸籍統一文字情報"),
    ("min1_2842", "民一2842号通達別表_誤字俗字正字一覧表_無印", "民一2842号通達別表 誤字俗字・正字一覧表 無印", "法務省民一第2842号通達"),
    ("min1_2842_zokuji", "民一2842号通達別表_誤字俗字正字一覧表_俗字", "民一2842号通達別表 誤字俗字・正字一覧表 俗字",
     "法務省民一第2842号通達"),
    ("notice582_1", "法務省告示582号別表第四_一", "法務省告示582号別表第四 一", "平成23年法務省告示第582号"),
    ("notice582_2", "法務省告示582号別表第四_二", "法務省告示582号別表第四 二", "平成23年法務省告示第582号"),
    ("dictionary", "辞書類等による関連字", "辞書類等による関連字", "MJ縮退マップ"),
    ("inference", "読み字形による類推", "読み・字形による類推", "MJ縮退マップ"),
    ("min1_2842_betsuji", "民一2842号通達別表_誤字俗字正字一覧表_別字", "民一2842号通達別表 誤字俗字・正字一覧表 別字",
     "法務省民一第2842号通達"),
)
RANKED = {"notice582_1": '"順位", NULL', "notice582_2": '"順位", NULL', "koseki": 'NULL, "ホップ数"'}


def shrink_rows(database):
    rows = []
    for order, (key, table, _, _) in enumerate(RELATIONS, 1):
        query = 'SELECT "MJ文字図形名", "縮退UCS", "縮退X0213", %s FROM "mjsm_%s"' % (RANKED.get(key, "NULL, NULL"), table)
        for name, target, x0213, rank, hops in database.execute(query):
            rows.append((name, order, rank or 0, hops or 0, x0213, key, target, rank, hops))
    rows.sort(key=lambda row: row[:6])
    return ((name, key, code_point(target), x0213, rank, hops)
            for name, _, _, _, x0213, key, target, rank, hops in rows)


def write_shrink(database, out):
    write(out / "mj_shrink.tsv", ("name", "relation", "target", "x0213", "rank", "hops"), shrink_rows(database))
    relations = [(key, title, order, source) for order, (key, _, title, source) in enumerate(RELATIONS, 1)]
    write(out / "mj_shrink_relations.tsv", ("key", "name_ja", "order", "source"), relations)
    notes = database.execute('SELECT "MJ文字図形名", "参考情報" FROM mjsm_note ORDER BY 1')
    write(out / "mj_shrink_notes.tsv", ("name", "note"), notes)


def write_notice582(database, out):
    """表一 is 異体字, 表二 is 類字: the rows of the map's tables 一 and 二 are theirs. A code without UCS stays a code."""
    rows = []
    for number, table in enumerate(("nyukan_itaiji", "nyukan_ruiji"), 1):
        query = 'SELECT "簡体字等の文字コード等", "簡体字等のUCS", "正字の文字コード等", "正字のUCS", "順位" FROM ' + table
        for source_code, source, target_code, target, rank in database.execute(query):
            rows.append((int(source_code, 16), number, rank, source_code, source, target_code, target))
    columns = ("source", "source_code", "table", "rank", "target", "target_code")
    write(out / "notice582.tsv", columns,
          ((*either(source, source_code), number, rank, *either(target, target_code))
           for _, number, rank, source_code, source, target_code, target in sorted(rows, key=lambda row: row[:3])))


def either(character, code):
    """The code point, or else the code as the MJ list writes it (0xE400)."""
    return (code_point(character), None) if character else (None, "0x" + code.upper())


def make(database, out):
    write_shrink(database, out)
    write_notice582(database, out)
