"""Runs playback programs with message classes that were generated from the proto files.

    python3 generated.py --target 127.0.0.1:7007
"""

import importlib
import subprocess
import sys
import tempfile
from pathlib import Path

from main import main

PROTOS = Path(__file__).resolve().parents[2] / "proto" / "src" / "main" / "proto"
PACKAGE = "firstspike.chip.v1"
FILES = ["target", "program", "error", "result", "chip_service"]


def generate(folder):
    """Generates the modules with grpcio-tools, or with a protoc that is on the PATH."""
    names = [f"{PACKAGE.replace('.', '/')}/{name}.proto" for name in FILES]
    arguments = [f"-I{PROTOS}", f"--python_out={folder}", *names]
    try:
        importlib.import_module("grpc_tools.protoc")
        command = [sys.executable, "-m", "grpc_tools.protoc", *arguments]
    except ImportError:
        command = ["protoc", *arguments]
    subprocess.run(command, check=True)


def messages(_channel):
    folder = tempfile.mkdtemp(prefix="firstspike-")
    generate(folder)
    sys.path.insert(0, folder)
    modules = [importlib.import_module(f"{PACKAGE}.{name}_pb2") for name in FILES]

    def find(name):
        return next(getattr(module, name) for module in modules if hasattr(module, name))

    return find


if __name__ == "__main__":
    sys.exit(main(messages))
