# SPDX-License-Identifier: Apache-2.0
"""Small DICOM files, one for each way of compressing pixels, and the values they hold.

    python3 -m venv .venv
    .venv/bin/pip install numpy==2.4.6 pydicom==3.0.2 pylibjpeg==2.1.0 pylibjpeg-libjpeg==2.5.0 \\
      pylibjpeg-openjpeg==2.6.0 pylibjpeg-rle==2.2.0 python-gdcm==3.2.6 pillow==13.0.0
    .venv/bin/python Scripts/golden/make_dicom_fixtures.py > Tests/CXRImageTests/Golden/dicom.json

Files are written by GDCM; what is expected of them is what went in, or for those compressed with
loss what Pillow (baseline) or pydicom with pylibjpeg decodes.
"""
import base64
import io
import json
import pathlib
import sys
import tempfile

import gdcm
import numpy
import PIL.Image
import pydicom
from pydicom.encaps import generate_frames

WIDTH, HEIGHT = 15, 10
KINDS = [
    ("run lengths", gdcm.TransferSyntax.RLELossless, (8, 12, 16), True),
    ("JPEG baseline", gdcm.TransferSyntax.JPEGBaselineProcess1, (8,), False),
    ("JPEG lossless", gdcm.TransferSyntax.JPEGLosslessProcess14, (12,), True),
    ("JPEG lossless SV1", gdcm.TransferSyntax.JPEGLosslessProcess14_1, (8, 12, 16), True),
    ("JPEG-LS", gdcm.TransferSyntax.JPEGLSLossless, (8, 12, 16), True),
    ("JPEG-LS near-lossless", gdcm.TransferSyntax.JPEGLSNearLossless, (8, 12), False),
    ("JPEG 2000", gdcm.TransferSyntax.JPEG2000Lossless, (8, 12, 16), True),
    ("JPEG 2000, loss allowed", gdcm.TransferSyntax.JPEG2000, (8, 12), False),
]


def pixels_of(bits, is_signed):
    y, x = numpy.mgrid[0:HEIGHT, 0:WIDTH]
    values = (x * 5 + y * 3) % 64 * 2 ** (bits - 6) + (x * y) % 3
    return values - 2 ** (bits - 1) if is_signed else values


def uncompressed(bits, is_signed, values):
    dataset = pydicom.Dataset()
    dataset.file_meta = pydicom.dataset.FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = pydicom.uid.ExplicitVRLittleEndian
    dataset.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
    dataset.file_meta.MediaStorageSOPInstanceUID = "2.25.1"
    dataset.SOPClassUID, dataset.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.7", "2.25.1"
    dataset.Rows, dataset.Columns, dataset.SamplesPerPixel = HEIGHT, WIDTH, 1
    dataset.PhotometricInterpretation = "MONOCHROME2"
    dataset.BitsAllocated = 8 if bits == 8 else 16
    dataset.BitsStored, dataset.HighBit = bits, bits - 1
    dataset.PixelRepresentation = int(is_signed)
    mask = 2**bits - 1
    dataset.PixelData = (values & mask).astype("u1" if bits == 8 else "<u2").tobytes()
    return dataset


def compressed(folder, dataset, syntax, is_lossless):
    before, after = folder / "before.dcm", folder / "after.dcm"
    dataset.save_as(before, enforce_file_format=True)
    reader = gdcm.ImageReader()
    reader.SetFileName(str(before))
    assert reader.Read()
    change = gdcm.ImageChangeTransferSyntax()
    change.SetTransferSyntax(gdcm.TransferSyntax(syntax))
    change.SetInput(reader.GetImage())
    codec = None
    if syntax == gdcm.TransferSyntax.JPEGLSNearLossless:
        codec = gdcm.JPEGLSCodec()
        codec.SetLossless(False)
        codec.SetLossyError(3)
        change.SetUserCodec(codec)
    if not change.Change():
        return None
    writer = gdcm.ImageWriter()
    writer.SetFileName(str(after))
    writer.SetFile(reader.GetFile())
    writer.SetImage(change.GetOutput())
    assert writer.Write()
    return after.read_bytes()


cases = []
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    for kind, syntax, depths, is_lossless in KINDS:
        for bits in depths:
            for is_signed in (False, True) if is_lossless else (False,):
                values = pixels_of(bits, is_signed)
                dataset = uncompressed(bits, is_signed, values)
                data = compressed(folder, dataset, syntax, is_lossless)
                label = f"{kind}, {bits} bits" + (", signed" if is_signed else "")
                if data is None:
                    print(f"GDCM does not write {label}", file=sys.stderr)
                    continue
                # What identifies the writer and the moment is of no use here.
                (folder / "after.dcm").write_bytes(data)
                written = pydicom.dcmread(folder / "after.dcm")
                for keyword in ("InstanceCreationDate", "ImageComments", "DerivationDescription"):
                    if keyword in written:
                        del written[keyword]
                if "SourceImageSequence" in written:
                    del written.SourceImageSequence
                written.SOPInstanceUID = written.file_meta.MediaStorageSOPInstanceUID = "2.25.1"
                written.save_as(folder / "after.dcm")
                data = (folder / "after.dcm").read_bytes()
                if is_lossless:
                    expected = values
                elif kind == "JPEG baseline":
                    # Decoders of lossy JPEG differ in their arithmetic; this is libjpeg's.
                    frame = next(generate_frames(written.PixelData, number_of_frames=1))
                    expected = numpy.asarray(PIL.Image.open(io.BytesIO(frame)))
                else:
                    written.pixel_array_options(decoding_plugin="pylibjpeg")
                    expected = written.pixel_array
                cases.append({
                    "name": label, "width": WIDTH, "height": HEIGHT, "bitsStored": bits,
                    "bytes": base64.b64encode(data).decode(),
                    "pixels": [int(v) for v in expected.ravel()],
                })
print("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]")
