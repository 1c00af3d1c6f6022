# SPDX-License-Identifier: Apache-2.0
"""Compares cxr's diffusion networks with diffusers and transformers: results, gradients, folders.

    python3 Scripts/golden/check_diffusion_networks.py         everything below, in .venv/diffusion/files
    python3 Scripts/golden/check_diffusion_networks.py write FOLDER
    CXR_DIFFUSION_FILES=FOLDER swift test --traits Torch --filter PythonDiffusionTests
    python3 Scripts/golden/check_diffusion_networks.py compare FOLDER

Makes a virtual environment below .venv unless this Python has torch, diffusers and transformers.
`write` saves small models with random weights as folders of diffusers, in the layouts that are met: as this
release of transformers saves them, with the names of published files, in shards, as torch.save, in float16;
with what each network makes of random inputs, tiles included; and the names and shapes of the full-sized
networks. Swift reads the folders, compares, makes the full-sized networks (4 GB), and writes models of its own. `compare` loads those by StableDiffusionPipeline.from_pretrained, compares the results,
and holds the initial weights against those of diffusers and transformers.
"""

import importlib.util
import json
import os
import pathlib
import shutil
import subprocess
import sys

from torch_peers import compare_initial_weights, run_with, torchvision

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
ROOT = REPOSITORY / ".venv" / "diffusion"
PACKAGES = ["torch==2.13.0", "diffusers==0.42.1", "transformers==5.23.0", "safetensors", "numpy"]
TOLERANCE = 2e-4
LEVELS = {"down_block_types": ["DownEncoderBlock2D"] * 2, "up_block_types": ["UpDecoderBlock2D"] * 2}
# Stable Diffusion 2 in small, and 1 with other numbers of groups, layers and levels.
MODELS = {
    "two": {
        "unet": {
            "block_out_channels": [32, 64], "layers_per_block": 2, "sample_size": 32, "cross_attention_dim": 32,
            "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D"],
            "up_block_types": ["CrossAttnUpBlock2D", "UpBlock2D"], "attention_head_dim": [2, 4],
            "use_linear_projection": True},
        "vae": {"block_out_channels": [32, 64], "latent_channels": 4, "sample_size": 32, **LEVELS},
        "text": {
            "hidden_size": 32, "intermediate_size": 37, "num_hidden_layers": 5, "num_attention_heads": 4,
            "vocab_size": 1000, "hidden_act": "gelu", "bos_token_id": 0, "eos_token_id": 2, "pad_token_id": 1}},
    "one": {
        "unet": {
            "block_out_channels": [8, 16, 24], "layers_per_block": 1, "sample_size": 16, "cross_attention_dim": 16,
            "down_block_types": ["CrossAttnDownBlock2D", "DownBlock2D", "CrossAttnDownBlock2D"],
            "up_block_types": ["CrossAttnUpBlock2D", "UpBlock2D", "CrossAttnUpBlock2D"],
            "attention_head_dim": 4, "norm_num_groups": 4, "flip_sin_to_cos": False, "freq_shift": 1},
        "vae": {
            "block_out_channels": [8, 16], "norm_num_groups": 2, "layers_per_block": 2, "sample_size": 16,
            "scaling_factor": 0.13, **LEVELS},
        "text": {
            "hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 2, "num_attention_heads": 2,
            "vocab_size": 1000, "hidden_act": "quick_gelu", "projection_dim": 8, "bos_token_id": 0,
            "eos_token_id": 2, "pad_token_id": 1}},
}
SCHEDULE = {
    "num_train_timesteps": 1000, "beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear",
    "steps_offset": 1, "set_alpha_to_one": False, "clip_sample": False}


def libraries():
    """diffusers and transformers, also where torchvision's compiled operators do not fit this torch."""
    # diffusers looks for it, and fails if its operators do not fit.
    if importlib.util.find_spec("torchvision"):
        torchvision()
    import diffusers
    import transformers

    diffusers.utils.logging.set_verbosity_error()
    diffusers.utils.logging.disable_progress_bar()
    transformers.utils.logging.disable_progress_bar()
    transformers.utils.logging.set_verbosity_error()
    return diffusers, transformers


def networks(name, seed):
    import torch

    diffusers, transformers = libraries()
    sizes = MODELS[name]
    torch.manual_seed(seed)
    unet = diffusers.UNet2DConditionModel(**sizes["unet"])
    vae = diffusers.AutoencoderKL(**sizes["vae"])
    text = transformers.CLIPTextModel(transformers.CLIPTextConfig(**sizes["text"]))
    return {"unet": unet.eval(), "vae": vae.eval(), "text_encoder": text.eval()}


