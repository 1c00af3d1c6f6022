# SPDX-License-Identifier: Apache-2.0
"""Times the curation verbs on a phantom of the published size and prints times beside targets.

    python curation.py --cxr .build/release/cxr --data .build/bench [--tokenizer FOLDER]

No peer reads all five datasets, so nothing but the targets stands beside the times. The phantom
(0.6 GB) is made once. Token counts need a CLIP vocabulary, such as the one that
Scripts/golden/check_clip_tokenizer.py leaves in .venv/clip/sd2.
"""

import argparse
import json
import os
import pathlib
import sys
import tempfile
import time

DATASETS = ["mimic-cxr", "chexpert", "nih", "padchest", "vindr-cxr"]
QUARTER_PATIENTS = 16_345  # of the 65,379 patients of MIMIC-CXR


def run(arguments, output="/dev/null"):
    """Runs a command and returns its seconds, processor seconds and peak memory in MiB."""
    write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with tempfile.NamedTemporaryFile("r") as notes:
        start = time.perf_counter()
        pid = os.posix_spawn(
            arguments[0], arguments, os.environ,
            file_actions=[(os.POSIX_SPAWN_OPEN, 1, output, write, 0o644),
                          (os.POSIX_SPAWN_OPEN, 2, notes.name, write, 0o644)])
        _, status, usage = os.wait4(pid, 0)
        seconds = time.perf_counter() - start
        if status:
            sys.exit(f"curation: {' '.join(arguments)} failed:\n{notes.read()}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


class Table:
    """Prints one line per figure and counts those that miss their target."""

    def __init__(self):
        self.missed = 0

    def line(self, what, measured, target="", reached=True):
        self.missed += not reached
        print(f"{what:<52}{measured:>22}  {target:<16}{'' if not target else 'yes' if reached else 'NO'}",
              flush=True)


def remove_catalog(path):
    for suffix in ("", "-wal", "-shm"):
        pathlib.Path(str(path) + suffix).unlink(missing_ok=True)


def ingest(cxr, dataset, folder, catalog):
    return run([cxr, "ingest", dataset, "--root", str(folder / dataset), "--catalog", str(catalog)])


def radiograph_count(folder, dataset):
    return json.loads((folder / "truth" / "truth.json").read_text())["datasets"][dataset]["radiographCount"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cxr", required=True)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--tokenizer", type=pathlib.Path, default=pathlib.Path(".venv/clip/sd2"))
    options = parser.parse_args()
    cxr, table = os.path.abspath(options.cxr), Table()
    published, quarter = options.data / "published", options.data / "quarter"
    for folder, size in [(published, ["--published-size"]),
                         (quarter, ["--only", "mimic-cxr", "--patients", str(QUARTER_PATIENTS)])]:
        if not (folder / "truth" / "truth.json").exists():
            print(f"==> Making {folder} (about a minute).", flush=True)
            run([cxr, "phantom", "--out", str(folder), "--seed", "1", *size])
    catalog = options.data / "published.sqlite"
    remove_catalog(catalog)

    print(f"{'curation at the published size':<52}{'measured':>22}  {'target':<16}reached")
    total, peak, whole = 0.0, 0.0, 0.0
    for dataset in DATASETS:
        seconds, _, memory = ingest(cxr, dataset, published, catalog)
        total, peak = total + seconds, max(peak, memory)
        whole = seconds if dataset == "mimic-cxr" else whole
        table.line(f"  ingest {dataset}", f"{seconds:.1f} s, {memory:.0f} MiB")
    table.line("ingest of all five", f"{total:.1f} s, {peak:.0f} MiB", "90 s, 1,024 MiB",
               total <= 90 and peak <= 1024)

    with tempfile.TemporaryDirectory() as folder:
        seconds, _, memory = ingest(cxr, "mimic-cxr", quarter, pathlib.Path(folder) / "quarter.sqlite")
    rates = [1e6 * seconds / radiograph_count(quarter, "mimic-cxr"),
             1e6 * whole / radiograph_count(published, "mimic-cxr")]
    table.line("MIMIC, a row at a quarter and at the whole size", f"{rates[0]:.0f} and {rates[1]:.0f} µs",
               "equal ± 25 %", rates[1] <= 1.25 * rates[0])

    os.environ["CXR_CATALOG"] = str(catalog)
    cohort = [cxr, "cohort", "table"]
    for dataset in DATASETS:
        cohort += ["--dataset", dataset]
    run(cohort)
    seconds = run(cohort)[0]
    table.line("cohort table over the catalog", f"{seconds:.2f} s", "2 s", seconds <= 2)

    build = [cxr, "prompts", "build", "--name", "bench", "--dataset", "mimic-cxr", "--dry-run",
             "--threads", "1", "--json"]
    counts_tokens = options.tokenizer.is_dir()
    if counts_tokens:
        build += ["--tokenizer", str(options.tokenizer)]
    answer = options.data / "prompts.json"
    for name, extra in [("one per report", []), ("eight per report", ["--balanced"])]:
        seconds = run(build + extra, str(answer))[0]
        count = json.loads(answer.read_text())["promptCount"]
        rate = count / seconds
        table.line(f"prompts, {name}, 1 thread, {count:,}", f"{rate:,.0f} a second",
                   "50,000" if counts_tokens else "", rate >= 50_000)
    if not counts_tokens:
        print("No tokens were counted: there is no vocabulary in", options.tokenizer)
    if table.missed:
        print(f"{table.missed} figures miss their target.")


if __name__ == "__main__":
    main()
