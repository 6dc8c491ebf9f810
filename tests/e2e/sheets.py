"""Made-up sheets in the published layouts, as CSV text and as XLSX bytes. Python's standard library only."""
import io
import random
import zipfile
from xml.sax.saxutils import escape

from e2e import data_rows

MUNICIPALITIES = [row for row in data_rows("municipalities.tsv") if row["code"].startswith("28")]
BUSINESSES = list(data_rows("businesses.tsv"))
MIC = sorted((b for b in BUSINESSES if b["order_mic"]), key=lambda b: int(b["order_mic"]))
DA = sorted(BUSINESSES, key=lambda b: int(b["order_da"]))
STEPS = list(data_rows("steps.tsv"))
STATUSES = ["完了済み", "作業中", "未着手", "対象外"]


def rates(seed=1, title="令和8年1月末時点 進捗状況", bodies=None):
    """Rows of 総務省 進捗状況; the values are random and mean nothing."""
    choose = random.Random(seed)
    rows = [[title], ["都道府県", "市区町村", "全体完了率"] + [b["label_mic"] for b in MIC]]
    for body in bodies or MUNICIPALITIES:
        steps = [choose.randrange(41) for _ in MIC]
        rows.append(["兵庫県", body["name"], round(sum(steps) / 800, 4)] + [n / 40 for n in steps])
    return rows


def steps(seed=1, bodies=None):
    choose = random.Random(seed)
    rows = [["都道府県名", "市区町村名", "業務名"] + [s["name"] for s in STEPS]]
    for body in bodies or MUNICIPALITIES:
        for business in MIC:
            rows.append(["兵庫県", body["name"], business["label_mic"]] + choose.choices(STATUSES, [6, 2, 2, 1], k=40))
    return rows


def late(seed=1, title="特定移行支援システムの該当見込み（令和7年12月末時点）", share=0.5):
    choose = random.Random(seed)
    rows = [[title], [], ["団体コード", "自治体名", "自治体区分"] + [b["label_da"] for b in DA]]
    for body in MUNICIPALITIES:
        if choose.random() < share:
            rows.append([body["code"], "兵庫県" + body["name"], body["class"]] + [choose.choice(["●", ""]) for _ in DA])
    return rows


def csv(rows):
    def field(value):
        text = str(value)
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n') else text
    return "".join(",".join(map(field, row)) + "\n" for row in rows)


def column(index):
    letters = ""
    while True:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
        if index < 0:
            return letters


def cell(value, place):
    if isinstance(value, tuple):  # raw XML of the cell's inside, with attributes
        attributes, inside = value
        return f'<c r="{place}" {attributes}>{inside}</c>'
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value!r}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>' if value else ""


TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def workbook(tables):
    """A workbook with several sheets, by name."""
    whole = xlsx([], "見出し")
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    names, links, parts = "", "", {}
    for number, (name, rows) in enumerate(tables.items(), 1):
        names += f'<sheet name="{escape(name)}" sheetId="{number}" r:id="s{number}"/>'
        links += f'<Relationship Id="s{number}" Type="{relation}" Target="worksheets/sheet{number}.xml"/>'
        with zipfile.ZipFile(io.BytesIO(xlsx(rows, name))) as single:
            parts[f"xl/worksheets/sheet{number}.xml"] = single.read("xl/worksheets/sheet1.xml")
    with zipfile.ZipFile(io.BytesIO(whole)) as frame:
        for path in frame.namelist():
            text = frame.read(path).decode()
            if path == "xl/workbook.xml":
                text = text[:text.index("<sheets>")] + f"<sheets>{names}</sheets></workbook>"
            if path == "xl/_rels/workbook.xml.rels":
                text = text[:text.index("<Relationship ")] + links + "</Relationships>"
            parts.setdefault(path, text.encode())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in parts.items():
            archive.writestr(path, data)
    return out.getvalue()


def xlsx(rows, name="シート1", merged=(), strict=False, absolute=False):
    """A workbook with one sheet."""
    space = STRICT if strict else TRANSITIONAL
    relation = ("http://purl.oclc.org/ooxml/officeDocument/relationships" if strict
                else "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
    body = "".join(f'<row r="{y}">' + "".join(cell(v, f"{column(x)}{y}") for x, v in enumerate(row)) + "</row>"
                   for y, row in enumerate(rows, 1))
    merges = f'<mergeCells count="{len(merged)}">' + "".join(f'<mergeCell ref="{m}"/>' for m in merged) + "</mergeCells>" if merged else ""
    package = "http://schemas.openxmlformats.org/package/2006"
    target = "/xl/worksheets/sheet1.xml" if absolute else "worksheets/sheet1.xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
                               '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                               '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
                               '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{relation}"><sheets><sheet name="{escape(name)}" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{relation}/worksheet" Target="{target}"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{space}"><sheetData>{body}</sheetData>{merges}</worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            archive.writestr(path, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return out.getvalue()
