#!/usr/bin/env python3
"""What a bank would do: fine-tune the reader on a random half of real check amounts, and measure on the other half.

Five random halves, the seeds 1 to 5. DIR is a folder of pictures with a labels.csv (file,label,source,kind,notes).
Prints a table: per split, mean and deviation, of whole amounts right and of those read at 1 % misread. The models and
what each run said stay below target/amounts; a run that is there already is not done again.

    bench/amounts.py DIR
"""

import argparse
import json
import statistics
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIGURES = ("accuracy", "readRateAtOnePercentMisread", "accuracyPlainLines")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder of pictures")
    parser.add_argument("--legible", nargs="+", default=[str(ROOT / "legible")], help="the command and its arguments")
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "reader.legible", help="the model to begin with")
    parser.add_argument("--kind", default="check_amount", help="the kind of pictures, as labels.csv has it")
    parser.add_argument("--out", type=Path, default=ROOT / "target" / "amounts", help="where models and answers go")
    parser.add_argument("--seeds", type=int, default=5, help="how many splits")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    runs = [split(arguments, seed) for seed in range(1, arguments.seeds + 1)]
    print("| split | learnt, held out | whole amount right | read at 1 % misread | plain lines right |")
    print("|---|---|---|---|---|")
    for seed, run in enumerate(runs, 1):
        cells = [f"{run[f + 'Before']:.3f} → {run[f + 'After']:.3f}" for f in FIGURES]
        print(f"| {seed} | {run['newPictures']}, {run['heldOutPictures']} | {' | '.join(cells)} |")
    print(f"| mean ± deviation | | {' | '.join(summary(runs, figure) for figure in FIGURES)} |")


def split(arguments, seed):
    answer = arguments.out / f"{seed}.json"
    if not answer.exists():
        command = arguments.legible + ["finetune", str(arguments.model), "--data", str(arguments.data)]
        command += ["--kind", arguments.kind, "--hold-out", "0.5", "--seed", str(seed), "--json"]
        command += ["--out", str(arguments.out / f"{seed}.legible"), "--report", str(arguments.out / f"report-{seed}")]
        text = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        answer.write_text(text)
    return json.loads(answer.read_text())


def summary(runs, figure):
    """Mean and sample deviation, before and after."""
    texts = []
    for when in ("Before", "After"):
        values = [run[figure + when] for run in runs]
        deviation = statistics.stdev(values) if len(values) > 1 else 0.0
        texts.append(f"{statistics.mean(values):.3f} ± {deviation:.3f}")
    return " → ".join(texts)


if __name__ == "__main__":
    main()
