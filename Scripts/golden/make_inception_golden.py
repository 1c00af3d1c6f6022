# SPDX-License-Identifier: Apache-2.0
"""Prints the features that pytorch-fid's network makes of closed-form weights and pictures.

    python3 Scripts/golden/make_inception_golden.py

Needs torch, torchvision and pytorch-fid 0.3.0. The published weights are not read: both sides fill
the network with numbers that are functions of names and positions.
"""

import math
from unittest import mock

import torch

# torchvision refuses to load beside a wheel of torch that lacks these operators.
STUBS = torch.library.Library("torchvision", "DEF")
for operator in ("nms", "qnms", "roi_align"):
    STUBS.define(f"{operator}(Tensor a) -> Tensor")

from pytorch_fid import inception  # noqa: E402


def closed_form(name, tensor):
    count = tensor.numel()
    phase = torch.sin(
        0.37 * torch.arange(1, count + 1, dtype=torch.float64) + 0.1 * len(name))
    if name.endswith("num_batches_tracked"):
        return torch.zeros_like(tensor)
    if name.endswith("running_mean"):
        values = 0.05 * phase
    elif name.endswith("running_var"):
        values = 1 + 0.1 * phase
    elif tensor.dim() > 1:
        values = phase * math.sqrt(3 / (count / tensor.shape[0]))
    else:
        values = 0.05 * phase if name.endswith("bias") else 1 + 0.1 * phase
    return values.float().reshape(tensor.shape)


# fid_inception_v3 gets and loads the published file as its last step.
with (
    mock.patch.object(inception, "load_state_dict_from_url"),
    mock.patch.object(torch.nn.Module, "load_state_dict"),
):
    network = inception.fid_inception_v3()
with torch.no_grad():
    for name, tensor in network.state_dict().items():
        tensor.copy_(closed_form(name, tensor))
network.eval()
network.fc = torch.nn.Identity()
count = 3 * 299 * 299
pictures = torch.sin(
    0.011 * 0.37 * torch.arange(1, count + 1, dtype=torch.float64)).float().reshape(1, 3, 299, 299)
with torch.no_grad():
    features = network(pictures)[0].double()
print("mean", features.mean().item(), "deviation", features.std().item())
for index in (0, 1, 191, 192, 320, 700, 1100, 1500, 1855, 1856, 2047):
    print(index, round(features[index].item(), 6))
