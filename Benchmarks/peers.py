# SPDX-License-Identifier: Apache-2.0
"""Times one task with one peer, in a process of its own, and prints one line of JSON.

    python peers.py TASK FOLDER [REPETITIONS]

Reading the input is not timed; the time of fewer repetitions is to be scaled by the caller.
"""

import json
import pathlib
import resource
import sys
import time

import numpy as np

GROUPS = 8


def load(folder):
    """The columns of predictions.csv by name."""
    import pandas

    return pandas.read_csv(folder / "predictions.csv")


def labels_of(table):
    return [name[2:] for name in table.columns if name.startswith("y_")]


def bootstrap(folder, repetitions):
    """AUROC and average precision of eight labels on resamples, scikit-learn in a loop."""
    from sklearn.metrics import average_precision_score, roc_auc_score

    table = load(folder)
    pairs = [(table[f"y_{x}"].to_numpy(), table[f"a_{x}"].to_numpy()) for x in labels_of(table)]
    random, rows = np.random.default_rng(1), len(table)

    def task():
        for _ in range(repetitions):
            drawn = random.integers(0, rows, rows)
            for truth, score in pairs:
                roc_auc_score(truth[drawn], score[drawn])
                average_precision_score(truth[drawn], score[drawn])

    return task


def permutation(folder, repetitions):
    """The difference of average precision of two models, eight labels, scores swapped at random."""
    from sklearn.metrics import average_precision_score

    table = load(folder)
    triples = [
        tuple(table[f"{kind}_{label}"].to_numpy() for kind in "yab") for label in labels_of(table)
    ]
    random, rows = np.random.default_rng(1), len(table)

    def task():
        for truth, a, b in triples:
            for _ in range(repetitions):
                swap = random.random(rows) < 0.5
                average_precision_score(truth, np.where(swap, b, a))
                average_precision_score(truth, np.where(swap, a, b))

    return task


def delong(folder, _):
    """Paired DeLong tests of eight labels with midranks by SciPy: the fast NumPy formulation."""
    from scipy.stats import norm, rankdata

    table = load(folder)
    triples = [
        tuple(table[f"{kind}_{label}"].to_numpy() for kind in "yab") for label in labels_of(table)
    ]

    def task():
        for truth, *scores in triples:
            positive = truth == 1
            m, n = positive.sum(), (~positive).sum()
            above, below = [], []
            for score in scores:
                rank = rankdata(score)
                above.append((rank[positive] - rankdata(score[positive])) / n)
                below.append(1 - (rank[~positive] - rankdata(score[~positive])) / m)
            s = np.cov(above) / m + np.cov(below) / n
            z = (above[0].mean() - above[1].mean()) / np.sqrt(s[0, 0] + s[1, 1] - 2 * s[0, 1])
            norm.sf(abs(z))

    return task


def gaps(folder, repetitions):
    """False-positive rate and AUROC of one label by eight groups with bootstrap, Fairlearn."""
    from fairlearn.metrics import MetricFrame, false_positive_rate
    from sklearn.metrics import roc_auc_score

    table = load(folder)
    truth, score = table["y_No Finding"], table["a_No Finding"]
    called = (score >= 0.5).astype(int)

    def task():
        for metric, output in ((false_positive_rate, called), (roc_auc_score, score)):
            frame = MetricFrame(
                metrics=metric, y_true=truth, y_pred=output, sensitive_features=table["group"],
                n_boot=repetitions, ci_quantiles=[0.025, 0.975], random_state=1)
            frame.difference_ci()

    return task


def frechet(folder, _):
    """Fréchet distance of two sets of 10,000 × 2,048 features by SciPy's matrix square root."""
    from scipy import linalg

    real, synthetic = (
        np.fromfile(folder / f"features-{name}.f32", "<f4").reshape(-1, 2_048).astype(float)
        for name in ("real", "synthetic")
    )

    def task():
        means = [x.mean(0) for x in (real, synthetic)]
        covariances = [np.cov(x, rowvar=False) for x in (real, synthetic)]
        root = linalg.sqrtm(covariances[0] @ covariances[1])
        squared = ((means[0] - means[1]) ** 2).sum()
        return squared + sum(map(np.trace, covariances)) - 2 * np.trace(root.real)

    return task


