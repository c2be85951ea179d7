"""What both clients do: run a set-up program and a program, write the spikes as CSV, draw them if asked to."""

import argparse
import csv
import sys
from collections import Counter
from pathlib import Path

import grpc

from chip import BrokenResult, Chip
from words import load

PROGRAMS = Path(__file__).resolve().parent / "programs"


def main(messages):
    parser = argparse.ArgumentParser(description="Runs playback programs on a Firstspike server and reads the spikes.")
    parser.add_argument("--target", default="127.0.0.1:7007", help="host:port of `firstspike emulate` or `bridge`")
    parser.add_argument("--setup", default=PROGRAMS / "setup.txt", help="program that configures the chip")
    parser.add_argument("--program", default=PROGRAMS / "background.txt", help="program whose spikes are read")
    parser.add_argument("--out", help="CSV file for the spikes (default: standard output)")
    parser.add_argument("--plot", help="draw the raster into this .png or .svg (needs matplotlib)")
    arguments = parser.parse_args()
    try:
        with grpc.insecure_channel(arguments.target) as channel, Chip(channel, messages(channel)) as chip:
            chip.run(load(arguments.setup), setup=True)
            spikes = chip.run(load(arguments.program))
            name = f"{chip.target.chip_id} ({chip.target.fidelity})"
    except grpc.RpcError as error:
        print(f"{arguments.target}: {error.code().name}: {error.details()}", file=sys.stderr)
        return 4
    except BrokenResult as error:
        print(error, file=sys.stderr)
        return 4
    write(spikes, arguments.out)
    counts = Counter(label for label, _, _ in spikes)
    print(f"{len(spikes)} spikes of {len(counts)} labels from {name}", file=sys.stderr)
    if arguments.plot:
        plot(spikes, name, arguments.plot)
    return 0


def write(spikes, out):
    rows = [("label", "chip_time", "fpga_time"), *spikes]
    if out:
        with open(out, "w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
    else:
        csv.writer(sys.stdout, lineterminator="\n").writerows(rows)


def plot(spikes, name, file):
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    labels = sorted({label for label, _, _ in spikes})
    start = min((time for _, time, _ in spikes), default=0)
    figure, axes = pyplot.subplots(figsize=(8, 3))
    axes.scatter([(t - start) * 0.008 for _, t, _ in spikes], [labels.index(s[0]) for s in spikes], s=4, color="k")
    axes.set_yticks(range(len(labels)), [str(label) for label in labels])
    axes.set_xlabel("time (µs)")
    axes.set_ylabel("label")
    axes.set_title(name)
    figure.tight_layout()
    figure.savefig(file)
