# SPDX-License-Identifier: Apache-2.0
"""Compares cxr's reading and writing of weight files with safetensors, NumPy and PyTorch.

    python3 Scripts/golden/check_weight_files.py            everything below, in .venv/weights/files
    python3 Scripts/golden/check_weight_files.py write FOLDER
    CXR_WEIGHT_FILES=FOLDER swift test --filter PythonWeightFileTests
    python3 Scripts/golden/check_weight_files.py compare FOLDER

Makes a virtual environment below .venv unless this Python has torch and safetensors. `write` saves
tensors of every type and layout, and files that must be refused, with the bytes that Swift should
find. `compare` reads what Swift wrote: it must equal the file that Python's safetensors writes, byte
for byte, and the commands that Swift's messages recommend must convert the refused files.
"""

import collections
import json
import os
import pathlib
import pickle
import re
import shlex
import struct
import subprocess
import sys
import zipfile

from torch_peers import run_with

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
ROOT = REPOSITORY / ".venv" / "weights"


def described(value):
    """A text for a value, the same as in PythonWeightFileTests.swift."""
    import torch

    if isinstance(value, torch.Tensor):
        whole = value.detach().contiguous()
        raw = whole.reshape(-1).view(torch.uint8).numpy().tobytes() if whole.numel() else b""
        return f"{str(value.dtype)[6:]}{list(value.shape)}{raw.hex()}".replace(" ", "")
    if isinstance(value, dict):
        return "{" + ",".join(f"{described(k)}:{described(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(described, value)) + "]"
    if isinstance(value, tuple):
        return "(" + ",".join(map(described, value)) + ")"
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, int):
        if -(2**63) <= value < 2**63:
            return str(value)
        return "0x" + pickle.encode_long(value).hex()
    if isinstance(value, float):
        return struct.pack("<d", value).hex()
    if isinstance(value, str):
        return "'" + value.encode().hex() + "'"
    if isinstance(value, bytes):
        return "b'" + value.hex() + "'"
    assert isinstance(value, torch.dtype), value
    return str(value)[6:]


def tensors_of_all_types():
    import torch

    torch.manual_seed(7)
    types = [torch.bool, torch.uint8, torch.uint16, torch.uint32, torch.uint64, torch.int8, torch.int16,
             torch.int32, torch.int64, torch.float16, torch.bfloat16, torch.float32, torch.float64,
             torch.float8_e4m3fn, torch.float8_e5m2]
    tensors = {}
    for type in types:
        name = str(type)[6:]
        for shape in ([], [0], [3], [2, 0, 5], [2, 3, 1, 4]):
            count = int(torch.tensor(shape).prod()) if shape else 1
            tensors[f"{name}{shape}"] = (torch.randn(count) * 50).abs().to(type).reshape(shape)
    special = torch.tensor([float("nan"), float("inf"), float("-inf"), -0.0, 1e-40])
    tensors |= {f"special.{t}": special.to(getattr(torch, t)) for t in ("float16", "bfloat16", "float32")}
    return tensors


def odd_layouts():
    import torch

    torch.manual_seed(3)
    base = torch.arange(60, dtype=torch.float32)
    image = torch.randn(2, 3, 5, 4)
    half = torch.arange(24).half().reshape(4, 6)
    return {
        "base": base, "slice": base[7:19], "steps": base[1::7], "transposed": base.reshape(5, 12).t(),
        "expanded": base[:4].expand(3, 4), "one": base[5], "row": base.reshape(5, 12)[2],
        "column": base.reshape(5, 12)[:, 3], "overlapping": base.as_strided((4, 4), (1, 1)),
        "windows": base.unfold(0, 10, 5), "channelsLast": image.to(memory_format=torch.channels_last),
        "permuted": image.permute(3, 0, 2, 1), "halfCorner": half[1:3, 2:5], "empty": base[3:3],
        "truth": torch.tensor([[True, False], [True, True]]).t(),
        "long": torch.arange(6).reshape(2, 3).t(), "again": base, "flipped": base.flip(0),
        "parameter": torch.nn.Parameter(torch.randn(3, 2)), "frozen": torch.nn.Parameter(base[:2], False),
    }


def small_model():
    import torch

    torch.manual_seed(5)
    return torch.nn.Sequential(
        torch.nn.Conv2d(1, 3, 3), torch.nn.BatchNorm2d(3), torch.nn.Flatten(), torch.nn.Linear(12, 2))


