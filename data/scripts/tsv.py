"""The one way a table is written and read here: UTF-8, LF, tabs, one header line, an empty cell for nothing."""

import csv


def code_point(character):
    return "U+%04X" % ord(character)


def sequence(text):
    """`邉󠄏` -> `U+9089 U+E010F`; nothing stays nothing."""
    return " ".join(map(code_point, text)) if text else None


def joined(values):
    """A list inside one cell. A comma inside a value would be read as two values, so it is refused."""
    values = list(values)
    for value in values:
        if "," in value:
            raise ValueError("a comma inside a list cell: %r" % value)
    return ",".join(values)


def cell(value):
    text = "" if value is None else str(value)
    if any(character in text for character in "\t\r\n"):
        raise ValueError("a tab or a line break inside a cell: %r" % text)
    return text


def write(path, columns, rows):
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        out.write("\t".join(columns) + "\n")
        for row in rows:
            if len(row) != len(columns):
                raise ValueError("%s: %d cells for %d columns" % (path, len(row), len(columns)))
            out.write("\t".join(map(cell, row)) + "\n")


def read(path):
    """The rows as dictionaries of strings."""
    with open(path, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
