# SPDX-License-Identifier: Apache-2.0
"""Compares cxr's classifiers with torchvision's: outputs, learning, initial weights, files.

    python3 Scripts/golden/check_classifiers.py            everything below, in .venv/classifiers/files
    python3 Scripts/golden/check_classifiers.py write FOLDER
    CXR_CLASSIFIER_FILES=FOLDER swift test --traits Torch --filter PythonClassifierTests
    python3 Scripts/golden/check_classifiers.py compare FOLDER

Makes a virtual environment below .venv unless this Python has torch, torchvision and safetensors.
`write` saves DenseNet-121 (one and three channels), ResNet-34 and ResNet-50 with random weights, their
outputs, and the losses of five steps of AdamW (rate 1e-4, decay 0.05) in float64, where only the method can
differ (limit 1e-9), and in float32, where the first two are held to 1e-4: later ones carry rounding that each
step multiplies, in PyTorch as well. Swift compares with its own, and writes the networks that it initialises.
`compare` loads those strictly, compares outputs within 5e-4, and holds the distribution of
each tensor against that of torchvision's initial weights.
"""

import json
import os
import pathlib
import subprocess
import sys

from torch_peers import compare_initial_weights, run_with, torchvision

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
ROOT = REPOSITORY / ".venv" / "classifiers"
CHANNELS = {"densenet121-1": 1, "densenet121-3": 3, "resnet34": 3, "resnet50": 3}
OUTPUTS = 14


def network(name, seed):
    import torch

    models = torchvision().models
    torch.manual_seed(seed)
    model = getattr(models, name.split("-")[0])(num_classes=OUTPUTS)
    if CHANNELS[name] != 3:
        model.features.conv0 = torch.nn.Conv2d(CHANNELS[name], 64, 7, 2, 3, bias=False)
        torch.nn.init.kaiming_normal_(model.features.conv0.weight)
    return model


def shaken(model):
    """Moves norms away from the identity, so that each of their numbers matters."""
    import torch

    with torch.no_grad():
        for module in model.modules():
            if isinstance(module, torch.nn.BatchNorm2d):
                module.weight.uniform_(0.8, 1.2)
                module.bias.normal_(0, 0.1)
                module.running_mean.normal_(0, 0.1)
                module.running_var.uniform_(0.8, 1.2)
                module.num_batches_tracked.fill_(100)
    return model


def write(folder):
    import numpy
    import safetensors.torch
    import torch

    folder.mkdir(parents=True, exist_ok=True)
    for index, (name, channels) in enumerate(CHANNELS.items()):
        model = shaken(network(name, seed=index))

        def save(suffix, tensor):
            numpy.save(folder / f"{name}.{suffix}.npy", tensor.numpy())

        safetensors.torch.save_file(model.state_dict(), folder / f"{name}.safetensors")
        pictures = torch.randn(2, channels, 224, 224)
        with torch.no_grad():
            save("outputs", model.eval()(pictures))
        save("pictures", pictures)

        batch = torch.randn(8, channels, 64, 64)
        targets = torch.randint(2, (8, OUTPUTS)).float()
        start = {key: value.clone() for key, value in model.state_dict().items()}

        def losses(type):
            model.load_state_dict(start)
            model.to(type).train()
            optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, weight_decay=0.05, fused=True)
            found = []
            for _ in range(5):
                logits = model(batch.to(type))
                loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, targets.to(type))
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                found.append(loss.item())
            return torch.tensor(found, dtype=torch.float64)

        save("batch", batch)
        save("targets", targets)
        save("losses-float32", losses(torch.float32))
        exact = losses(torch.float64)
        save("losses-float64", exact)
        print(f"{name}: losses {' '.join(f'{loss:.5f}' for loss in exact)}", flush=True)


def shown(numbers):
    return " ".join(f"{number:.0e}" for number in numbers)


def compare(folder):
    import numpy
    import safetensors.torch
    import torch

    written = folder / "written"
    for name in CHANNELS:
        forward = json.loads((written / f"{name}.forward.json").read_text())["difference"][0]
        print(f"{name}: torchvision's weights in Swift: outputs differ by at most {forward:.1e}")
        learning = json.loads((written / f"{name}.learning.json").read_text())

        exact, usual = (numpy.load(folder / f"{name}.losses-{type}.npy") for type in ("float64", "float32"))
        exact_gaps, usual_gaps = (numpy.abs(learning[type] - losses)
                                  for type, losses in (("float64", exact), ("float32", usual)))
        print(f"{name}: losses of five steps in float64 differ by {shown(exact_gaps)}")
        print(f"{name}: in float32 by {shown(usual_gaps)}; PyTorch's float32 from its float64 by "
              f"{shown(abs(usual - exact))}")
        ours = safetensors.torch.load_file(written / f"{name}.safetensors")
        model = network(name, seed=11)
        theirs = {key: value.clone() for key, value in model.state_dict().items()}
        model.load_state_dict(ours, strict=True)
        pictures = torch.from_numpy(numpy.load(folder / f"{name}.pictures.npy"))
        outputs = torch.from_numpy(numpy.load(written / f"{name}.outputs.npy"))
        with torch.no_grad():
            gap = (model.eval()(pictures) - outputs).abs().max().item()
        print(f"{name}: Swift's weights in torchvision: outputs differ by at most {gap:.1e} "
              f"(largest output {outputs.abs().max().item():.2f})")
        if not (max(forward, gap) <= 5e-4 and max(exact_gaps) <= 1e-9 and max(usual_gaps[:2]) <= 1e-4):
            sys.exit(f"{name}: the difference is too large")
        compare_initial_weights(name, ours, theirs)


def main():
    step, *folders = sys.argv[1:] or ["all"]
    folder = pathlib.Path(folders[0] if folders else ROOT / "files").resolve()
    run_with(["torch==2.13.0", "torchvision==0.28.0", "safetensors", "numpy"], ROOT)
    if step in ("write", "all"):
        write(folder)
    if step == "all":
        subprocess.run(["swift", "test", "--traits", "Torch", "--filter", "PythonClassifierTests"], check=True,
                       cwd=REPOSITORY, env={**os.environ, "CXR_CLASSIFIER_FILES": str(folder)})
    if step in ("compare", "all"):
        compare(folder)


if __name__ == "__main__":
    main()
