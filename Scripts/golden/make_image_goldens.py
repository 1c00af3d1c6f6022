# SPDX-License-Identifier: Apache-2.0
"""What other libraries make of small images that are defined by a formula.

Writes the files of Tests/CXRImageTests/Golden:

    python3 Scripts/golden/make_image_goldens.py Tests/CXRImageTests/Golden

Needs numpy, pillow, opencv-python-headless, torch, torchvision, scipy, scikit-image, imagehash,
pytorch-msssim and torchmetrics. No picture is read: both sides make theirs from whole numbers.
"""
import importlib.metadata
import json
import pathlib
import sys

import cv2
import imagehash
import numpy as np
import torch
from PIL import Image
from scipy import ndimage

# torchvision refuses to load beside a wheel of torch that lacks these operators.
STUBS = torch.library.Library("torchvision", "DEF")
for operator in ("nms", "qnms", "roi_align"):
    STUBS.define(f"{operator}(Tensor a) -> Tensor")

import torchvision.transforms.functional as vision  # noqa: E402
from torchvision.transforms import InterpolationMode  # noqa: E402

SIZES = [(37, 29, 11, 8), (24, 16, 6, 4), (9, 12, 13, 15), (20, 9, 8, 14), (14, 7, 14, 4)]


def picture(width, height, seed, bits=8):
    """Smooth slopes with a texture on top; wraps at the depth's maximum."""
    y, x = np.mgrid[0:height, 0:width].astype(np.int64)
    texture = ((x * 37 + y * 91 + seed * 53) % 61) * 4
    value = x * x * 7 + y * y * 11 + x * y * 3 + texture + seed * 17
    if bits == 16:
        value = value * 61
    return (value % (1 << bits)).astype(np.uint8 if bits == 8 else np.uint16)


def flat(array):
    return np.asarray(array).ravel().tolist()


def whole(array):
    return flat(np.rint(array).astype(int))


def short(array):
    """Floats of about 1 with as many digits as single precision has."""
    return [round(float(value), 7) for value in np.asarray(array, np.float64).ravel()]


def agreed(first, second):
    """The first of two results, which must be the same but for rounding."""
    np.testing.assert_allclose(first, second, atol=1e-6)
    return short(first)


def pillow(array, size, mode):
    return np.asarray(Image.fromarray(array).resize(size, mode))


def torch_resized(array, size, **options):
    tensor = torch.from_numpy(np.ascontiguousarray(array))[None, None]
    return torch.nn.functional.interpolate(tensor, (size[1], size[0]), **options)[0, 0].numpy()


def corner_bilinear(array, size):
    """TensorFlow 1 without corner alignment, as its documentation gives it."""
    result = np.asarray(array, np.float64)
    for axis, count in ((1, size[0]), (0, size[1])):
        length = result.shape[axis]
        at = np.arange(count) * (length / count)
        low = np.floor(at).astype(int)
        high = np.minimum(low + 1, length - 1)
        share = (at - low).reshape((-1, 1) if axis == 0 else (1, -1))
        result = result.take(low, axis) * (1 - share) + result.take(high, axis) * share
    return result


def resize():
    cases = []
    for index, (width, height, new_width, new_height) in enumerate(SIZES):
        size = (new_width, new_height)
        byte, word = picture(width, height, index), picture(width, height, index, 16)
        unit = (word / np.float32(65535)).astype(np.float32)
        # OpenCV has the rule only for both sides shrinking or both growing.
        same_way = (new_width <= width) == (new_height <= height)
        rows = {
            "bilinear": [
                flat(pillow(byte, size, Image.BILINEAR)), flat(pillow(word, size, Image.BILINEAR)),
                agreed(
                    pillow(unit, size, Image.BILINEAR),
                    torch_resized(unit, size, mode="bilinear", antialias=True))],
            "bicubic": [
                flat(pillow(byte, size, Image.BICUBIC)), flat(pillow(word, size, Image.BICUBIC)),
                agreed(
                    pillow(unit, size, Image.BICUBIC),
                    torch_resized(unit, size, mode="bicubic", antialias=True))],
            "lanczos": [
                flat(pillow(byte, size, Image.LANCZOS)), flat(pillow(word, size, Image.LANCZOS)),
                short(pillow(unit, size, Image.LANCZOS))],
            "nearest": [
                # Pillow's running sum may fall short of a pixel that it should just reach.
                *(whole(torch_resized(value.astype(np.float64), size, mode="nearest-exact"))
                  for value in (byte, word)),
                short(torch_resized(unit, size, mode="nearest-exact"))],
            "adaptive-area": [
                *(whole(torch_resized(value.astype(np.float64), size, mode="area"))
                  for value in (byte, word)),
                short(torch_resized(unit, size, mode="area"))],
            "point-bilinear": [
                flat(cv2.resize(byte, size, interpolation=cv2.INTER_LINEAR)),
                flat(cv2.resize(word, size, interpolation=cv2.INTER_LINEAR)),
                short(torch_resized(unit, size, mode="bilinear", antialias=False))],
            "corner-bilinear": [
                *(whole(corner_bilinear(value, size)) for value in (byte, word)),
                short(corner_bilinear(unit, size))],
        }
        if same_way:
            rows["area"] = [
                *(flat(cv2.resize(value, size, interpolation=cv2.INTER_AREA))
                  for value in (byte, word)),
                short(cv2.resize(unit, size, interpolation=cv2.INTER_AREA))]
        cases += [
            {"filter": name, "seed": index, "from": [width, height], "to": list(size),
             "bytes": values[0], "words": values[1], "floats": values[2]}
            for name, values in rows.items()
        ]
    return cases


