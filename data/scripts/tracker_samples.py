#!/usr/bin/env python3
"""Makes the sample sheets of the tracker in data/samples again: made-up values in the published layouts.

    python3 data/scripts/tracker_samples.py            replaces them
    python3 data/scripts/tracker_samples.py --check    compares instead; exit 1 and a list on any difference

Every value is drawn at random from a fixed seed and says nothing of the municipality beside it.
"""
import csv
import io
import random
import sys
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent
PREFECTURE = ("280003", "兵庫県")


def table(name):
    with open(DATA / name, encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def text(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def mic_rates(choose, bodies, businesses):
    columns = sorted((b for b in businesses if b["order_mic"]), key=lambda b: int(b["order_mic"]))
    rows = [["令和8年1月末時点 進捗状況（見本: 値は架空）"],
            ["都道府県", "市区町村", "全体完了率"] + [b["label_mic"] for b in columns]]
    for body in bodies:
        level = choose.uniform(0.3, 1.1)
        steps = [max(0, min(40, round(40 * choose.gauss(level, 0.2)))) for _ in columns]
        rows.append([PREFECTURE[1], body["name"], f"{sum(steps) / 800:.4f}"] + [str(n / 40) for n in steps])
    return text(rows)


def da_late(choose, bodies, businesses):
    columns = sorted(businesses, key=lambda b: int(b["order_da"]))
    rows = [["特定移行支援システムの該当見込み（令和7年12月末時点）（見本: 値は架空）"], [],
            ["団体コード", "自治体名", "自治体区分"] + [b["label_da"] for b in columns]]
    for body in bodies:
        share = choose.choice([0, 0.1, 0.3, 0.6])
        marks = ["●" if choose.random() < share else "" for _ in columns]
        if any(marks):
            rows.append([body["code"], PREFECTURE[1] + body["name"], body["class"]] + marks)
    return text(rows)


def golive():
    return text([["団体コード", "団体名", "業務", "運用開始の計画日", "運用開始の見込日", "理由", "報告者"],
                 ["282014", "姫路市", "住民記録", "令和8年2月1日", "2026-03-20", "試験の延長", "情報政策課"],
                 ["282065", "芦屋市", "国民健康保険", "2026/3/1", "", "", ""]])


def main():
    bodies = [row for row in table("municipalities.tsv") if row["prefecture"] == PREFECTURE[0]]
    businesses = table("businesses.tsv")
    choose = random.Random(20260131)
    made = {"mic_rates.csv": mic_rates(choose, bodies, businesses), "da_late.csv": da_late(choose, bodies, businesses),
            "golive.csv": golive()}
    differing = [name for name, content in made.items() if (DATA / "samples" / name).read_text(encoding="utf-8") != content]
    if sys.argv[1:] == ["--check"]:
        for name in differing:
            print(f"differs: data/samples/{name}", file=sys.stderr)
        return 1 if differing else 0
    if sys.argv[1:]:
        print("usage: tracker_samples.py [--check]", file=sys.stderr)
        return 2
    for name in differing:
        (DATA / "samples" / name).write_text(made[name], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
