"""What the generators of `tools.generate` share."""

import argparse
from pathlib import Path

from tools.progress import ROOT


def folder_argument() -> Path:
    """Read `--into FOLDER` from the command line: below it the generator writes; the root by default."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--into", type=Path, default=ROOT)
    return parser.parse_args().into