def checkpoint():
    import torch

    model = small_model()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)
    model(torch.randn(2, 1, 4, 4)).sum().backward()
    optimizer.step()
    return {
        "state_dict": model.state_dict(), "epoch": 3, "global_step": 70_000, "loss": 0.125, "best": None,
        "optimizer_states": [optimizer.state_dict()], "lr_schedulers": [], "native_amp": False,
        "seeds": (0, -1, 255, 256, 65_536, -(2**31), 2**31, 2**63 - 1, -(2**63), 2**63, -(2**70), 2**200),
        "floats": [float("nan"), float("inf"), -0.0, 1e-310], "names": ["é", "日本", "", "a\nb", "x" * 300],
        "nested": collections.OrderedDict(a={"b": [{}, (), [[]]]}), "dtype": torch.bfloat16,
        "rng": torch.get_rng_state()[:16],
    }


def write(folder):
    import numpy
    import safetensors.torch
    import torch

    folder.mkdir(parents=True, exist_ok=True)
    files, trees, refusals, arrays = {}, {}, {}, {}

    def expect(name, tensors):
        files[name] = {key: described(value) for key, value in tensors.items()}

    everything = tensors_of_all_types()
    safetensors.torch.save_file(everything, folder / "all.safetensors", {"format": "pt", "note": 'é"\\/'})
    expect("all.safetensors", everything)
    header = b'{"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'
    (folder / "unpadded.dat").write_bytes(struct.pack("<Q", len(header)) + header + struct.pack("<f", 2.5))
    expect("unpadded.dat", safetensors.torch.load_file(folder / "unpadded.dat"))

    model = small_model().state_dict()
    names = sorted(model)
    halves = {"model-1.safetensors": names[::2], "model-2.safetensors": names[1::2]}
    for file, keys in halves.items():
        safetensors.torch.save_file({key: model[key] for key in keys}, folder / file)
    index = {"metadata": {"total_size": 1}, "weight_map": {k: f for f, keys in halves.items() for k in keys}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index, indent=2))
    expect("model.safetensors.index.json", model)

    def save(name, value, tensors=None, **options):
        torch.save(value, folder / name, **options)
        if tensors is not None:
            expect(name, tensors)
        trees[name] = described(torch.load(folder / name, weights_only=False))

    save("state.pth", model, model)
    save("model.pt", {"model": model, "epoch": 3}, model)
    save("model_state.pt", {"epoch": 1, "model_state_dict": model}, model)
    save("layouts.bin", odd_layouts(), odd_layouts())
    save("types.pt", everything, everything)
    save("parameters.pt", dict(small_model().named_parameters()), dict(small_model().named_parameters()))
    for protocol in (2, 3, 4, 5):
        state = checkpoint()
        save(f"last-{protocol}.ckpt", state, state["state_dict"], pickle_protocol=protocol)
    many = {f"layer.{n}.weight": torch.full((2, 3), float(n)) for n in range(3000)}
    save("many.pt", many, many)

    def refuse(name, *words, convert=None):
        refusals[name] = {"words": words}
        if convert is not None:
            refusals[name]["convert"] = {key: described(value) for key, value in convert.items()}

    save("legacy.pth", model, model, _use_new_zipfile_serialization=False)
    save("legacy-layouts.bin", odd_layouts(), odd_layouts(), _use_new_zipfile_serialization=False)
    state = checkpoint()
    save("legacy.ckpt", state, state["state_dict"], _use_new_zipfile_serialization=False)
    torch.save(small_model(), folder / "module.pt")
    refuse("module.pt", "data.pkl needs the Python object 'torch.nn.modules.container.Sequential'",
           convert=small_model().state_dict())
    torch.save({"state_dict": model, "when": numpy.float64(1)}, folder / "scalar.pt")
    refuse("scalar.pt", "numpy", convert=model)
    torch.save({"s": torch.eye(3).to_sparse()}, folder / "sparse.pt")
    refuse("sparse.pt", "torch._utils._rebuild_sparse_tensor")
    torch.save({"c": torch.zeros(2, dtype=torch.complex64)}, folder / "complex.pt")
    refuse("complex.pt", "torch.ComplexFloatStorage")
    torch.save({"c": torch.ones(2, dtype=torch.complex64).conj().imag}, folder / "negative.pt")
    refuse("negative.pt", "data.pkl")
    torch.jit.script(small_model()).save(str(folder / "script.pt"))
    refuse("script.pt", "TorchScript", convert=small_model().state_dict())
    torch.serialization.set_crc32_options(False)
    torch.save(model, folder / "unchecked.pt")
    torch.serialization.set_crc32_options(True)
    refuse("unchecked.pt", "unchecked.pt")
    with zipfile.ZipFile(folder / "state.pth") as source:
        for name, method, big in (("deflated.pt", zipfile.ZIP_DEFLATED, False), ("big.pt", 0, True)):
            with zipfile.ZipFile(folder / name, "w", method) as target:
                for entry in source.namelist():
                    swapped = big and entry.endswith("byteorder")
                    target.writestr(entry, b"big" if swapped else source.read(entry))
    refuse("deflated.pt", "is compressed")
    refuse("big.pt", "highest byte first")
    (folder / "plain.pkl").write_bytes(pickle.dumps({"a": 1}))
    refuse("plain.pkl", "torch.save did not write")
    numpy.savez(folder / "arrays.npz", a=numpy.zeros(2))
    refuse("arrays.npz", "0 files data.pkl")

    for code in ("?", "u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8", "f2", "f4", "f8"):
        for shape in ((), (0,), (5,), (2, 0, 3), (2, 3, 2, 2, 1)):
            values = numpy.arange(numpy.prod(shape, dtype=int)).reshape(shape).astype(code)
            name = f"{'b1' if code == '?' else code}-{len(shape)}-{values.size}"
            numpy.save(folder / f"{name}.npy", values)
            arrays[name] = [values.dtype.name, list(shape)]
            files[f"{name}.npy"] = {name: described(torch.from_numpy(values.copy()))}
    numpy.save(folder / "fortran.npy", numpy.asfortranarray(numpy.ones((2, 3))))
    refuse("fortran.npy", "C order")
    numpy.save(folder / "bigendian.npy", numpy.ones(3, ">f4"))
    refuse("bigendian.npy", ">f4")
    with open(folder / "version3.npy", "wb") as file:
        numpy.lib.format.write_array(file, numpy.ones((2, 2)), version=(3, 0))
    expect("version3.npy", {"version3": torch.ones(2, 2, dtype=torch.float64)})

    expected = {"files": files, "trees": trees, "refusals": refusals, "arrays": sorted(arrays)}
    (folder / "expected.json").write_text(json.dumps(expected))
    print(f"wrote {len(files)} files to read, {len(trees)} trees and {len(refusals)} files to refuse")


