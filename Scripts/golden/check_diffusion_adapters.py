# SPDX-License-Identifier: Apache-2.0
"""Compares cxr's low-rank adapters with diffusers and PEFT: files both ways, and what networks give with them.

    python3 Scripts/golden/check_diffusion_adapters.py         everything below, in .venv/adapters/files
    python3 Scripts/golden/check_diffusion_adapters.py write FOLDER
    CXR_ADAPTER_FILES=FOLDER swift test --traits Torch --filter PythonAdapterTests
    python3 Scripts/golden/check_diffusion_adapters.py compare FOLDER

Makes a virtual environment below .venv unless this Python has torch, diffusers, transformers and peft.
`write` saves small models with random weights, and adapters of them with the names that diffusers writes or
has written and those of kohya's scripts; with what the networks make of random inputs after
load_lora_weights and fuse_lora. Swift reads these, compares, and writes adapters and a merged model of its own.
`compare` loads them and compares the results.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys

from check_diffusion_networks import MODELS, PACKAGES, REPOSITORY, libraries, make_inputs, networks, shaken
from check_diffusion_networks import tokenizer_files
from torch_peers import run_with

ROOT = REPOSITORY / ".venv" / "adapters"
TOLERANCE = 1e-5
FILE = "pytorch_lora_weights.safetensors"
# The names of the file, with metadata or without.
LAYOUTS = ["peft", "metadata", "older", "kohya"]


def outputs(pipeline, inputs):
    import torch

    with torch.no_grad():
        return {
            "unet": pipeline.unet(inputs["latents"], inputs["timesteps"], inputs["context"]).sample,
            "text": pipeline.text_encoder(inputs["tokens"]).last_hidden_state}


def pipeline_of(folder):
    diffusers, _ = libraries()
    return diffusers.StableDiffusionPipeline.from_pretrained(folder, safety_checker=None)


def save_adapter(pipeline, layout, folder):
    """Gives the networks random adapters and saves them."""
    import peft
    import torch
    from diffusers import StableDiffusionPipeline
    from diffusers.training_utils import _collate_lora_metadata
    from diffusers.utils import convert_state_dict_to_diffusers, convert_state_dict_to_kohya

    alpha = {"metadata": 12, "kohya": 3}.get(layout, 4)
    settings = {"r": 4, "lora_alpha": alpha, "init_lora_weights": True}
    pipeline.unet.add_adapter(peft.LoraConfig(**settings, target_modules=["to_k", "to_q", "to_v", "to_out.0"]))
    pipeline.text_encoder.add_adapter(
        peft.LoraConfig(**settings, target_modules=["q_proj", "k_proj", "v_proj", "out_proj"]))
    states = []
    for network in (pipeline.unet, pipeline.text_encoder):
        for name, parameter in network.named_parameters():
            if "lora_B" in name:
                torch.nn.init.normal_(parameter, 0, 0.2)
        states.append(peft.utils.get_peft_model_state_dict(network))
    folder.mkdir(parents=True)
    if layout == "kohya":
        # The function takes the rank for alpha, so the number is put in afterwards.
        import safetensors.torch

        names = {f"unet.{key}": value for key, value in states[0].items()}
        names.update({f"text_encoder.text_model.{key.removeprefix('text_model.')}": value
                      for key, value in states[1].items()})
        tensors = {key.replace("lora_te1_", "lora_te_"): value.contiguous()
                   for key, value in convert_state_dict_to_kohya(names).items()}
        tensors = {key: torch.tensor(float(alpha)) if key.endswith(".alpha") else value
                   for key, value in tensors.items()}
        safetensors.torch.save_file(tensors, folder / FILE)
    else:
        if layout == "older":
            states = [convert_state_dict_to_diffusers(state) for state in states]
        metadata = _collate_lora_metadata({"unet": pipeline.unet, "text_encoder": pipeline.text_encoder}) \
            if layout == "metadata" else {}
        StableDiffusionPipeline.save_lora_weights(
            folder, unet_lora_layers=states[0], text_encoder_lora_layers=states[1], **metadata)


def write(folder):
    import numpy
    import torch

    diffusers, transformers = libraries()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for index, name in enumerate(MODELS):
        parts = {key: shaken(part) for key, part in networks(name, seed=index).items()}
        tokenizer = transformers.CLIPTokenizer.from_pretrained(tokenizer_files(folder / f"{name}-tokenizer"))
        diffusers.StableDiffusionPipeline(
            **parts, tokenizer=tokenizer, scheduler=diffusers.DDIMScheduler(clip_sample=False), safety_checker=None,
            feature_extractor=None, requires_safety_checker=False).save_pretrained(folder / name)
        inputs = make_inputs(name)
        base = outputs(pipeline_of(folder / name), inputs)
        for key, tensor in {**inputs, **base}.items():
            numpy.save(folder / f"{name}.{key}.npy", tensor.numpy())
        for layout in LAYOUTS:
            save_adapter(pipeline_of(folder / name), layout, folder / f"{name}-{layout}")
            pipeline = pipeline_of(folder / name)
            pipeline.load_lora_weights(folder / f"{name}-{layout}")
            attached = outputs(pipeline, inputs)
            pipeline.fuse_lora(lora_scale=0.5)
            pipeline.unload_lora_weights()
            for key, tensor in attached.items():
                difference = (tensor - base[key]).abs().max().item()
                if not difference > 0.01:
                    sys.exit(f"{name}, {layout}: the adapter moves {key} by {difference} only")
                numpy.save(folder / f"{name}-{layout}.{key}.npy", tensor.numpy())
            for key, tensor in outputs(pipeline, inputs).items():
                numpy.save(folder / f"{name}-{layout}.half.{key}.npy", tensor.numpy())


def compare(folder):
    import numpy
    import torch

    diffusers, _ = libraries()
    import peft

    written = folder / "written"
    print(f"diffusers {diffusers.__version__}, peft {peft.__version__}")
    worst = 0.0
    for name in MODELS:
        inputs = {key: torch.from_numpy(numpy.load(folder / f"{name}.{key}.npy")) for key in make_inputs(name)}
        for path in sorted(written.glob(f"{name}-*.json")):
            differences = json.loads(path.read_text())
            print(f"{path.stem}: Python's adapter in Swift: "
                  + ", ".join(f"{key} {value:.0e}" for key, value in sorted(differences.items())))
        for kind in ("unet", "both", "merged"):
            pipeline = pipeline_of(written / name if kind == "merged" else folder / name)
            if kind != "merged":
                pipeline.load_lora_weights(written / f"{name}-{kind}")
                for network in (pipeline.unet, pipeline.text_encoder)[: 1 + (kind == "both")]:
                    config = next(iter(network.peft_config.values()))
                    if (config.r, config.lora_alpha) != (3, 6):
                        sys.exit(f"{name}, {kind}: rank {config.r} and alpha {config.lora_alpha}, not 3 and 6")
            for key, tensor in outputs(pipeline, inputs).items():
                ours = torch.from_numpy(numpy.load(written / f"{name}-{kind}.{key}.npy"))
                base = torch.from_numpy(numpy.load(folder / f"{name}.{key}.npy"))
                difference = (ours - tensor).abs().max().item() / max(1, tensor.abs().max().item())
                moved = (tensor - base).abs().max().item()
                print(f"{name}, {kind}: Swift's in Python: {key} {difference:.0e} (moved by {moved:.2f})")
                worst = max(worst, difference)
                if (key == "unet" or kind != "unet") and not moved > 0.01:
                    sys.exit(f"{name}, {kind}: the adapter does not move {key}")
    if not worst <= TOLERANCE:
        sys.exit(f"the difference {worst} is too large")


def main():
    step, *folders = sys.argv[1:] or ["all"]
    folder = pathlib.Path(folders[0] if folders else ROOT / "files").resolve()
    run_with([*PACKAGES, "peft==0.21.2"], ROOT)
    if step in ("write", "all"):
        write(folder)
    if step == "all":
        subprocess.run(["swift", "test", "--traits", "Torch", "--filter", "PythonAdapterTests"], check=True,
                       cwd=REPOSITORY, env={**os.environ, "CXR_ADAPTER_FILES": str(folder)})
    if step in ("compare", "all"):
        compare(folder)


if __name__ == "__main__":
    main()
