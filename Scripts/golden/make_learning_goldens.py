# SPDX-License-Identifier: Apache-2.0
"""Writes Golden/learning.json of CXRTensorTests and CXRClassifierTests: what PyTorch learns.

    python3 Scripts/golden/make_learning_goldens.py Tests

Needs torch and torchvision. Weights and pictures are functions of names and positions, so that
nothing is read: both sides make theirs.
"""

import json
import math
import pathlib
import sys

import torch

# torchvision refuses to load beside a wheel of torch that lacks these operators.
STUBS = torch.library.Library("torchvision", "DEF")
for operator in ("nms", "qnms", "roi_align"):
    STUBS.define(f"{operator}(Tensor a) -> Tensor")

import torchvision  # noqa: E402

torch.set_num_threads(1)
STEPS = 5


def wave(count, a=1.0, b=0.0):
    return [math.sin(a * 0.37 * (i + 1) + b) for i in range(count)]


def closed_form(name, tensor):
    count = tensor.numel()
    phase = [math.sin(0.37 * (i + 1) + 0.1 * len(name)) for i in range(count)]
    if name.endswith("num_batches_tracked"):
        return torch.zeros_like(tensor)
    if name.endswith("running_mean"):
        values = [0.05 * v for v in phase]
    elif name.endswith("running_var"):
        values = [1 + 0.1 * v for v in phase]
    elif tensor.dim() > 1:
        values = [v * math.sqrt(3 / (count / tensor.shape[0])) for v in phase]
    else:
        values = [0.05 * v if name.endswith("bias") else 1 + 0.1 * v for v in phase]
    return torch.tensor(values, dtype=torch.float64).float().reshape(tensor.shape)


def network():
    model = torchvision.models.DenseNet(
        growth_rate=8, block_config=(2, 3), num_init_features=16, bn_size=2, num_classes=3)
    with torch.no_grad():
        for name, tensor in model.state_dict().items():
            tensor.copy_(closed_form(name, tensor))
    return model.train()


def data():
    """Waves of eight lengths. Of pictures that are alike, batch normalisation makes noise, and
    float32 is then not repeatable from one number of threads to another."""
    pictures = [wave(3 * 64 * 64, a=0.03 * 1.7**i, b=float(i)) for i in range(8)]
    targets = [1.0 if v > 0 else 0.0 for v in wave(24, a=3.0, b=0.5)]
    return (
        torch.tensor(pictures, dtype=torch.float64).float().reshape(8, 3, 64, 64),
        torch.tensor(targets).reshape(8, 3),
    )


def learned(make, clip=None):
    """What steps come to, for steps that float64 makes too.

    Near a kink of the network, float32 takes one side or the other by rounding, which another number
    of threads changes."""
    single, double = steps(make, clip, torch.float32), steps(make, clip, torch.float64)
    for name, tolerance in (("losses", 2e-6), ("norms", 5e-4)):
        for a, b in zip(single[name], double[name]):
            assert math.isclose(a, b, rel_tol=tolerance), (name, single[name], double[name])
    return single


def steps(make, clip, dtype):
    """The losses of some steps, the norms of the gradients, and the sums of some tensors after."""
    model = network().to(dtype)
    optimizer = make(model.parameters())
    pictures, targets = (tensor.to(dtype) for tensor in data())
    losses, norms = [], []
    for _ in range(STEPS):
        loss = torch.nn.functional.binary_cross_entropy_with_logits(model(pictures), targets)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        limit = math.inf if clip is None else clip
        norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), limit).item())
        optimizer.step()
        losses.append(loss.item())
    sums = {
        name: model.state_dict()[name].double().sum().item()
        for name in ("features.conv0.weight", "classifier.weight", "features.norm5.running_mean")
    }
    return {"losses": losses, "norms": norms, "sums": sums}