def shaken(model):
    """Moves norms away from the identity and biases from 0, so that each of their numbers matters."""
    import torch

    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.ndim == 1:
                parameter.normal_(0, 0.1)
                if name.endswith("weight"):
                    parameter.add_(1)
    return model


def tokenizer_files(folder):
    """A tokenizer of single letters: enough for a pipeline to be made of it."""
    letters = [chr(number) for number in range(33, 127)]
    tokens = letters + [letter + "</w>" for letter in letters] + ["<|startoftext|>", "<|endoftext|>"]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.json").write_text(json.dumps({token: number for number, token in enumerate(tokens)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    special = {"bos_token": "<|startoftext|>", "eos_token": "<|endoftext|>", "unk_token": "<|endoftext|>"}
    (folder / "special_tokens_map.json").write_text(json.dumps({**special, "pad_token": "!"}))
    config = {**special, "pad_token": "!", "model_max_length": 77, "tokenizer_class": "CLIPTokenizer"}
    (folder / "tokenizer_config.json").write_text(json.dumps(config))
    return folder


def outputs(name, parts, inputs):
    """What the three networks make of the inputs, gradients of the U-Net and of the text encoder included."""
    import torch

    found = {}
    for key in ("latents", "odd"):
        with torch.no_grad():
            found[f"unet.{key}"] = parts["unet"](
                inputs[key], inputs["timesteps"], inputs["context"]).sample
    with torch.no_grad():
        distribution = parts["vae"].encode(inputs["pictures"]).latent_dist
        found["vae.mean"], found["vae.logvar"] = distribution.mean, distribution.logvar
        found["vae.decoded"] = parts["vae"].decode(inputs["odd"]).sample
        parts["vae"].enable_tiling()
        found["vae.tiled.mean"] = parts["vae"].encode(inputs["pictures"]).latent_dist.mean
        found["vae.tiled.decoded"] = parts["vae"].decode(inputs["wide"]).sample
        parts["vae"].disable_tiling()
        found["text"] = parts["text_encoder"](inputs["tokens"]).last_hidden_state
    loss = (parts["unet"](inputs["latents"], inputs["timesteps"], inputs["context"]).sample ** 2).mean()
    loss.backward()
    found["unet.gradient"] = parts["unet"].conv_in.weight.grad
    (parts["text_encoder"](inputs["tokens"]).last_hidden_state[..., 0] ** 3).mean().backward()
    text = parts["text_encoder"]
    model = getattr(text, "text_model", text)
    found["text.gradient"] = model.embeddings.position_embedding.weight.grad
    return found


def make_inputs(name):
    import torch

    width = MODELS[name]["text"]["hidden_size"]
    return {
        "latents": torch.randn(2, 4, 16, 16), "odd": torch.randn(2, 4, 9, 13), "wide": torch.randn(1, 4, 21, 34),
        "timesteps": torch.tensor([17, 981]), "context": torch.randn(2, 77, width),
        "pictures": torch.rand(2, 3, 44, 72) * 2 - 1, "tokens": torch.randint(0, 1000, (2, 77))}


def full_sizes():
    """The names and shapes of published networks, made without memory."""
    import torch

    diffusers, transformers = libraries()
    unet = {"sample_size": 64}
    text = {"vocab_size": 49408, "max_position_embeddings": 77}
    vae = {
        "block_out_channels": [128, 256, 512, 512], "layers_per_block": 2, "latent_channels": 4,
        **{key: value * 2 for key, value in LEVELS.items()}}
    with torch.device("meta"):
        models = {
            "unet1": diffusers.UNet2DConditionModel(**unet, cross_attention_dim=768),
            "unet2": diffusers.UNet2DConditionModel(
                **unet, cross_attention_dim=1024, attention_head_dim=[5, 10, 20, 20], use_linear_projection=True),
            "vae": diffusers.AutoencoderKL(**vae),
            "text1": transformers.CLIPTextModel(transformers.CLIPTextConfig(
                **text, hidden_size=768, intermediate_size=3072, num_hidden_layers=12, num_attention_heads=12)),
            "text2": transformers.CLIPTextModel(transformers.CLIPTextConfig(
                **text, hidden_size=1024, intermediate_size=4096, num_hidden_layers=23, num_attention_heads=16)),
        }
    return {name: {key: list(value.shape) for key, value in model.state_dict().items()
                   if not key.endswith("position_ids")} for name, model in models.items()}


def rename(path, change):
    import safetensors.torch

    tensors = safetensors.torch.load_file(path)
    safetensors.torch.save_file({change(key): value for key, value in tensors.items()}, path, metadata={"format": "pt"})


