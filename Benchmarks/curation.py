# SPDX-License-Identifier: Apache-2.0
"""Times the curation verbs on a phantom of the published size and prints times beside targets.

    python curation.py --cxr .build/release/cxr --data .build/bench [--tokenizer FOLDER]

There is no peer that reads all five datasets, so nothing but the targets stands beside the times. The
phantom (0.6 GB) is made once. Token counts need a CLIP vocabulary, such as the one that
Scripts/golden/check_clip_tokenizer.py leaves in .venv/clip/sd2.
"""

import argparse
import os
import pathlib
import sys
import time

DATASETS = ["mimic-cxr", "chexpert", "nih", "padchest", "vindr-cxr"]


def run(arguments):
    """Runs a command and returns its seconds, processor seconds and peak memory in MiB."""
    start = time.perf_counter()
    pid = os.posix_spawn(
        arguments[0], arguments, os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
    _, status, usage = os.wait4(pid, 0)
    if status:
        sys.exit(f"curation: {' '.join(arguments)} failed with status {os.waitstatus_to_exitcode(status)}")
    seconds = time.perf_counter() - start
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def report(what, measured, target=""):
    print(f"{what:<44}{measured:>24}{target:>14}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cxr", required=True)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--tokenizer", type=pathlib.Path, default=pathlib.Path(".venv/clip/sd2"))
    options = parser.parse_args()
    cxr, phantom = os.path.abspath(options.cxr), options.data / "published"
    os.environ["CXR_CATALOG"] = str(options.data / "published.sqlite")
    if not (phantom / "truth" / "truth.json").exists():
        print("==> Making the phantom of the published size (about a minute).", flush=True)
        run([cxr, "phantom", "--out", str(phantom), "--published-size", "--seed", "1"])
    for suffix in ("", "-wal", "-shm"):
        pathlib.Path(os.environ["CXR_CATALOG"] + suffix).unlink(missing_ok=True)

    report("curation at the published size", "measured", "target")
    total, peak = 0.0, 0.0
    for dataset in DATASETS:
        seconds, _, memory = run([cxr, "ingest", dataset, "--root", str(phantom / dataset)])
        total, peak = total + seconds, max(peak, memory)
        report(f"  ingest {dataset}", f"{seconds:.1f} s, {memory:.0f} MiB")
    report("ingest of all five", f"{total:.1f} s, {peak:.0f} MiB", "90 s, 1 GiB")

    table = [cxr, "cohort", "table"]
    for dataset in DATASETS:
        table += ["--dataset", dataset]
    run(table)
    report("cohort table over the catalog", f"{run(table)[0]:.2f} s", "2 s")

    build = [cxr, "prompts", "build", "--name", "bench", "--dataset", "mimic-cxr", "--dry-run",
             "--threads", "1"]
    if options.tokenizer.is_dir():
        build += ["--tokenizer", str(options.tokenizer)]
    for name, extra, variations in [("original", [], 1), ("balanced", ["--balanced"], 8)]:
        seconds, processor, _ = run(build + extra)
        report(f"prompts, {name}, MIMIC, 1 thread, whole run", f"{seconds:.1f} s, {processor:.1f} s CPU")


if __name__ == "__main__":
    main()
