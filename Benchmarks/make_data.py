# SPDX-License-Identifier: Apache-2.0
"""Writes the benchmark's inputs: predictions.csv (50,000 radiographs, 8 labels, 2 models) and two
float32 feature matrices for the Fréchet distance, and a small model of Stable Diffusion 2. Deterministic for
versions of NumPy and torch.

    python make_data.py FOLDER
"""

import pathlib
import sys

import numpy as np

ROWS = 50_000
FEATURES = (10_000, 2_048)
# Label: prevalence, separation of the classes in model a, decimals kept (few decimals mean many ties).
LABELS = {
    "Atelectasis": (0.18, 1.1, 4),
    "Cardiomegaly": (0.15, 1.5, 4),
    "Consolidation": (0.05, 1.0, 3),
    "Edema": (0.11, 1.7, 5),
    "Effusion": (0.21, 1.8, 6),
    "Pneumonia": (0.07, 0.8, 3),
    "Pneumothorax": (0.02, 1.4, 5),
    "No Finding": (0.40, 1.3, 4),
}


def predictions(random):
    """Columns by name: patient, group (0 to 7), then truth and both models' scores per label."""
    images = random.geometric(0.55, ROWS)
    patient = np.repeat(np.arange(ROWS), images)[:ROWS]
    group = random.choice(8, ROWS, p=[0.02, 0.02, 0.09, 0.10, 0.03, 0.03, 0.34, 0.37])[patient]
    columns = {"patient": patient, "group": group}
    for label, (prevalence, separation, decimals) in LABELS.items():
        truth = random.random(ROWS) < prevalence
        habit = 0.5 * random.normal(size=ROWS)[patient]
        shared = habit + 0.6 * random.normal(size=ROWS) + 0.06 * group
        columns[f"y_{label}"] = truth.astype(int)
        for model, extra in (("a", 0.0), ("b", 0.12)):
            evidence = (separation + extra) * truth + shared + 0.6 * random.normal(size=ROWS)
            columns[f"{model}_{label}"] = np.round(1 / (1 + np.exp(1.5 - evidence)), decimals)
    return columns


def diffusion(folder):
    """A model for images of 128 pixels with a U-Net of 18 million numbers, as diffusers saves it."""
    sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "Scripts" / "golden"))
    import check_diffusion_networks as networks
    import torch

    diffusers, transformers = networks.libraries()
    torch.manual_seed(7)
    unet = diffusers.UNet2DConditionModel(
        sample_size=16, block_out_channels=[64, 128, 256], layers_per_block=2, cross_attention_dim=256,
        down_block_types=["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
        up_block_types=["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"],
        attention_head_dim=[2, 4, 8], use_linear_projection=True)
    vae = diffusers.AutoencoderKL(
        block_out_channels=[32, 64, 64, 64], layers_per_block=1, latent_channels=4, sample_size=128,
        down_block_types=["DownEncoderBlock2D"] * 4, up_block_types=["UpDecoderBlock2D"] * 4)
    text = transformers.CLIPTextModel(transformers.CLIPTextConfig(
        hidden_size=256, intermediate_size=1024, num_hidden_layers=4, num_attention_heads=4, vocab_size=1000,
        hidden_act="gelu", bos_token_id=0, eos_token_id=2, pad_token_id=1))
    tokenizer = transformers.CLIPTokenizer.from_pretrained(networks.tokenizer_files(folder.parent / "tokenizer"))
    diffusers.StableDiffusionPipeline(
        unet=unet, vae=vae, text_encoder=text, tokenizer=tokenizer,
        scheduler=diffusers.DDIMScheduler(**networks.SCHEDULE), safety_checker=None, feature_extractor=None,
        requires_safety_checker=False).save_pretrained(folder)


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    diffusion(folder / "diffusion")
    random = np.random.default_rng(20_170_925)
    columns = predictions(random)
    with open(folder / "predictions.csv", "w", encoding="utf-8") as file:
        file.write(",".join(columns) + "\n")
        rows = zip(*(column.tolist() for column in columns.values()))
        file.writelines(",".join(map(repr, row)) + "\n" for row in rows)
    # Correlated features: a random rotation of axes with decaying spread, and a shifted relative.
    mixing = random.normal(size=(FEATURES[1], FEATURES[1])) / np.sqrt(FEATURES[1])
    mixing *= np.linspace(1.5, 0.1, FEATURES[1])[:, None]
    for name, shift in (("real", 0.0), ("synthetic", 0.1)):
        features = random.normal(size=FEATURES) @ mixing + shift
        features.astype("<f4").tofile(folder / f"features-{name}.f32")


if __name__ == "__main__":
    main()
