# SPDX-License-Identifier: Apache-2.0
"""Compares whole runs of cxr's samplers, from a prompt and noise to latents and a picture, with diffusers'.

    python3 Scripts/golden/check_pipelines.py              everything below, in .venv/diffusion/pipelines
    python3 Scripts/golden/check_pipelines.py write FOLDER
    CXR_PIPELINE_FILES=FOLDER swift test --traits Torch --filter PythonPipelineTests
    python3 Scripts/golden/check_pipelines.py compare FOLDER

`write` makes small models in the manner of Stable Diffusion 1 and 2, one for each type of prediction, and runs
StableDiffusionPipeline with every sampler, 4 to 75 steps, with guidance and without; with guidance on two threads too.
Swift reads the folders and runs the same. `compare` prints the largest differences of latents, ours beside those
of diffusers from itself on another number of threads.

An untrained network lets latents grow to some 40 and magnifies rounding with them. So the U-Nets learn the best
answer for clean latents that are normal with a mean that depends on the prompt: 1000 steps for noise, 300 for the
other types, at most a minute each. Noised latents of half to twice the right deviation are shown, so that sampling
that strays is led back. Latents then have a deviation of about 1, as those of a real model do, a change of the first
noise ends up at most some three times as large, and the limit of 1e-4 means something.
"""

import json
import math
import os
import pathlib
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import check_diffusion_networks as networks  # noqa: E402
from torch_peers import run_with  # noqa: E402

FILES = networks.ROOT / "pipelines"
LIMIT = 1e-4
STEPS = [4, 25, 50, 75]
GUIDANCES = [1.0, 4.0]
PREDICTIONS = ["epsilon", "v_prediction", "sample"]
SCHEDULERS = ["DDIMScheduler", "DDPMScheduler", "PNDMScheduler", "DPMSolverMultistepScheduler", "EulerDiscreteScheduler",
              "EulerAncestralDiscreteScheduler"]
# diffusers' other schedulers work on slopes or noise, and refuse a network that predicts the picture.
TAKE_PICTURES = ["DDIMScheduler", "DDPMScheduler", "DPMSolverMultistepScheduler"]
SIDE = 8
# How many steps a U-Net learns: an error of noise is magnified by 15 in the first steps of a sampler.
TEACHING = {"epsilon": 1000, "v_prediction": 300, "sample": 300}
BATCH = 8
PROMPT = "50 year old female. Small effusion!"
SEED = 11


def share_of_signal(count=1000):
    import torch

    betas = torch.linspace(0.00085**0.5, 0.012**0.5, count, dtype=torch.float64) ** 2
    return torch.cumprod(1 - betas, 0).float()


def best_answer(prediction, noised, share, mean):
    """What to say of noised latents when clean ones are normal, with this mean and a deviation of 1."""
    clean = mean + share.sqrt() * (noised - share.sqrt() * mean)
    noise = (noised - share.sqrt() * clean) / (1 - share).sqrt()
    if prediction == "epsilon":
        return noise
    return clean if prediction == "sample" else share.sqrt() * noise - (1 - share).sqrt() * clean


def teach(unet, text, prediction):
    """Lets a U-Net learn the best answer, where the mean depends on the prompt."""
    import torch

    steps, shares = TEACHING[prediction], share_of_signal()
    with torch.no_grad():
        context = text(torch.randint(0, 190, (BATCH, 77))).last_hidden_state
    mean = torch.tanh(context.mean((1, 2))).view(-1, 1, 1, 1) * 0.3
    optimizer = torch.optim.Adam(unet.parameters(), lr=2e-3)
    rates = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    squares = []
    for _ in range(steps):
        timesteps = torch.randint(0, 1000, (BATCH,))
        # Wider and narrower than they should be, so that the answer leads back.
        noised = torch.randn(BATCH, 4, SIDE, SIDE) * (0.5 + 1.5 * torch.rand(BATCH, 1, 1, 1))
        share = shares[timesteps].view(-1, 1, 1, 1)
        wanted = best_answer(prediction, noised, share, mean)
        loss = (unet(noised, timesteps, context).sample - wanted).square().mean()
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        rates.step()
        squares.append(loss.item())
    unet.eval()
    return math.sqrt(sum(squares[-50:]) / 50)


def cases():
    for model in networks.MODELS:
        for prediction in PREDICTIONS:
            for scheduler in SCHEDULERS:
                if prediction == "sample" and scheduler not in TAKE_PICTURES:
                    continue
                for steps in STEPS:
                    for guidance in GUIDANCES:
                        yield {
                            "model": f"{model}-{prediction}", "scheduler": scheduler, "steps": steps,
                            "guidance": guidance, "prompt": PROMPT, "seed": SEED,
                            "name": f"{model}-{prediction}-{scheduler}-{steps}-{guidance:g}"}


