# SPDX-License-Identifier: Apache-2.0
"""Compares cxr's CLIP tokenizer with that of transformers, prompt by prompt.

    swift build -c release --product cxr
    python3 Scripts/golden/check_clip_tokenizer.py [--prompts FILE] [--program .build/release/cxr]

Makes a virtual environment below .venv, builds vocab.json and merges.txt from the merge list that the
wheel of open_clip_torch carries (nothing of it enters the repository), and tokenizes 10,000 prompts
with both, in three layouts: end token as pad, `!` as pad, and the latter saved as tokenizer.json.
Without --prompts they are made up, oddities of Unicode included; only characters that both Unicode
tables may not know alike, that is unassigned ones, are left out. Exits 1 at the first difference.

Set CXR_CLIP_VOCABULARY to .venv/clip/sd2 to have the golden tests of CXRTextTests run as well.
"""

import argparse
import gzip
import json
import os
import pathlib
import random
import subprocess
import sys
import unicodedata
import venv
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2] / ".venv" / "clip"
PYTHON = ROOT / "bin" / "python"
WORDS = """no evidence of acute cardiopulmonary disease . bibasilar atelectasis with small right pleural
effusion cardiomegaly mild edema unchanged left lower lobe consolidation concerning for pneumonia
pneumothorax endotracheal tube terminates 4.5 cm above the carina sternotomy CABG , ; COPD ___""".split()
ODDITIES = """café naïve ½ ² µg — – “quoted” ﬁbrosis İstanbul ΑΣ ß ẞ é Å Å Ω 日本語 胸部Ｘ線 مرحبا हिन्दी
👍🏽 ① Ⅷ ٣٤ ǅ ŉ ! !! ?! x!y <|endoftext|> <|startoftext|> <|end don't I'LL we've 's ''s 'sam 'Re can’t
'ſ K ﷺ 각 각 … ° 10^9/L ± ≥ 0.5cm 1,200 3/4 (CTR #1 @ a_b \\n 𝒜 𐐀 ϴ 𝟎 〇 ᾳ""".split()
ODDITIES += [chr(c) for c in (0, 0x1C, 0x85, 0xA0, 0xAD, 0x180E, 0x200B, 0x2028, 0x3000, 0xFEFF, 0xE000)]


def made_up_prompts():
    draw = random.Random(11)
    ranges = [(1, 0x7F), (0x80, 0x24F), (0x250, 0x2FFF), (0x3000, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x1FFFF)]
    for number in range(10_000):
        words = [draw.choice(WORDS) for _ in range(draw.randint(3, 50))]
        kind = number % 4
        if kind == 1:
            for _ in range(draw.randint(1, 6)):
                words.insert(draw.randint(0, len(words)), draw.choice(ODDITIES))
        elif kind == 2:
            words = ["".join(draw.choice(ODDITIES + WORDS + [" "]) for _ in range(draw.randint(1, 20)))]
        elif kind == 3:
            codes = [draw.randint(*draw.choice(ranges)) for _ in range(draw.randint(1, 30))]
            words = ["".join(chr(c) for c in codes if unicodedata.category(chr(c)) != "Cn")]
        text = f"{draw.randint(18, 95)} year old {draw.choice(['WHITE', 'ASIAN'])} female. " + " ".join(words)
        yield text.replace("\n", " ").replace("\r", " ")


def build_vocabularies():
    wheel = next(ROOT.glob("open_clip_torch*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith("bpe_simple_vocab_16e6.txt.gz"))
        merges = gzip.decompress(archive.read(name)).decode().split("\n")[1 : 49152 - 256 - 2 + 1]
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    letters = [chr(b) for b in printable] + [chr(256 + n) for n in range(256 - len(printable))]
    tokens = letters + [c + "</w>" for c in letters] + ["".join(m.split()) for m in merges]
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    for folder, pad in (("sd1", "<|endoftext|>"), ("sd2", "!")):
        (ROOT / folder).mkdir(exist_ok=True)
        flags = {"lstrip": False, "rstrip": False, "single_word": False, "normalized": True}
        roles = {"bos_token": tokens[-2], "eos_token": tokens[-1], "unk_token": tokens[-1]}
        special = {role: {"content": token, **flags} for role, token in roles.items()}
        files = {
            "vocab.json": {token: number for number, token in enumerate(tokens)},
            "tokenizer_config.json": {**special, "pad_token": tokens[-1], "model_max_length": 77},
            "special_tokens_map.json": {**special, "pad_token": pad},
        }
        for file, content in files.items():
            (ROOT / folder / file).write_text(json.dumps(content, ensure_ascii=False))
        (ROOT / folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(merges) + "\n")


def compare(prompts, program):
    from transformers import CLIPTokenizer

    build_vocabularies()
    CLIPTokenizer.from_pretrained(ROOT / "sd2").save_pretrained(ROOT / "sd2-saved")
    lines = prompts.read_text(encoding="utf8").split("\n")[:-1]
    for folder in ("sd1", "sd2", "sd2-saved"):
        reference = CLIPTokenizer.from_pretrained(ROOT / folder)
        command = [program, "prompts", "tokenize", "--tokenizer", ROOT / folder, prompts]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        ours = [[int(i) for i in line.split()] for line in output.split("\n")[:-1]]
        if len(ours) != len(lines):
            sys.exit(f"{folder}: {len(ours)} lines for {len(lines)} prompts")
        for number, (line, ids) in enumerate(zip(lines, ours), 1):
            expected = reference(line)["input_ids"]
            if ids != expected:
                sys.exit(f"{folder}, line {number}: {line!r}\n  expected {expected}\n  found    {ids}")
        print(f"{folder}: {len(lines)} prompts agree")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--prompts", type=pathlib.Path, default=ROOT / "prompts.txt")
    parser.add_argument("--program", default=".build/release/cxr")
    arguments = parser.parse_args()
    if not PYTHON.exists():
        venv.create(ROOT, with_pip=True)
        pip = [PYTHON, "-m", "pip", "--quiet"]
        subprocess.run([*pip, "install", "transformers", "tokenizers"], check=True)
        subprocess.run([*pip, "download", "open_clip_torch", "--no-deps", "-d", ROOT], check=True)
    if pathlib.Path(sys.prefix) != ROOT:
        os.execv(PYTHON, [str(PYTHON), *sys.argv])
    if arguments.prompts == ROOT / "prompts.txt":
        arguments.prompts.write_text("\n".join(made_up_prompts()) + "\n", encoding="utf8")
    compare(arguments.prompts, arguments.program)


if __name__ == "__main__":
    main()
