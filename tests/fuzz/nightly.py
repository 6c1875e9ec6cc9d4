"""Coverage-guided fuzzing of one target, for a nightly job: libFuzzer's search, by atheris, over the readers.

    pip install .[fuzz]
    python tests/fuzz/nightly.py TARGET [--found DIR] [options of libFuzzer, such as -max_total_time=600]

Begins with corpus/TARGET; what reaches new code is kept in DIR/TARGET (without --found in build/fuzz). Ends with an
error at the first input that lets anything but a RecensioError out, takes more than 20 seconds or more than 2 GB; the
input is left beside the others. It becomes a test, then is mended.
"""

import argparse
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pipeline"]):
    from targets import CORPUS, TARGETS, run

LIMITS = ("-timeout=20", "-rss_limit_mb=2048", "-max_len=65536")
DICTIONARY = Path(__file__).parent / "words.dict"


def main() -> None:
    """Fuzz the target that the command line names until time is up or a fault is found."""
    parser = argparse.ArgumentParser(description="Fuzz one reader of outside data.")
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--found", type=Path, default=Path("build/fuzz"))
    arguments, options = parser.parse_known_args()
    found = arguments.found / arguments.target
    found.mkdir(parents=True, exist_ok=True)
    command = [sys.argv[0], *LIMITS, f"-dict={DICTIONARY}", f"-artifact_prefix={found}/", *options]
    atheris.Setup([*command, str(found), str(CORPUS / arguments.target)], lambda data: run(arguments.target, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
