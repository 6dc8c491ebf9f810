"""A TrueType font made from rectangles: for tests that need an office's gaiji font or a reference font, free of any licence.

Shapes are strokes in an em of 1000 units, y upwards, as a list of (left, bottom, right, top). Python's standard library only.
"""
import random
import struct


def strokes(seed, count=7):
    """A made-up character: horizontal and vertical strokes in the em box, the same for the same seed."""
    choose = random.Random(seed)
    found = []
    for _ in range(count):
        thick, length = choose.randrange(40, 80), choose.randrange(250, 800)
        x, y = choose.randrange(50, 950 - length), choose.randrange(0, 780)
        found.append((x, y - 100, x + length, y - 100 + thick) if choose.random() < .5 else (y + 60, x - 120, y + 60 + thick, x - 120 + length))
    return found


def moved(shape, dx=0, dy=0):
    return [(a + dx, b + dy, c + dx, d + dy) for a, b, c, d in shape]


def _glyph(shape):
    if not shape:
        return b""
    points, ends = [], []
    for left, bottom, right, top in shape:
        points += [(left, bottom), (left, top), (right, top), (right, bottom)]  # clockwise
        ends.append(len(points) - 1)
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    head = struct.pack(">hhhhh", len(shape), min(xs), min(ys), max(xs), max(ys))
    ends = struct.pack(f">{len(ends)}H", *ends)
    deltas = b""
    for values in (xs, ys):
        before = 0
        for value in values:
            deltas += struct.pack(">h", value - before)
            before = value
    data = head + ends + struct.pack(">H", 0) + b"\x01" * len(points) + deltas
    return data + b"\0" * (-len(data) % 4)


def font(glyphs, family="Hyojun Test"):
    """`glyphs`: (code point or 0, glyph name, shape). The bytes of the font."""
    glyphs = [(0, ".notdef", [(100, 0, 900, 40)])] + list(glyphs)
    outlines = [_glyph(shape) for _, _, shape in glyphs]
    places = [sum(map(len, outlines[:i])) for i in range(len(outlines) + 1)]
    mapped = sorted((code, i) for i, (code, _, _) in enumerate(glyphs) if code)
    groups = b"".join(struct.pack(">III", code, code, i) for code, i in mapped)
    cmap = struct.pack(">HHHHI", 0, 1, 3, 10, 12) + struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, len(mapped)) + groups
    indices, strings = struct.pack(">H", 0), b""
    for i, (_, name, _) in enumerate(glyphs[1:]):
        indices += struct.pack(">H", 258 + i)
        strings += bytes([len(name)]) + name.encode("ascii")
    post = struct.pack(">IIhhIIIII", 0x00020000, 0, 0, 0, 0, 0, 0, 0, 0) + struct.pack(">H", len(glyphs)) + indices + strings
    texts = [(1, family), (2, "Regular"), (4, family), (5, "Version 1.000"), (6, family.replace(" ", ""))]
    strings16 = [text.encode("utf-16-be") for _, text in texts]
    offsets = [sum(map(len, strings16[:i])) for i in range(len(texts))]
    name = struct.pack(">HHH", 0, len(texts), 6 + 12 * len(texts))
    for (number, _), text, offset in zip(texts, strings16, offsets):
        name += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(text), offset)
    tables = {
        b"cmap": cmap,
        b"glyf": b"".join(outlines) or b"\0",
        b"head": struct.pack(">IIIIHHqqhhhhHHhhh", 0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, -120, 1000, 880, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x00010000, 880, -120, 0, 1000, 0, 0, 1000, 1, 0, 0, 0, 0, 0, 0, 0, len(glyphs)),
        b"hmtx": struct.pack(">Hh", 1000, 0) * len(glyphs),
        b"loca": struct.pack(f">{len(places)}I", *places),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x00010000, len(glyphs), 400, 100, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
        b"name": name + b"".join(strings16),
        b"post": post,
    }
    out, body = struct.pack(">IHHHH", 0x00010000, len(tables), 128, 3, 16), b""
    start = 12 + 16 * len(tables)
    for tag, content in sorted(tables.items()):
        padded = content + b"\0" * (-len(content) % 4)
        check = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        out += struct.pack(">4sIII", tag, check, start + len(body), len(content))
        body += padded
    return out + body