def run(pipeline, case, folder, noise):
    """Latents and picture of one run."""
    import diffusers
    import torch

    pipeline.scheduler = getattr(diffusers, case["scheduler"]).from_pretrained(
        folder / case["model"], subfolder="scheduler")
    latents = pipeline(
        case["prompt"], num_inference_steps=case["steps"], guidance_scale=case["guidance"], latents=noise.clone(),
        generator=[torch.Generator().manual_seed(case["seed"])], output_type="latent").images
    with torch.inference_mode():
        picture = pipeline.vae.decode(latents / pipeline.vae.config.scaling_factor).sample
    return latents, (picture / 2 + 0.5).clamp(0, 1)


def write(folder):
    import numpy
    import torch

    diffusers, transformers = networks.libraries()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    torch.set_num_threads(1)
    pipelines = {}
    for index, name in enumerate(networks.MODELS):
        for prediction in PREDICTIONS:
            parts = {key: networks.shaken(part) for key, part in networks.networks(name, seed=index).items()}
            error = teach(parts["unet"], parts["text_encoder"], prediction)
            tokenizer = transformers.CLIPTokenizer.from_pretrained(
                networks.tokenizer_files(folder / f"{name}-tokenizer"))
            pipeline = diffusers.StableDiffusionPipeline(
                **parts, tokenizer=tokenizer,
                scheduler=diffusers.DDIMScheduler(**networks.SCHEDULE, prediction_type=prediction),
                safety_checker=None, feature_extractor=None, requires_safety_checker=False)
            pipeline.save_pretrained(folder / f"{name}-{prediction}")
            # As in published files, which any sampler reads: cxr has PNDM without Runge-Kutta steps only.
            path = folder / f"{name}-{prediction}" / "scheduler" / "scheduler_config.json"
            path.write_text(json.dumps({**json.loads(path.read_text()), "skip_prk_steps": True}))
            pipeline.set_progress_bar_config(disable=True)
            pipelines[f"{name}-{prediction}"] = pipeline
            print(f"{name}, {prediction}: the U-Net's answers are {error:.2f} off the best ones", flush=True)
    torch.manual_seed(5)
    noise = torch.randn(1, 4, SIDE, SIDE)
    numpy.save(folder / "noise.npy", noise.numpy())
    listed = []
    for case in cases():
        torch.set_num_threads(1)
        latents, picture = run(pipelines[case["model"]], case, folder, noise)
        case["largest"] = latents.abs().max().item()
        case["deviation"] = latents.std().item()
        # Guidance magnifies, so that these runs are the ones to compare with themselves.
        if case["guidance"] > 1:
            torch.set_num_threads(2)
            case["threads"] = (latents - run(pipelines[case["model"]], case, folder, noise)[0]).abs().max().item()
        numpy.save(folder / f"{case['name']}.latents.npy", latents.numpy())
        numpy.save(folder / f"{case['name']}.picture.npy", picture.numpy())
        listed.append(case)
    (folder / "cases.json").write_text(json.dumps(listed))
    print(f"{len(listed)} runs; latents have deviations of {min(c['deviation'] for c in listed):.2f} to "
          f"{max(c['deviation'] for c in listed):.2f} and reach {max(c['largest'] for c in listed):.1f}")


def compare(folder):
    listed = json.loads((folder / "cases.json").read_text())
    differences = json.loads((folder / "differences.json").read_text())
    if set(differences) != {case["name"] for case in listed}:
        sys.exit("the runs of Swift are not those of Python; run both steps")
    print(f"{'largest difference of latents':<50} {'ours':>8} {'threads':>8}   of latents up to")
    for prediction in PREDICTIONS:
        for scheduler in SCHEDULERS:
            group = [case for case in listed if case["model"].endswith(f"-{prediction}")
                     and case["scheduler"] == scheduler]
            if not group:
                continue
            ours = max(differences[case["name"]]["latents"] for case in group)
            threads = max(case.get("threads", 0) for case in group)
            print(f"{prediction}, {scheduler}".ljust(50),
                  f"{ours:8.1e} {threads:8.1e}   {max(case['largest'] for case in group):.1f}")
    for case in listed:
        if not differences[case["name"]]["latents"] <= LIMIT:
            print(f"above the limit: {case['name']}, {differences[case['name']]['latents']:.1e}")
    worst = max(listed, key=lambda case: differences[case["name"]]["latents"])
    found = differences[worst["name"]]["latents"]
    pictures = max(value["picture"] for value in differences.values())
    print(f"worst: {worst['name']}, {found:.1e}; diffusers from itself on two threads at most "
          f"{max(case.get('threads', 0) for case in listed):.1e}; pictures, from 0 to 1, at most {pictures:.1e}")
    if not found <= LIMIT:
        sys.exit(f"the difference is above {LIMIT:g}")


def main():
    step, *folders = sys.argv[1:] or ["all"]
    folder = pathlib.Path(folders[0] if folders else FILES).resolve()
    run_with(networks.PACKAGES, networks.ROOT)
    if step in ("write", "all"):
        write(folder)
    if step == "all":
        subprocess.run(["swift", "test", "--traits", "Torch", "--filter", "PythonPipelineTests"], check=True,
                       cwd=networks.REPOSITORY, env={**os.environ, "CXR_PIPELINE_FILES": str(folder)})
    if step in ("compare", "all"):
        compare(folder)


if __name__ == "__main__":
    main()
