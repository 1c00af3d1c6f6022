# SPDX-License-Identifier: Apache-2.0
"""Times cxr and its peers one after another on the same inputs and prints ratios beside targets.

    python run.py --bench .build/release/CXRBench --cxr .build/release/cxr --data FOLDER [--full]
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
FULL = 1_000
MEMORY_LIMIT_MIB = 400
# Peers that run on as many threads or processes as ours, and are timed with each number.
IN_PROCESSES = (
    "build", "loader", "loaderPlain", "loader224", "loader224Plain", "train", "predict", "sample",
    "finetune")
NETWORKS = ("train", "predict", "sample", "finetune")
ONE_THREAD = ("ingest", "bca", "delong", "png", "pngOpenCV", "jpeg", "store", "resize", "msssim")


class Task:
    """What is timed, with which peer, and what is to be reached on one and on two threads."""

    def __init__(self, name, text, peer, quick, target, kind):
        self.name, self.text, self.peer, self.quick = name, text, peer, quick
        # The peer's repetitions out of 1,000, or None when it has none; targets by thread count.
        self.target, self.kind = target, kind


TASKS = [
    Task("bootstrap", "1,000 bootstraps, AUROC + AP, 8 labels", "scikit-learn", 20,
         {1: 180, 2: 340}, "ratio"),
    Task("permutation", "1,000 permutations, AP difference, 8 labels", "scikit-learn", 10,
         {1: 60, 2: 110}, "ratio"),
    Task("delong", "paired DeLong, 8 labels", "pROC", None, {1: 5}, "ratio"),
    Task("gaps", "gaps, 8 groups x 8 labels x 2 models (peer: 1 label, 1 model)", "Fairlearn", 10,
         {2: 5.0}, "seconds"),
    Task("bca", "BCa interval, 1 label", None, None, {1: 0.2}, "seconds"),
    Task("frechet", "Frechet distance, 2,048 dimensions", "SciPy sqrtm", None, {1: 4}, "ratio"),
    Task("png", "PNG of 1,024 x 1,024 decoded and shrunk to 224 x 224, Pillow", "Pillow", None,
         {1: 1}, "ratio"),
    Task("pngOpenCV", "PNG of 1,024 x 1,024 decoded and shrunk to 224 x 224, OpenCV", "OpenCV", None,
         {1: 1}, "ratio"),
    Task("jpeg", "JPEG of 2,304 pixels to 224 x 224, scaled (peer: plain)", "Pillow", None, {1: 2},
         "ratio"),
    Task("store", "20,000 images of 224 x 224 read from a store", None, None, {1: 1}, "seconds"),
    # A ratio of 0.5 is half of OpenCV's speed.
    Task("resize", "64 pictures of 1,024 x 1,024 to 224 x 224, area", "OpenCV", None, {1: 0.5},
         "ratio"),
    Task("msssim", "MS-SSIM, 64 pairs of 512 x 512", "pytorch-msssim", None, {1: 3}, "ratio"),
    Task("loader", "20,000 images of 64 x 64 in batches, augmented", "DataLoader", None, {1: 3, 2: 3},
         "ratio"),
    Task("loaderPlain", "20,000 images of 64 x 64 in batches", "DataLoader", None, {1: 2, 2: 2},
         "ratio"),
    Task("loader224", "4,000 images of 224 x 224 in batches, augmented", "DataLoader", None,
         {1: 2, 2: 2}, "ratio"),
    Task("loader224Plain", "4,000 images of 224 x 224 in batches", "DataLoader", None, {1: 1, 2: 1},
         "ratio"),
    Task("train", "6 steps of DenseNet-121, 8 pictures of 224 x 224", "PyTorch", None,
         {1: 0.95, 2: 0.95}, "ratio"),
    Task("predict", "DenseNet-121 on 128 pictures of 224 x 224", "PyTorch", None,
         {1: 0.95, 2: 0.95}, "ratio"),
    Task("sample", "8 images of 128 x 128, U-Net of 18 M, 10 steps, guided", "diffusers", None,
         {1: 0.95, 2: 0.95}, "ratio"),
    Task("finetune", "8 steps of that U-Net, 4 latents of 16 x 16", "diffusers", None,
         {1: 0.95, 2: 0.95}, "ratio"),
    Task("draw", "100 phantoms of 512 x 512 drawn", None, None, {}, "seconds"),
    Task("build", "store of 224 x 224 from PNG of 1,024 x 1,024 (peer: as many processes)", "Pillow",
         None, {1: 1, 2: 1}, "ratio"),
    Task("ingest", "NIH ingest (peer: read and one-hot encode)", "pandas", None, {1: 0.5}, "ratio"),
]


def environment(threads):
    names = ("OMP", "OPENBLAS", "MKL", "NUMEXPR")
    return dict(os.environ, PYTHONWARNINGS="ignore",
                **{f"{name}_NUM_THREADS": str(threads) for name in names})


def last_json(command, threads):
    """Runs a command and reads the last line of its output."""
    result = subprocess.run(
        [str(part) for part in command], env=environment(threads), capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"bench: {' '.join(map(str, command))} failed:\n{result.stderr or result.stdout}")
    return json.loads(result.stdout.strip().splitlines()[-1])


def time_peer(task, data, full, threads=1):
    """The peer's name, its seconds for the whole task, its peak memory and how it was scaled."""
    if task.peer is None:
        return None
    if task.peer == "pROC":
        if shutil.which("Rscript"):
            measured = last_json(["Rscript", HERE / "delong.R", data], 1)
            return "pROC", measured["seconds"], measured["peakMiB"], ""
        measured = last_json([sys.executable, HERE / "peers.py", "delong", data], 1)
        return "NumPy (no R)", measured["seconds"], measured["peakMiB"], ""
    if task.name in IN_PROCESSES:
        measured = last_json([sys.executable, HERE / "peers.py", task.name, data, threads], 1)
        return task.peer, measured["seconds"], measured["peakMiB"], ""
    repetitions = FULL if full or task.quick is None else task.quick
    measured = last_json([sys.executable, HERE / "peers.py", task.name, data, repetitions], 1)
    scaled = task.quick is not None and repetitions < FULL
    seconds = measured["seconds"] * (FULL / repetitions if scaled else 1)
    return task.peer, seconds, measured["peakMiB"], f"{repetitions} of {FULL}" if scaled else ""


