# SPDX-License-Identifier: Apache-2.0
"""Makes the TorchScript files of CXRTensorTests: an age model of two numbers, and one that gives a pair.

    python3 Scripts/golden/make_script_modules.py

Made with torch 2.13.0; makes a virtual environment below .venv unless this Python has torch. The
places of the source code, which PyTorch puts beside the program, and what follows from them, are left out, and
the times of the entries are fixed, so that the same program gives the same bytes.
"""

import pathlib
import zipfile

from torch_peers import run_with

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
ROOT = REPOSITORY / ".venv" / "weights"
FOLDER = REPOSITORY / "Tests" / "CXRTensorTests" / "Golden"


def modules():
    import torch

    class Age(torch.nn.Module):
        """40 years and 20 for each unit of brightness; 7 less while it is being trained."""

        def __init__(self):
            super().__init__()
            self.register_buffer("years", torch.tensor([[20.0]]))

        def forward(self, pictures: torch.Tensor) -> torch.Tensor:
            brightness = pictures.mean(dim=[1, 2, 3]).unsqueeze(1)
            return 40 + torch.nn.functional.linear(brightness, self.years) - (7 if self.training else 0)

    class Pair(torch.nn.Module):
        def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            return x, x + 1

    return {"age": Age(), "pair": Pair()}


def main():
    run_with(["torch==2.13.0", "safetensors", "numpy"], ROOT)
    import torch

    FOLDER.mkdir(exist_ok=True)
    for name, module in modules().items():
        path = FOLDER / f"{name}.pt"
        torch.jit.script(module).save(str(path))
        with zipfile.ZipFile(path) as source:
            entries = {entry: source.read(entry) for entry in source.namelist()}
        with zipfile.ZipFile(path, "w") as target:
            for entry, content in entries.items():
                # The identifier is a hash that the places of the source code are part of.
                if not entry.endswith((".debug_pkl", ".data/serialization_id")):
                    target.writestr(zipfile.ZipInfo(entry), content)
        print(f"{path.relative_to(REPOSITORY)}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