def compare(folder):
    import numpy
    import safetensors.torch
    import torch

    written = folder / "written"
    expected = json.loads((folder / "expected.json").read_text())
    count = 0
    for name in ("all.safetensors", "model.safetensors.index.json", "layouts.bin", "types.pt", "many.pt"):
        found = safetensors.torch.load_file(written / f"{name}.safetensors")
        texts = {key: described(value) for key, value in found.items()}
        if texts != expected["files"][name]:
            sys.exit(f"{name}: what Swift wrote differs")
        again = written / "again.safetensors"
        safetensors.torch.save_file(found, again, {"format": "pt"})
        if again.read_bytes() != (written / f"{name}.safetensors").read_bytes():
            sys.exit(f"{name}: the bytes are not those of safetensors")
        count += len(found)
    print(f"{count} tensors in safetensors agree, byte for byte")
    for name in expected["arrays"]:
        ours, theirs = (numpy.load(path / f"{name}.npy") for path in (written, folder))
        same = (written / f"{name}.npy").read_bytes() == (folder / f"{name}.npy").read_bytes()
        if not (same and ours.dtype == theirs.dtype and numpy.array_equal(ours, theirs)):
            sys.exit(f"{name}.npy differs")
    print(f"{len(expected['arrays'])} NumPy files agree, byte for byte")
    for name, refusal in expected["refusals"].items():
        if "convert" not in refusal:
            continue
        message = (written / f"{name}.txt").read_text()
        command = shlex.split(re.search(r"python3 -c .*", message)[0].rstrip("."))
        target = written / f"{name}.safetensors"
        command = [sys.executable, *command[1:3], str(folder / name), str(target)]
        subprocess.run(command, check=True, capture_output=True)
        found = {key: described(value) for key, value in safetensors.torch.load_file(target).items()}
        if found != refusal["convert"]:
            sys.exit(f"{name}: the recommended command gives other tensors")
        print(f"{name}: the recommended command converts it")


def main():
    step, *folders = sys.argv[1:] or ["all"]
    folder = pathlib.Path(folders[0] if folders else ROOT / "files").resolve()
    run_with(["torch==2.13.0", "safetensors", "numpy"], ROOT)
    if step in ("write", "all"):
        write(folder)
    if step == "all":
        subprocess.run(["swift", "test", "--filter", "PythonWeightFileTests"], check=True,
                       cwd=REPOSITORY, env={**os.environ, "CXR_WEIGHT_FILES": str(folder)})
    if step in ("compare", "all"):
        compare(folder)


if __name__ == "__main__":
    main()