def pictures(count, side):
    """Slopes with noise, shape [count, side, side], as bytes."""
    slope = (np.arange(side) * 191 // side).astype(np.uint8)[None, None]
    return slope + np.random.default_rng(1).integers(0, 64, (count, side, side), np.uint8)


def resize(_, __):
    """64 pictures of 1,024 × 1,024 to 224 × 224 by OpenCV's area filter, on one thread."""
    import cv2

    cv2.setNumThreads(1)
    images = pictures(64, 1_024)

    def task():
        for image in images:
            cv2.resize(image, (224, 224), interpolation=cv2.INTER_AREA)

    return task


def png(folder, _):
    """Radiographs decoded and shrunk by Pillow's box filter, which is its area filter."""
    from PIL import Image

    paths = sorted((folder / "pictures/nih/images").glob("*.png"))

    def task():
        for path in paths:
            with Image.open(path) as image:
                np.asarray(image.convert("L").resize((224, 224), Image.Resampling.BOX))

    return task


def pngOpenCV(folder, _):
    """Radiographs decoded and shrunk by OpenCV's area filter, on one thread."""
    import cv2

    cv2.setNumThreads(1)
    paths = sorted((folder / "pictures/nih/images").glob("*.png"))

    def task():
        for path in paths:
            image = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
            cv2.resize(image, (224, 224), interpolation=cv2.INTER_AREA)

    return task


def jpeg(folder, _):
    """Radiographs decoded in full by Pillow, and shrunk."""
    from PIL import Image

    paths = sorted((folder / "pictures/chexpert").rglob("*.jpg"))

    def task():
        for path in paths:
            with Image.open(path) as image:
                np.asarray(image.resize((224, 224), Image.Resampling.BOX))

    return task


def msssim(_, __):
    """MS-SSIM of 64 pairs of 512 × 512 in single precision, batches of 8, on one thread."""
    import torch
    from pytorch_msssim import ms_ssim

    torch.set_num_threads(1)
    images = torch.from_numpy(pictures(128, 512)).float().div(255)[:, None]

    def task():
        with torch.no_grad():
            for start in range(0, 128, 16):
                batch = images[start:start + 16]
                ms_ssim(batch[0::2], batch[1::2], data_range=1.0)

    return task


def loading(store, count, augmented, workers):
    """An epoch of a DataLoader over the shards of a store, batches of 32."""
    import csv
    import torch

    # The build of torchvision may know of operators that that of torch has not.
    registry = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms", "roi_align"):
        registry.define(f"{name}(Tensor x) -> Tensor")
    from torchvision.transforms import InterpolationMode, v2

    torch.set_num_threads(1)
    with open(store / "index.csv", newline="") as file:
        places = [(int(row["shard"]), int(row["row"])) for row in csv.DictReader(file) if row["shard"]]
    shards = [np.load(path, mmap_mode="r") for path in sorted(store.glob("shard-*.npy"))]
    steps = [v2.ToDtype(torch.float32, scale=True)]
    if augmented:
        steps += [
            v2.RandomHorizontalFlip(), v2.RandomRotation(10, InterpolationMode.BILINEAR),
            v2.ColorJitter(brightness=0.2, contrast=0.2)]
    transform = v2.Compose(steps + [v2.Normalize([0.5], [0.25])])

    class Images(torch.utils.data.Dataset):
        def __len__(self):
            return count

        def __getitem__(self, index):
            shard, row = places[index % len(places)]
            image = torch.from_numpy(np.array(shards[shard][row]))[None]
            return transform(image), torch.tensor([index % 3 == 0, index % 5 == 0]).float()

    loader = torch.utils.data.DataLoader(
        Images(), batch_size=32, shuffle=True, num_workers=workers, prefetch_factor=2)

    def task():
        return sum(float(pixels[0, 0, 0, 0]) for pixels, _ in loader)

    return task


def loader(folder, workers):
    """20,000 images of 64 × 64, mirrored, turned, and changed in brightness and contrast."""
    return loading(folder / "pictures/store-64", 20_000, True, workers)


def loaderPlain(folder, workers):
    """20,000 images of 64 × 64 as they are."""
    return loading(folder / "pictures/store-64", 20_000, False, workers)


def loader224(folder, workers):
    """4,000 images of 224 × 224, changed as those of 64 × 64."""
    return loading(folder / "pictures/store-224", 4_000, True, workers)


def loader224Plain(folder, workers):
    """4,000 images of 224 × 224 as they are."""
    return loading(folder / "pictures/store-224", 4_000, False, workers)


def densenet(threads):
    """torch and what makes DenseNet-121 with 14 outputs, which is timed too, as for ours."""
    import torch

    # PyPI's torchvision expects operators that the processor's build of torch lacks.
    library = torch.library.Library("torchvision", "DEF")
    library.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    library.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    from torchvision.models import densenet121

    torch.set_num_threads(threads)
    torch.manual_seed(7)
    return torch, lambda: densenet121(num_classes=14)


def train(_, threads):
    """6 steps of AdamW, eager."""
    torch, make = densenet(threads)
    targets = (torch.arange(8 * 14) % 3 == 0).float().view(8, 14)

    def task():
        model, pictures = make(), torch.rand(8, 3, 224, 224)
        optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, weight_decay=0.05, fused=True)
        for _ in range(6):
            loss = torch.nn.functional.binary_cross_entropy_with_logits(model(pictures), targets)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)

    return task


