# SPDX-License-Identifier: Apache-2.0
"""What the scripts share that hold cxr against libraries on PyTorch: their environment and initial weights."""

import importlib.util
import math
import os
import subprocess
import sys
import venv

# One of about a thousand comparisons of initial weights fails by chance less than once in a thousand draws.
SIGMAS = 5


def run_with(packages, root):
    """Starts the running script again in a virtual environment, unless this Python has the packages."""
    modules = [package.split("=")[0] for package in packages]
    if all(importlib.util.find_spec(module) for module in modules):
        return
    python = root / "bin" / "python"
    if not python.exists():
        venv.create(root, with_pip=True)
        subprocess.run([python, "-m", "pip", "--quiet", "install", *packages], check=True)
    os.execv(python, [str(python), *sys.argv])


def torchvision():
    """torchvision, also where its compiled operators do not fit this torch: networks need none of them."""
    import torch

    try:
        import torchvision
    except RuntimeError:
        for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
            del sys.modules[name]
        declarations = torch.library.Library("torchvision", "DEF")
        torch.declared_for_torchvision = declarations  # they end with the object
        declarations.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        declarations.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
        declarations.define(
            "roi_align(Tensor input, Tensor rois, float spatial_scale, int pooled_height, int pooled_width, "
            "int sampling_ratio, bool aligned) -> Tensor")
        import torchvision
    return torchvision


def moments(tensor):
    """The count, the mean, the standard deviation and the kurtosis."""
    values = tensor.double().flatten()
    mean, deviation = values.mean().item(), values.std(correction=0).item()
    kurtosis = (((values - mean) / deviation) ** 4).mean().item() if deviation > 0 else 0
    return values.numel(), mean, deviation, kurtosis


def compare_initial_weights(name, ours, theirs, smallest=1):
    """Holds each tensor against a draw of Python's; both are samples, so both have errors.

    Tensors of fewer elements than `smallest` are not compared, unless they are constant.
    """
    import torch

    worst, compared, constants = 0.0, 0, 0
    for key, tensor in theirs.items():
        if tensor.dtype != torch.float32 or tensor.std(correction=0) == 0:
            if not torch.equal(ours[key], tensor):
                sys.exit(f"{name}: {key} is not the constant that it is in Python")
            constants += 1
            continue
        n, mean, deviation, kurtosis = moments(ours[key])
        if n < smallest:
            continue
        _, their_mean, their_deviation, their_kurtosis = moments(tensor)
        # The variance of a sample's deviation is (kurtosis - 1) / 4n of its square; of its kurtosis,
        # 24 / n for a normal distribution and less for a uniform one.
        scores = {
            "mean": (mean - their_mean) / (their_deviation * math.sqrt(2 / n)),
            "deviation": (deviation - their_deviation)
            / (their_deviation * math.sqrt(2 * max(their_kurtosis - 1, 0.5) / (4 * n))),
        }
        if n >= 1000:
            scores["kurtosis"] = (kurtosis - their_kurtosis) / math.sqrt(48 / n)
        for what, score in scores.items():
            if abs(score) > SIGMAS:
                sys.exit(f"{name}: the {what} of {key} is {score:.1f} standard errors off")
            worst = max(worst, abs(score))
        compared += 1
    few = f" of {smallest} elements or more" if smallest > 1 else ""
    print(f"{name}: {compared} random tensors{few} and {constants} constants as in Python; "
          f"largest deviation {worst:.1f} standard errors")
