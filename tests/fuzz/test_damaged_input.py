"""Damaged and random input for every reader: it may refuse what it is given, but not fail, hang or fill the memory."""

from collections.abc import Callable

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from targets import CORPUS, TARGETS, run, seeds

EXAMPLES = {"tei-validate": 25, "rules": 40, "text": 50, "markdown": 50, "hocr": 60}
WORDS = [
    *(
        b"",
        b"\0",
        b"\xff",
        b"\n",
        b"\r",
        b"\f",
        b"\xed\xa0\x80",
        b"\xe2\x80\xae",
        b"\x1b[2J",
        b"=",
        b"'",
        b'"',
        b",",
        b";",
    ),
    *(
        b"<",
        b">",
        b"&",
        b"]]>",
        b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]>",
        b"&b;",
        b"<?a?>",
        b"<!-- -->",
    ),
    *(
        b"&a ",
        b"*a",
        b"[",
        b"{",
        b"- ",
        b": ",
        b"!!python/object:os.system ",
        b"0",
        b"-1",
        b"9" * 5000,
        b"nan",
        b"1e999",
    ),
    *(b"[^1]:", b"* ", b"# ", b"...........", b"1. ", b"(1)", b"\xc2\xb9", b"\x00\x00\x00\x00", b"\x7f\xff\xff\xff"),
]
SIZE = 300_000


def edited(seed: bytes) -> st.SearchStrategy[bytes]:
    """Bytes with a few stretches cut out, overwritten, repeated or moved."""
    place = st.integers(0, len(seed))
    step = st.tuples(
        place, place, st.sampled_from(WORDS) | st.binary(max_size=8), st.integers(0, 3), st.integers(1, 60)
    )

    def applied(steps: list[tuple[int, int, bytes, int, int]]) -> bytes:
        data = seed
        for one, other, word, kind, times in steps:
            start, end = sorted((min(one, len(data)), min(other, len(data))))
            ways: list[Callable[[], bytes]] = [
                lambda: data[:start] + word + data[start:],  # noqa: B023
                lambda: data[:start] + word + data[start + len(word) :],  # noqa: B023
                lambda: data[:start] + data[start:end] * times + data[end:],  # noqa: B023
                lambda: data[:start] + data[end:],  # noqa: B023
            ]
            data = ways[kind]()[:SIZE]
        return data

    return st.lists(step, min_size=1, max_size=6).map(applied)


@pytest.mark.parametrize("target", TARGETS)
def test_what_was_found_before_is_read_or_refused(target: str) -> None:
    for seed in seeds(target):
        run(target, seed)


@pytest.mark.parametrize("target", TARGETS)
def test_damaged_files_are_read_or_refused(target: str) -> None:
    @settings(
        max_examples=EXAMPLES.get(target, 120),
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(seeds(target)).flatmap(edited) | st.binary(max_size=400))
    def read_or_refused(data: bytes) -> None:
        run(target, data)

    read_or_refused()


def test_the_corpus_is_small_and_every_target_has_its_own() -> None:
    assert {path.name for path in CORPUS.iterdir()} == set(TARGETS)
    assert sum(path.stat().st_size for path in CORPUS.rglob("*") if path.is_file()) < 200_000


def test_the_nightly_job_knows_every_target() -> None:
    workflow = yaml.safe_load((CORPUS.parents[2] / ".github" / "workflows" / "nightly.yml").read_text(encoding="utf-8"))
    assert workflow["jobs"]["fuzz"]["strategy"]["matrix"]["target"] == list(TARGETS)