def geometry():
    """Affine maps of torchvision (outside is 0) and of SciPy (outside is a value)."""
    unit = picture(21, 18, 3) / np.float32(255)
    tensor = torch.from_numpy(unit.astype(np.float32))[None]
    affine = []
    for angle, shift, scale, shear in [
            (0, (0, 0), 1, (0, 0)), (10, (0, 0), 1, (0, 0)), (-25, (3, -2), 1, (0, 0)),
            (0, (0, 0), 1.3, (0, 0)), (7, (-4, 5), 0.8, (6, 0)), (90, (0, 0), 1, (0, 0)),
            (15, (1, 2), 1.1, (-8, 5))]:
        result = vision.affine(
            tensor, angle, list(shift), scale, list(shear), InterpolationMode.BILINEAR)
        affine.append({"angle": angle, "shift": shift, "scale": scale, "shear": shear,
                       "pixels": short(result)})
    # The same rotation by SciPy, rows first, with a value outside.
    radians = np.deg2rad(10)
    turn = np.array([[np.cos(radians), -np.sin(radians)], [np.sin(radians), np.cos(radians)]])
    center = (np.array(unit.shape) - 1) / 2
    filled = ndimage.affine_transform(
        unit.astype(np.float64), turn, center - turn @ center, order=1, mode="grid-constant",
        cval=0.25)
    crops = []
    for width, height, side in [(7, 9, 4), (8, 8, 5), (9, 12, 5), (10, 11, 7), (6, 15, 6)]:
        value = torch.from_numpy(picture(width, height, 5))[None]
        # torchxrayvision's and albumentations' offsets, from their documentation.
        crops.append({
            "from": [width, height], "side": side,
            "torchvision": flat(vision.center_crop(value, [side, side])),
            "torchxrayvision": flat(value[0][
                height // 2 - side // 2:, width // 2 - side // 2:][:side, :side]),
            "albumentations": flat(value[0][(height - side) // 2:, (width - side) // 2:][
                :side, :side])})
    return {"affine": affine, "filled": {"angle": 10, "fill": 0.25, "pixels": short(filled)},
            "crops": crops, "randomCrops": random_crops()}


MASK = (1 << 64) - 1


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def words(seed, purpose, index):
    """The stream of CXRCore's RandomStream."""
    digest = 0xCBF29CE484222325
    for byte in purpose.encode():
        digest = ((digest ^ byte) * 0x100000001B3) & MASK
    state = mix(mix(seed ^ digest) ^ ((index + 1) * 0xD1342543DE82EF95 & MASK))
    return [mix((state + (i + 1) * 0x9E3779B97F4A7C15) & MASK) for i in range(64)]


class Draws:
    """Feeds torchvision from a stream: four words an attempt, as RandomCrop reads them."""

    def __init__(self, stream):
        self.stream, self.attempt, self.part = stream, -1, 0

    def uniform(self, tensor, low, high):
        self.attempt, self.part = (self.attempt + 1, 0) if low == self.low else (self.attempt, 1)
        word = self.stream[4 * self.attempt + self.part]
        return tensor.fill_(low + (high - low) * ((word >> 11) * 2.0**-53))

    def randint(self, low, high, size):
        self.part = 2 if self.part < 2 else 3
        word = self.stream[4 * self.attempt + self.part]
        return torch.tensor([((word >> 32) * high) >> 32])


def random_crops():
    """Regions that torchvision's RandomResizedCrop takes when the stream decides."""
    from unittest import mock

    from torchvision.transforms import RandomResizedCrop

    # Single precision would round the uniform numbers.
    torch.set_default_dtype(torch.float64)
    cases = []
    for seed, (width, height, area, ratio) in enumerate(
            [(200, 100, (0.08, 1.0), (3 / 4, 4 / 3))] * 6
            + [(64, 64, (0.8, 1.0), (3 / 4, 4 / 3))] * 4
            + [(300, 20, (0.9, 1.0), (3 / 4, 4 / 3)), (20, 300, (0.9, 1.0), (3 / 4, 4 / 3))]):
        draws = Draws(words(seed, "augment.crop", 0))
        draws.low = area[0]
        with mock.patch.object(
                torch.Tensor, "uniform_", lambda self, low, high: draws.uniform(self, low, high)
        ), mock.patch.object(torch, "randint", draws.randint):
            region = RandomResizedCrop.get_params(
                torch.zeros(1, height, width), list(area), list(ratio))
        cases.append({"seed": seed, "size": [width, height], "area": area, "ratio": ratio,
                      "region": list(region)})
    torch.set_default_dtype(torch.float32)
    return cases


def intensity():
    cases = []
    for seed, (width, height) in enumerate([(24, 20), (31, 7), (16, 16)]):
        byte = picture(width, height, seed) // (1 + seed) + 10 * seed
        word = picture(width, height, seed, 16)
        cases.append({
            "seed": seed, "size": [width, height],
            "equalized": flat(cv2.equalizeHist(byte)),
            "mean": float(byte.mean()), "deviation": float(byte.std()),
            "wordMean": float(word.mean()), "wordDeviation": float(word.std()),
            "percentiles": [float(np.percentile(word, q)) for q in (0, 0.5, 2.5, 50, 99, 100)]})
    unit = torch.from_numpy(picture(12, 10, 4) / np.float32(255))[None]
    return {
        "images": cases,
        "brightness": [{"factor": f, "pixels": short(vision.adjust_brightness(unit, f))}
                       for f in (0.6, 1.0, 1.5)],
        "contrast": [{"factor": f, "pixels": short(vision.adjust_contrast(unit, f))}
                     for f in (0.6, 1.0, 1.5)]}


def hashes():
    cases = []
    for seed, (width, height) in enumerate([(64, 64), (100, 80), (57, 91), (32, 32), (200, 150)]):
        image = Image.fromarray(picture(width, height, seed))
        cases.append({"seed": seed, "size": [width, height], "phash": str(imagehash.phash(image)),
                      "dhash": str(imagehash.dhash(image))})
    return cases


def similarity():
    import pytorch_msssim
    from torchmetrics.functional.image import (
        multiscale_structural_similarity_index_measure as torchmetrics_ms_ssim,
        structural_similarity_index_measure as torchmetrics_ssim)

    cases = []
    for width, height in [(176, 177), (200, 183), (256, 192)]:
        first = picture(width, height, 1)
        second = np.clip(first.astype(int) + picture(width, height, 2) // 8 - 16, 0, 255)
        a, b = (torch.from_numpy(v.astype(np.float64))[None, None] for v in (first, second))
        cases.append({
            "size": [width, height],
            "unpadded": [float(f(a, b, data_range=255)) for f in (
                pytorch_msssim.ssim, pytorch_msssim.ms_ssim)],
            "reflected": [float(f(a, b, data_range=255.0)) for f in (
                torchmetrics_ssim, torchmetrics_ms_ssim)]})
    return cases


PACKAGES = [
    "numpy", "pillow", "opencv-python-headless", "torch", "torchvision", "scipy", "imagehash",
    "pytorch-msssim", "torchmetrics"]


def main():
    folder = pathlib.Path(sys.argv[1])
    head = {
        "source": "Scripts/golden/make_image_goldens.py",
        "versions": {name: importlib.metadata.version(name) for name in PACKAGES}}
    for name, make in (
            ("resize", resize), ("geometry", geometry), ("intensity", intensity),
            ("hashes", hashes), ("similarity", similarity)):
        text = json.dumps(head | {name: make()}, separators=(",", ":"))
        # One case a line, so that a change shows as a change of that case.
        (folder / f"{name}.json").write_text(text.replace("},{", "},\n{") + "\n")


if __name__ == "__main__":
    main()