def predict(_, threads):
    """8 batches of 16 pictures in inference mode, eager."""
    torch, make = densenet(threads)

    def task():
        model, pictures = make().eval(), torch.rand(16, 3, 224, 224)
        with torch.inference_mode():
            for _ in range(8):
                model(pictures).numpy()

    return task


def pipeline(folder, threads):
    """torch, and the pipeline of the folder that `make_data.py` has written, which is not timed."""
    import torch

    # PyPI's torchvision expects operators that the processor's build of torch lacks.
    library = torch.library.Library("torchvision", "DEF")
    pipeline.kept = library
    library.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    library.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    library.define("roi_align(Tensor input, Tensor rois, float spatial_scale, int pooled_height, "
                   "int pooled_width, int sampling_ratio, bool aligned) -> Tensor")
    import diffusers

    diffusers.utils.logging.disable_progress_bar()
    torch.set_num_threads(threads)
    model = diffusers.StableDiffusionPipeline.from_pretrained(
        folder / "diffusion", safety_checker=None, requires_safety_checker=False)
    model.scheduler = diffusers.DDIMScheduler.from_config(model.scheduler.config)
    model.set_progress_bar_config(disable=True)
    return torch, model


def sample(folder, threads):
    """8 images by diffusers' pipeline, one after the other."""
    torch, model = pipeline(folder, threads)

    def image(seed):
        model(str(seed), num_inference_steps=10, guidance_scale=4.0, output_type="np",
              generator=torch.Generator().manual_seed(seed))

    def task():
        for seed in range(1, 9):
            image(seed)

    image(0)
    return task


def finetune(folder, threads):
    """8 steps of AdamW, eager."""
    torch, model = pipeline(folder, threads)
    unet = model.unet.train()
    del model
    optimizer = torch.optim.AdamW(unet.parameters(), lr=1e-5, weight_decay=0.01, fused=True)
    latents, noise = torch.randn(2, 4, 4, 16, 16)
    context, timesteps = torch.randn(4, 77, 256), torch.tensor([17, 250, 501, 981])

    def step():
        output = unet(latents, timesteps, context).sample
        torch.nn.functional.mse_loss(output, noise).backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)

    def task():
        for _ in range(8):
            step()

    step()
    return task


def ingest(folder, _):
    """Reads NIH metadata with pandas and one-hot encodes the labels; nothing is stored."""
    import pandas

    path = next((folder / "nih").glob("Data_Entry_2017_v2020.csv*"))

    def task():
        table = pandas.read_csv(path, index_col=False)
        table["Finding Labels"].str.get_dummies("|")

    return task


def prepared(path):
    """The middle square of a picture at 224 x 224 and the digest of its file, as a store has them."""
    import hashlib
    import io

    from PIL import Image

    data = path.read_bytes()
    image = Image.open(io.BytesIO(data)).convert("L")
    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    square = image.crop((left, top, left + side, top + side)).resize((224, 224), Image.BOX)
    return hashlib.sha256(data).hexdigest(), np.asarray(square)


def build(folder, processes):
    """A NumPy file and an index of every picture, by Pillow in as many processes as ours has threads."""
    import csv
    import multiprocessing

    paths = sorted((folder / "pictures" / "nih" / "images").rglob("*.png"))
    pool = multiprocessing.Pool(processes)

    def task():
        rows = pool.map(prepared, paths, chunksize=4)
        np.save(folder / "built-peer.npy", np.stack([pixels for _, pixels in rows]))
        with open(folder / "built-peer.csv", "w", newline="") as file:
            csv.writer(file).writerows([path.name, digest] for path, (digest, _) in zip(paths, rows))
        for name in ("built-peer.npy", "built-peer.csv"):
            (folder / name).unlink()
        pool.close()
        pool.join()

    return task


def main():
    name, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    repetitions = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000
    task = globals()[name](folder, repetitions)
    start = time.perf_counter()
    task()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    print(json.dumps({"task": name, "seconds": seconds, "peakMiB": round(peak, 1)}))


if __name__ == "__main__":
    main()