def time_ingest(cxr, data):
    """One whole process from official files to a committed catalog that did not exist before."""
    with tempfile.TemporaryDirectory() as folder:
        command = [cxr, "ingest", "nih", "--root", data / "nih",
                   "--catalog", pathlib.Path(folder) / "bench.sqlite"]
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        message = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        if status != 0:
            sys.exit(f"bench: {' '.join(map(str, command))} failed:\n{message.decode()}")
        return {"seconds": seconds, "peakMiB": usage.ru_maxrss / 1_024}


def time_ours(task, arguments, threads):
    if task.name == "ingest":
        return time_ingest(arguments.cxr, arguments.data)
    return last_json(
        [arguments.bench, "--task", task.name, "--data", arguments.data, "--threads", threads],
        threads)


def verdict(task, threads, ours, peer):
    """The measured figure beside its target, and whether it was reached."""
    wanted = task.target.get(threads)
    value = peer[1] / ours["seconds"] if peer else None
    ratio = f"{value:9.1f}x" if value is not None else " " * 10
    if wanted is None:
        return ratio, "", True
    if task.kind == "seconds":
        return ratio, f"<= {wanted:g} s", ours["seconds"] <= wanted
    if task.name == "delong" and peer[0] != "pROC":
        return ratio, "(pROC absent)", True
    return ratio, f">= {wanted:g}x", value >= wanted


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=pathlib.Path, required=True)
    parser.add_argument("--cxr", type=pathlib.Path, required=True)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--full", action="store_true", help="let peers run all 1,000 repetitions")
    parser.add_argument("--task", action="append", choices=[task.name for task in TASKS])
    arguments = parser.parse_args()

    layout = "{:<66} {:>3} {:>9} {:>7}  {:<13} {:>9} {:>7}  {:>10}  {:<14} {}"
    print(layout.format("task", "thr", "cxr s", "MiB", "peer", "peer s", "MiB", "ratio", "target",
                        "reached"))
    notes, missed = [], 0
    for task in TASKS:
        if arguments.task and task.name not in arguments.task:
            continue
        peer = time_peer(task, arguments.data, arguments.full)
        if peer and peer[3]:
            notes.append(f"{task.name}: {peer[0]} ran {peer[3]} repetitions; its time is scaled up.")
        seconds = {}
        for threads in ((1,) if task.name in ONE_THREAD else (1, 2)):
            if threads > 1 and task.name in IN_PROCESSES:
                peer = time_peer(task, arguments.data, arguments.full, threads)
            ours = time_ours(task, arguments, threads)
            seconds[threads] = ours["seconds"]
            ratio, target, reached = verdict(task, threads, ours, peer)
            # A network's memory is that of its layers; it is held to the peer's.
            limit = peer[2] if task.name in NETWORKS else MEMORY_LIMIT_MIB
            fits = ours["peakMiB"] <= limit
            missed += (not reached) + (not fits)
            print(layout.format(
                task.text, threads, f"{ours['seconds']:.3f}", f"{ours['peakMiB']:.0f}",
                peer[0] if peer else "-", f"{peer[1]:.3f}" if peer else "-",
                f"{peer[2]:.0f}" if peer else "-", ratio, target,
                ("yes" if reached else "NO") + ("" if fits else f", over {limit:.0f} MiB")),
                flush=True)
        if task.name in ("draw", "build"):
            notes.append(f"{task.name}: two threads are {seconds[1] / seconds[2]:.2f}x as fast as one.")
        if task.name == "draw":
            notes.append("draw: " + ", ".join(
                f"{100 / taken:.0f} images a second on {count}" for count, taken in seconds.items()))
    print()
    for note in notes:
        print(note)
    print("Peers run on one thread, but for build, the loaders and networks. n = 50,000. Reading the input is "
          "timed for ingest only.")
    if missed:
        print(f"{missed} figures miss their target.")


if __name__ == "__main__":
    main()