def published(key):
    """The names of published files."""
    for new, old in (("to_q", "query"), ("to_k", "key"), ("to_v", "value"), ("to_out.0", "proj_attn")):
        key = key.replace(f".{new}.", f".{old}.")
    return key


def write(folder):
    import numpy
    import torch

    diffusers, transformers = libraries()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "full-sizes.json").write_text(json.dumps(full_sizes()))
    for index, name in enumerate(MODELS):
        parts = {key: shaken(part) for key, part in networks(name, seed=index).items()}
        tokenizer = transformers.CLIPTokenizer.from_pretrained(tokenizer_files(folder / f"{name}-tokenizer"))
        pipeline = diffusers.StableDiffusionPipeline(
            **parts, tokenizer=tokenizer, scheduler=diffusers.PNDMScheduler(
                **{key: value for key, value in SCHEDULE.items() if key != "clip_sample"}, skip_prk_steps=True),
            safety_checker=None, feature_extractor=None, requires_safety_checker=False)
        inputs = make_inputs(name)
        for key, tensor in {**inputs, **outputs(name, parts, inputs)}.items():
            numpy.save(folder / f"{name}.{key}.npy", tensor.detach().numpy())

        plain = folder / f"{name}-saved"
        pipeline.save_pretrained(plain)
        old = folder / f"{name}-published"
        shutil.copytree(plain, old)
        rename(old / "vae" / "diffusion_pytorch_model.safetensors", published)
        rename(old / "text_encoder" / "model.safetensors",
               lambda key: key if key.startswith("text_model.") else f"text_model.{key}")
        pipeline.save_pretrained(folder / f"{name}-shards", max_shard_size="200KB")
        archives = folder / f"{name}-archives"
        shutil.copytree(plain, archives)
        for part, model in parts.items():
            stem = "pytorch_model" if part == "text_encoder" else "diffusion_pytorch_model"
            for file in (archives / part).glob("*.safetensors"):
                file.unlink()
            torch.save(model.state_dict(), archives / part / f"{stem}.bin")
        pipeline.to(dtype=torch.float16).save_pretrained(folder / f"{name}-half", variant="fp16")
        names = sorted(path.name for path in (plain / "text_encoder").iterdir())
        keys = list(parts["text_encoder"].state_dict())[:1]
        print(f"{name}: transformers {transformers.__version__} saves {', '.join(names)} with {keys[0]}, and "
              f"{', '.join(sorted(path.name for path in (plain / 'tokenizer').iterdir()))}", flush=True)


def compare(folder):
    import numpy
    import torch

    diffusers, _ = libraries()
    written = folder / "written"
    for name in MODELS:
        for path in sorted(written.glob(f"{name}-*.json")):
            differences = json.loads(path.read_text())
            shown = ", ".join(f"{key} {value:.0e}" for key, value in sorted(differences.items()))
            print(f"{path.stem}: Python's folder in Swift: {shown}")
        initial = networks(name, seed=99)
        inputs = {key: torch.from_numpy(numpy.load(folder / f"{name}.{key}.npy")) for key in make_inputs(name)}
        pipeline = diffusers.StableDiffusionPipeline.from_pretrained(written / name, safety_checker=None)
        parts = {"unet": pipeline.unet, "vae": pipeline.vae, "text_encoder": pipeline.text_encoder}
        worst = {}
        for key, tensor in outputs(name, parts, inputs).items():
            ours = torch.from_numpy(numpy.load(written / f"{name}.{key}.npy"))
            worst[key] = (ours - tensor).abs().max().item() / max(1, tensor.abs().max().item())
        print(f"{name}: Swift's folder in StableDiffusionPipeline with {type(pipeline.scheduler).__name__}: "
              + ", ".join(f"{key} {value:.0e}" for key, value in sorted(worst.items())))
        if not max(worst.values()) <= TOLERANCE:
            sys.exit(f"{name}: the difference is too large")
        for part, model in initial.items():
            compare_initial_weights(f"{name}, {part}", parts[part].state_dict(), model.state_dict(), smallest=100)


def main():
    step, *folders = sys.argv[1:] or ["all"]
    folder = pathlib.Path(folders[0] if folders else ROOT / "files").resolve()
    run_with(PACKAGES, ROOT)
    if step in ("write", "all"):
        write(folder)
    if step == "all":
        subprocess.run(["swift", "test", "--traits", "Torch", "--filter", "PythonDiffusionTests"], check=True,
                       cwd=REPOSITORY, env={**os.environ, "CXR_DIFFUSION_FILES": str(folder)})
    if step in ("compare", "all"):
        compare(folder)


if __name__ == "__main__":
    main()
