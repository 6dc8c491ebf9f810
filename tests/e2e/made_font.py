"""Fonts of made-up characters of straight strokes, for the tests of the glyph search. Made here, so they are under the
licence of the project."""
import random
import struct


def strokes(number, thick=40, wander=0):
    """Boxes (left, bottom, right, top) of character `number`; `wander`: drawn by another hand."""
    shape, hand = random.Random(number), random.Random(number * 7919 + thick)
    boxes = []
    for _ in range(5 + number % 4):
        row, start = shape.randrange(8) * 110 - 60, shape.randrange(4) * 110 + 50
        end, across = start + 330 + shape.randrange(3) * 110, shape.randrange(2) == 0
        a, b, c = (at + (hand.randint(-wander, wander) if wander else 0)
                   for at in ((start, end, row) if across else (start - 110, end - 110, row + 110)))
        boxes.append((a, c, b, c + thick) if across else (c, a, c + thick, b))
    return boxes


def outline(boxes):
    points = [p for l, b, r, t in boxes for p in ((l, b), (l, t), (r, t), (r, b))]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    data = struct.pack(">5h", len(boxes), min(xs), min(ys), max(xs), max(ys))
    data += b"".join(struct.pack(">H", 4 * i + 3) for i in range(len(boxes))) + b"\0\0" + b"\1" * len(points)
    for values in (xs, ys):
        data += b"".join(struct.pack(">h", v - w) for v, w in zip(values, [0] + values))
    return data + b"\0" * (-len(data) % 4)


def font(glyphs):
    """The bytes of a TrueType font; glyphs: [(code point, glyph name, boxes)], no boxes: an empty glyph."""
    glyphs = sorted(glyphs)
    count = len(glyphs) + 1
    glyf, loca = b"", [0, 0]
    for _, _, boxes in glyphs:
        glyf += outline(boxes) if boxes else b""
        loca.append(len(glyf))
    groups = b"".join(struct.pack(">3I", cp, cp, i + 1) for i, (cp, _, _) in enumerate(glyphs))
    cmap = struct.pack(">HHHHIHHIII", 0, 1, 3, 10, 12, 12, 0, 16 + len(groups), 0, len(glyphs)) + groups
    post = struct.pack(">I28xHH", 0x20000, count, 0) + b"".join(struct.pack(">H", 258 + i) for i in range(count - 1))
    post += b"".join(bytes([len(name)]) + name.encode() for _, name, _ in glyphs)
    tables = {
        b"cmap": cmap, b"glyf": glyf + b"\0" * 4,
        b"head": struct.pack(">IIIIHH16x4hHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, 0, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">Ihh26xH", 0x10000, 800, -200, count), b"hmtx": struct.pack(">Hh", 1000, 0) * count,
        b"loca": b"".join(struct.pack(">I", at) for at in loca), b"maxp": struct.pack(">IH26x", 0x10000, count),
        b"post": post}
    start, directory, body = 12 + 16 * len(tables), struct.pack(">IHHHH", 0x10000, len(tables), 128, 3, 0), b""
    for tag in sorted(tables):
        directory += tag + struct.pack(">III", 0, start + len(body), len(tables[tag]))
        body += tables[tag] + b"\0" * (-len(tables[tag]) % 4)
    return directory + body


def reference(numbers):
    """A reference font: glyphs mjNNNNNN."""
    return font([(0x4E00 + n, f"mj{n:06d}", strokes(n)) for n in numbers])


def gaiji(numbers):
    """The same characters by another hand, U+E000 + n; U+E000 itself is empty."""
    return font([(0xE000, "empty", [])] + [(0xE000 + n, f"g{n}", strokes(n, 60, 12)) for n in numbers])
