# SPDX-License-Identifier: Apache-2.0
"""Writes Golden/samplers.json of CXRDiffusionTests: what diffusers' schedulers make of a network
that is a formula.

    python3 Scripts/golden/make_samplers_golden.py Tests

Needs torch and diffusers. Latents and noise are functions of positions, so that nothing is read.
"""

import itertools
import json
import math
import pathlib
import sys

import diffusers
import torch
from diffusers import (
    DDIMScheduler, DDPMScheduler, DPMSolverMultistepScheduler, EulerAncestralDiscreteScheduler,
    EulerDiscreteScheduler, PNDMScheduler)
from diffusers.schedulers import scheduling_ddpm, scheduling_euler_ancestral_discrete

SHAPE = (2, 4, 1, 1)
CLASSES = {c.__name__: c for c in (
    DDIMScheduler, DDPMScheduler, DPMSolverMultistepScheduler, EulerAncestralDiscreteScheduler,
    EulerDiscreteScheduler, PNDMScheduler)}
# What the files of Stable Diffusion 1 and 2 state.
FILE = {
    "num_train_timesteps": 1000, "beta_start": 0.00085, "beta_end": 0.012,
    "beta_schedule": "scaled_linear", "steps_offset": 1, "set_alpha_to_one": False,
    "clip_sample": False, "skip_prk_steps": True}


def wave(a=1.0, b=0.0):
    count = math.prod(SHAPE)
    values = [math.sin(a * 0.37 * (i + 1) + b) for i in range(count)]
    return torch.tensor(values, dtype=torch.float64).float().reshape(SHAPE)


def network(latents, timestep):
    return 0.5 * latents + 0.3 * torch.sin(2 * latents + timestep / 100)


def run(name, steps, eta=0.0, **options):
    scheduler = CLASSES[name].from_config({**FILE, **options})
    scheduler.set_timesteps(steps)
    latents = wave(1.7, 0.3) * scheduler.init_noise_sigma
    for index, timestep in enumerate(scheduler.timesteps):
        noise = wave(1.3, float(index))
        for module in (scheduling_ddpm, scheduling_euler_ancestral_discrete):
            module.randn_tensor = lambda *_, **__: noise
        arguments = {}
        if name == "DDIMScheduler" and eta > 0:
            arguments = {"eta": eta, "variance_noise": noise}
        if name == "DPMSolverMultistepScheduler":
            arguments = {"variance_noise": noise}
        output = network(scheduler.scale_model_input(latents, timestep), timestep)
        latents = scheduler.step(output, timestep, latents, **arguments).prev_sample
    timesteps = [float(t) for t in scheduler.timesteps]
    shown = sorted({0, 1, 2, len(timesteps) // 2, len(timesteps) - 2, len(timesteps) - 1}
                   & set(range(len(timesteps))))
    config = {k: v for k, v in {**FILE, **options}.items() if FILE.get(k) != v}
    return {
        "class": name, "steps": steps, "eta": eta, "options": config,
        "initial": round(float(scheduler.init_noise_sigma), 6), "count": len(timesteps),
        "timesteps": [[i, round(timesteps[i], 4)] for i in shown],
        "latents": [round(v, 6) for v in latents.flatten().tolist()],
    }


DPM = "DPMSolverMultistepScheduler"
SAMPLERS = [
    ("DDPMScheduler", {}),
    ("DDIMScheduler", {}),
    ("DDIMScheduler", {"eta": 0.7}),
    ("PNDMScheduler", {}),
    (DPM, {}),
    (DPM, {"solver_type": "heun"}),
    (DPM, {"solver_order": 1}),
    (DPM, {"solver_order": 3}),
    (DPM, {"use_karras_sigmas": True}),
    (DPM, {"algorithm_type": "sde-dpmsolver++"}),
    (DPM, {"algorithm_type": "sde-dpmsolver++", "solver_type": "heun"}),
    (DPM, {"algorithm_type": "sde-dpmsolver++", "use_karras_sigmas": True}),
    ("EulerDiscreteScheduler", {}),
    ("EulerDiscreteScheduler", {"use_karras_sigmas": True}),
    ("EulerAncestralDiscreteScheduler", {}),
]
VARIANTS = [
    ("DDPMScheduler", {"variance_type": "fixed_large"}),
    ("DDPMScheduler", {"variance_type": "fixed_large", "steps_offset": 0}),
    ("DDPMScheduler", {"clip_sample": True}),
    ("DDIMScheduler", {"clip_sample": True, "clip_sample_range": 1.5, "eta": 0.4}),
    ("DDIMScheduler", {"set_alpha_to_one": True}),
    ("PNDMScheduler", {"set_alpha_to_one": True, "steps_offset": 0}),
    (DPM, {"lower_order_final": False}),
    (DPM, {"lower_order_final": False, "final_sigmas_type": "sigma_min"}),
    (DPM, {"euler_at_final": True, "final_sigmas_type": "sigma_min"}),
    (DPM, {"final_sigmas_type": "sigma_min", "solver_order": 3}),
    (DPM, {"beta_schedule": "squaredcos_cap_v2", "lambda_min_clipped": -5.1}),
    ("EulerDiscreteScheduler", {"final_sigmas_type": "sigma_min"}),
    ("DDIMScheduler", {"beta_schedule": "linear", "beta_start": 0.0001, "beta_end": 0.02}),
    ("DDIMScheduler", {"beta_schedule": "squaredcos_cap_v2"}),
    ("DDIMScheduler", {"trained_betas": [0.01, 0.02, 0.05, 0.1] * 25, "num_train_timesteps": 100}),
]


def cases():
    for (name, options), prediction, steps in itertools.product(
            SAMPLERS, ("epsilon", "v_prediction", "sample"), (4, 25, 50, 75)):
        if prediction == "sample" and name in ("PNDMScheduler", "EulerAncestralDiscreteScheduler"):
            continue  # diffusers has none
        yield run(name, steps, prediction_type=prediction, **options)
    for name, spacing, steps in itertools.product(
            sorted(CLASSES), ("leading", "linspace", "trailing"), (3, 10, 75)):
        yield run(name, steps, timestep_spacing=spacing, prediction_type="v_prediction")
    for (name, options), steps in itertools.product(VARIANTS, (5, 20)):
        yield run(name, steps, **options)
    for name in sorted(set(CLASSES) - {"PNDMScheduler"}):
        yield run(name, 20, prediction_type="v_prediction", timestep_spacing="trailing",
                  rescale_betas_zero_snr=True)


def schedules():
    options = {
        "linear": {"beta_schedule": "linear", "beta_start": 0.0001, "beta_end": 0.02},
        "scaled_linear": {}, "squaredcos_cap_v2": {"beta_schedule": "squaredcos_cap_v2"},
        "zero": {"rescale_betas_zero_snr": True}}
    at = [0, 1, 250, 500, 750, 998, 999]
    return {
        name: {"at": at, "share": [
            DDPMScheduler.from_config({**FILE, **option}).alphas_cumprod[t].item() for t in at]}
        for name, option in options.items()}


target = pathlib.Path(sys.argv[1]) / "CXRDiffusionTests" / "Golden" / "samplers.json"
lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases())
head = json.dumps({
    "source": "Scripts/golden/make_samplers_golden.py",
    "versions": {"diffusers": diffusers.__version__, "torch": torch.__version__},
    "file": FILE, "schedules": schedules()}, indent=1)
target.write_text(head.removesuffix("\n}") + ',\n "cases": [\n' + lines + "\n]}\n")
