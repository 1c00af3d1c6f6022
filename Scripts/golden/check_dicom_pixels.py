# SPDX-License-Identifier: Apache-2.0
"""What pydicom decodes from the test files of its own package, for a test of cxr to compare.

    python3 -m venv .venv
    .venv/bin/pip install numpy==2.4.6 pydicom==3.0.2 pylibjpeg==2.1.0 pylibjpeg-libjpeg==2.5.0 \\
      pylibjpeg-openjpeg==2.6.0 pylibjpeg-rle==2.2.0
    .venv/bin/python Scripts/golden/check_dicom_pixels.py FOLDER
    CXR_PYDICOM_FILES=FOLDER swift test --filter PydicomTests

Writes FOLDER/expected.json, a list of what is known of each file: for gray single frames of 8 or
16 bits the SHA-256 of the stored values as little-endian 32-bit integers, and a sample of what
pydicom shows after modality and VOI transformations, stretched over 0...65535; for lossy JPEG, whose
decoders differ by a level, a sample of the stored values; for all others why
cxr has to refuse them, or that pydicom does not read them either.
"""
import hashlib
import json
import pathlib
import sys
import warnings

import numpy
import pydicom
from pydicom.data import get_testdata_files
from pydicom.pixels import apply_modality_lut, apply_voi_lut

warnings.simplefilter("ignore")
SAMPLE_COUNT = 500
# Elements without types in a file whose elements have types.
MIXED = {"SC_rgb_jpeg.dcm"}
LOSSY_JPEG = {"1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51"}


def reason_to_refuse(dataset):
    """A word that cxr's error has to contain, or None."""
    syntax = dataset.file_meta.get("TransferSyntaxUID") if "file_meta" in dir(dataset) else None
    supported = {"1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2"} | {
        f"1.2.840.10008.1.2.{end}"
        for end in ("4.50", "4.51", "4.57", "4.70", "4.80", "4.81", "4.90", "4.91", "5")
    }
    if pathlib.Path(dataset.filename).name in MIXED:
        return "damaged"
    if syntax == "1.2.840.10008.1.2.1.99":
        return "deflated"
    if syntax is not None and syntax not in supported:
        return str(syntax)
    if "PixelData" not in dataset:
        # Some of these are no files for a reader of images in other ways, too.
        return ""
    if int(dataset.get("NumberOfFrames") or 1) > 1:
        return "frames"
    if dataset.SamplesPerPixel != 1 or not dataset.PhotometricInterpretation.startswith("MONO"):
        return "colours"
    if dataset.BitsAllocated not in (8, 16):
        return f"take {dataset.BitsAllocated} bits"
    return None


def shown(dataset, pixels):
    """Rescaled, windowed and stretched, as floats from 0 to 65535."""
    values = apply_modality_lut(pixels, dataset).astype(float)
    if "VOILUTSequence" in dataset:
        table = dataset.VOILUTSequence[0].LUTDescriptor
        values = apply_voi_lut(apply_modality_lut(pixels, dataset), dataset, prefer_lut=True)
        return values / (2 ** table[2] - 1) * 65535
    if "WindowWidth" in dataset:
        # pydicom stretches over the stored range, after slope and intercept.
        low, high = (-(2 ** (dataset.BitsStored - 1)), 2 ** (dataset.BitsStored - 1) - 1)
        if dataset.PixelRepresentation == 0:
            low, high = 0, 2**dataset.BitsStored - 1
        slope = float(dataset.get("RescaleSlope", 1))
        intercept = float(dataset.get("RescaleIntercept", 0))
        low, high = sorted((low * slope + intercept, high * slope + intercept))
        values = apply_voi_lut(values, dataset, prefer_lut=False)
        return (values - low) / (high - low) * 65535
    extent = values.max() - values.min()
    return (values - values.min()) / extent * 65535 if extent else values * 0


def describe(path):
    entry = {"path": str(path), "name": path.name}
    try:
        dataset = pydicom.dcmread(path)
    except Exception:
        try:
            dataset = pydicom.dcmread(path, force=True)
            entry["forced"] = True
        except Exception as error:
            return entry | {"unreadable": str(error)[:80]}
    try:
        entry["refusal"] = reason_to_refuse(dataset)
    except Exception as error:
        return entry | {"unreadable": str(error)[:80]}
    if entry["refusal"] is not None:
        return entry
    try:
        pixels = dataset.pixel_array
    except Exception as error:
        return entry | {"unreadable": str(error)[:80]}
    entry["transferSyntax"] = dataset.file_meta.get("TransferSyntaxUID")
    entry["height"], entry["width"] = pixels.shape
    step = max(1, pixels.size // SAMPLE_COUNT)
    entry["sampleStep"] = step
    if entry["transferSyntax"] in LOSSY_JPEG:
        # Decoders differ in their arithmetic by a level.
        entry["storedSample"] = [int(value) for value in pixels.ravel()[::step]]
        return entry
    entry["sha256"] = hashlib.sha256(pixels.astype("<i4").tobytes()).hexdigest()
    try:
        levels = shown(dataset, pixels)
        if dataset.PhotometricInterpretation == "MONOCHROME1":
            levels = 65535 - levels
        entry["sample"] = [round(float(v), 2) for v in levels.ravel()[::step]]
    except Exception as error:
        entry["notShown"] = str(error)[:80]
    return entry


folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
base = pathlib.Path(pydicom.data.__file__).parent
paths = sorted(p for p in base.rglob("*.dcm") if p.is_file())
entries = [describe(path) for path in paths]
(folder / "expected.json").write_text(json.dumps(entries, indent=1))
for key in ("sha256", "refusal", "unreadable"):
    print(key, sum(entry.get(key) is not None for entry in entries))
