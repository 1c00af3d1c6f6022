# SPDX-License-Identifier: Apache-2.0
"""Small PNG and JPEG files of every kind, and the pixels that cxr must take from them.

    python3 -m venv .venv && .venv/bin/pip install numpy==2.4.6 pillow==13.0.0 pypng==0.20220715.0
    .venv/bin/python Scripts/golden/make_image_fixtures.py > Tests/CXRImageTests/Golden/images.json

PNG files are written by pypng, and what is expected of them are the samples that went in. JPEG
files are written by Pillow, and what is expected is what Pillow decodes to gray, at full size and
scaled (`draft`).
"""
import base64
import io
import json
import random

import numpy
import PIL
import PIL.Image
import png

WIDTH, HEIGHT = 13, 9


def png_cases():
    kinds = [("gray", d, dict(greyscale=True)) for d in (1, 2, 4, 8, 16)]
    kinds += [("gray with alpha", d, dict(greyscale=True, alpha=True)) for d in (8, 16)]
    kinds += [("colour", d, dict(greyscale=False)) for d in (8, 16)]
    kinds += [("colour with alpha", d, dict(greyscale=False, alpha=True)) for d in (8, 16)]
    kinds += [("palette", d, dict(palette=True)) for d in (1, 2, 4, 8)]
    kinds += [("transparent palette", 4, dict(palette=True, seeThrough=True))]
    kinds += [("gray with a transparent level", 8, dict(greyscale=True, transparent=7))]
    for name, depth, options in kinds:
        for interlaced in (False, True):
            yield png_case(name, depth, interlaced, dict(options))


def png_case(name, depth, interlaced, options):
    generator = random.Random(f"{name} {depth}")
    see_through = options.pop("seeThrough", False)
    if options.pop("palette", False):
        alpha = (1,) if see_through else ()
        colors = [
            tuple(generator.randrange(256) for _ in range(3))
            + tuple(generator.randrange(256) for _ in alpha)
            for _ in range(1 << min(depth, 5))
        ]
        options["palette"] = colors
        planes = 1
    else:
        colors = None
        planes = (1 if options["greyscale"] else 3) + (1 if options.get("alpha") else 0)
    limit = len(colors) if colors else 1 << depth
    rows = [[generator.randrange(limit) for _ in range(WIDTH * planes)] for _ in range(HEIGHT)]
    stream = io.BytesIO()
    writer = png.Writer(WIDTH, HEIGHT, bitdepth=depth, interlace=interlaced, **options)
    writer.write(stream, rows)
    first = [row[::planes] for row in rows]
    pixels = [colors[value][0] if colors else value for row in first for value in row]
    return {
        "name": f"PNG, {name}, {depth} bits" + (", interlaced" if interlaced else ""),
        "width": WIDTH, "height": HEIGHT, "bitDepth": 8 if colors else depth,
        "bytes": base64.b64encode(stream.getvalue()).decode(), "pixels": pixels,
    }


def jpeg_cases():
    width, height = 21, 14
    y, x = numpy.mgrid[0:height, 0:width]
    gray = ((x * 5 + y * 3) % 256).astype(numpy.uint8)
    color = numpy.stack([gray, (x * 11) % 256, (y * 17) % 256], axis=2).astype(numpy.uint8)
    kinds = [
        ("gray", gray, {}), ("gray, progressive", gray, dict(progressive=True)),
        ("gray, with restarts", gray, dict(restart_marker_blocks=2)),
        ("colour, 4:4:4", color, dict(subsampling=0)),
        ("colour, 4:2:2", color, dict(subsampling=1)),
        ("colour, 4:2:0", color, dict(subsampling=2)),
        ("colour, progressive", color, dict(progressive=True)),
        ("colour, stored as RGB", color, dict(keep_rgb=True)),
    ]
    for name, pixels, options in kinds:
        stream = io.BytesIO()
        PIL.Image.fromarray(pixels).save(stream, "JPEG", quality=70, optimize=True, **options)
        for divisor in (1, 2, 4, 8):
            image = PIL.Image.open(io.BytesIO(stream.getvalue()))
            # The size that is asked for is the least that Pillow may give.
            image.draft("L", (width // divisor, height // divisor))
            image = image.convert("L")
            yield {
                "name": f"JPEG, {name}, 1/{divisor}",
                "width": image.width, "height": image.height, "bitDepth": 8,
                "minimumSide": None if divisor == 1 else -(-height // divisor),
                "bytes": base64.b64encode(stream.getvalue()).decode(),
                "pixels": numpy.asarray(image).ravel().tolist(),
            }


def refused_cases():
    stream = io.BytesIO()
    PIL.Image.new("CMYK", (9, 8), (9, 8, 7, 6)).save(stream, "JPEG", optimize=True)
    yield {
        "name": "JPEG, CMYK", "width": 9, "height": 8, "bitDepth": 8, "refusal": "CMYK",
        "bytes": base64.b64encode(stream.getvalue()).decode(), "pixels": [],
    }


cases = [*png_cases(), *jpeg_cases(), *refused_cases()]
assert all(len(base64.b64decode(case["bytes"])) < 1500 for case in cases)
print("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]")
