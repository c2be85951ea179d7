"""Playback programs as 64-bit words: read from text as `firstspike wire encode` does, or from files of bare words."""

import gzip
import struct
from pathlib import Path

# position in this list is the first byte of the word
KINDS = [
    "JtagInit", "JtagScaler", "JtagIns", "JtagData", "TimerSetup", "WaitUntil", "SystimeInit", "Barrier",
    "PollingOmnibusBlock", "Reset", "Loopback", "OmnibusAddress", "OmnibusData", "SpikePack1", "SpikePack2",
    "SpikePack3",
]
READ = 1 << 36
KEEP_RESPONSE = 1 << 48
ALL_BYTES = 15 << 32


def word(kind, payload=0):
    return KINDS.index(kind) << 56 | payload


def encode(line):
    """One instruction, such as `write 0x88000009`, `value 12`, `WaitUntil 12499` or `spikes 1 2 3`."""
    name, *rest = line.split()
    numbers = [int(text, 0) for text in rest if text not in ("bits", "bytes", "keep")]
    if name in ("write", "read"):
        enables = numbers[1] << 32 if "bytes" in rest else ALL_BYTES
        return word("OmnibusAddress", enables | numbers[0] | (READ if name == "read" else 0))
    if name == "value":
        return word("OmnibusData", numbers[0])
    if name == "marker":
        return word("Loopback", 1)
    if name == "spikes":
        payload = 0
        for label in numbers:
            payload = payload << 16 | label
        return word(f"SpikePack{len(numbers)}", payload)
    if name == "JtagData":
        return word(name, (KEEP_RESPONSE if "keep" in rest else 0) | numbers[0] << 40 | numbers[1])
    return word(name, numbers[0] if numbers else 0)


def load(path):
    """The words of a program: `.txt` holds instructions, everything else big-endian words, `.gz` packed ones."""
    path = Path(path)
    if path.suffix == ".txt":
        lines = (line.strip() for line in path.read_text().splitlines())
        return [encode(line) for line in lines if line and not line.startswith("#")]
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return list(struct.unpack(f">{len(data) // 8}Q", data))


def expected(words):
    """How many answers a program asks for: Omnibus reads, JTAG reads, loopback ticks."""
    omnibus = sum(w >> 56 == KINDS.index("OmnibusAddress") and bool(w & READ) for w in words)
    jtag = sum(w >> 56 == KINDS.index("JtagData") and bool(w & KEEP_RESPONSE) for w in words)
    return omnibus, jtag, sum(w >> 56 == KINDS.index("Loopback") for w in words)