def losses():
    logits = torch.tensor([[100.0, -100.0, 0.3], [-100.0, 100.0, -1.7]])
    targets = torch.tensor([[1.0, 1.0, 0.0], [1.0, 0.0, 0.25]])
    mask = torch.tensor([[1.0, 0.0, 1.0], [1.0, 1.0, 0.5]])
    positive = torch.tensor([1.0, 2.0, 3.0])
    bce = torch.nn.functional.binary_cross_entropy_with_logits
    cases = {}

    def case(name, value, *leaves):
        value.backward()
        cases[name] = {"value": value.item(), "gradient": leaves[0].grad.flatten().tolist()}

    x = logits.clone().requires_grad_()
    case("plain", bce(x, targets), x)
    x = logits.clone().requires_grad_()
    case("masked", bce(x, targets, weight=mask, reduction="sum") / mask.sum(), x)
    x = logits.clone().requires_grad_()
    case("positive", bce(x, targets, pos_weight=positive), x)
    x = logits.clone().requires_grad_()
    case("squared", torch.nn.functional.mse_loss(x, targets), x)
    x = logits.clone().requires_grad_()
    case("classes", torch.nn.functional.cross_entropy(x, torch.tensor([1, 2])), x)
    x = logits.clone().requires_grad_()
    case("weighted classes", torch.nn.functional.cross_entropy(
        x, torch.tensor([1, 2]), weight=positive), x)
    x = logits.clone().requires_grad_()
    case("unknown class", torch.nn.functional.cross_entropy(
        x, torch.tensor([-100, 2]), weight=positive), x)
    return cases


def scaler():
    """The factor after steps of which some overflow."""
    overflows = [0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0]
    scale, good = torch.tensor(65536.0), torch.tensor(0, dtype=torch.int32)
    scales = []
    for overflow in overflows:
        torch._amp_update_scale_(scale, good, torch.tensor(float(overflow)), 2.0, 0.5, 3)
        scales.append(scale.item())
    return {"interval": 3, "overflows": overflows, "scales": scales}


def plateau(measures, **options):
    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=1.0)
    schedule = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, eps=0.0, **options)
    factors = []
    for measure in measures:
        schedule.step(measure)
        factors.append(optimizer.param_groups[0]["lr"])
    return {"measures": measures, "factors": factors, **options}


LOSSES = [1.0, 0.9, 0.91, 0.92, 0.89995, 0.93, 0.5, 0.6, 0.7, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.4]


def write(target, content):
    document = {
        "source": "Scripts/golden/make_learning_goldens.py",
        "versions": {"torch": torch.__version__, "torchvision": torchvision.__version__},
        **content,
    }
    path = pathlib.Path(sys.argv[1]) / target / "Golden" / "learning.json"
    path.write_text(json.dumps(document, indent=1) + "\n")


# With PyTorch's epsilon, Adam makes whole steps of gradients that are nothing but rounding.
write("CXRClassifierTests", {
    "adamw": learned(lambda p: torch.optim.AdamW(p, lr=5e-4, eps=1e-3, weight_decay=1.0)),
    "adamw clipped": learned(
        lambda p: torch.optim.AdamW(p, lr=1e-3, eps=1e-3, weight_decay=1.0), 0.1),
    "adam amsgrad": learned(lambda p: torch.optim.Adam(
        p, lr=1e-3, betas=(0.9, 0.5), eps=1e-3, weight_decay=0.1, amsgrad=True)),
    "sgd": learned(lambda p: torch.optim.SGD(p, lr=1e-2)),
    "sgd momentum": learned(
        lambda p: torch.optim.SGD(p, lr=5e-3, momentum=0.9, weight_decay=0.5)),
    "sgd nesterov": learned(
        lambda p: torch.optim.SGD(p, lr=1e-2, momentum=0.9, nesterov=True)),
})
write("CXRTensorTests", {
    "losses": losses(),
    "scaler": scaler(),
    "plateau": [
        plateau(LOSSES, mode="min", factor=0.1, patience=2, cooldown=0, min_lr=0.0),
        plateau(LOSSES, mode="min", factor=0.5, patience=1, cooldown=2, min_lr=0.1),
        plateau([1 - v for v in LOSSES], mode="max", factor=0.5, patience=1, cooldown=0, min_lr=0.0),
    ],
})
