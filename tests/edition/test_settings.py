"""edition.yaml: what is refused, and how it is said."""

from itertools import takewhile
from pathlib import Path

import pytest
import yaml

from pipeline.beginning import begin
from pipeline.edition import found, load
from pipeline.errors import BadInput, SettingsError
from pipeline.settings import Collation, Notes, Recognition, read_settings, settings_schema


def write(folder: Path, text: str) -> Path:
    path = folder / "scans" / "quay" / "edition.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("title: Quay\nscan: pages\n", 2, "unknown key 'scan'; expected one of: title"),
        ("title: Quay\nsource:\n  titel: Quay\n", 3, "unknown key 'source.titel'; expected one of: title, author"),
        ("scans: pages\n", 1, "'title' is missing"),
        ("title: Quay\ncollation:\n  doubt: 7\n", 3, "collation.doubt"),
        ("title: Quay\nrecognition:\n  denoise: very\n", 3, "'auto', 'none', 'median' or 'gaussian'"),
        ("title: Quay\nwitnesses:\n  - id: existing\n    format: word\n    path: x\n", 4, "witnesses.0.format"),
        ("title: Quay\nwitnesses:\n  - path: x\n  - id: two\n    pth: x\n", 5, "unknown key 'witnesses.1.pth'"),
        ("- title\n", 1, "expected settings"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SettingsError) as refused:
        read_settings(path)
    assert f"{path}:{line}: " in str(refused.value)
    assert said in str(refused.value)


@pytest.mark.parametrize("text", ["title: [Quay\n", "\tx: y\n"])
def test_broken_yaml_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match="not YAML"):
        read_settings(write(tmp_path, text))


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "")
    path.write_bytes(b"title: Qu\xe9\n")
    with pytest.raises(SettingsError, match="UTF-8"):
        read_settings(path)


def test_dates_need_no_quotation_marks_and_empty_keys_count_as_left_out(tmp_path: Path) -> None:
    settings = read_settings(
        write(tmp_path, "title: 1984\ndate: 2026-11-22\neditor:\nsource:\n  date: 1991\n  title:\n")
    )
    assert (settings.title, settings.date, settings.source.date) == ("1984", "2026-11-22", "1991")
    assert settings.editor is None


def test_a_missing_edition_names_the_command_that_begins_one(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="recensio new quay"):
        load("quay", tmp_path)


@pytest.mark.parametrize("name", ["../quay", "1quay", "", "a/b", "quay x"])
def test_names_that_are_no_names_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInput, match="cannot name an edition"):
        load(name, tmp_path)


def test_a_begun_edition_can_be_read(tmp_path: Path) -> None:
    text, scans = tmp_path / "a text.txt", tmp_path / "my scans"
    text.write_text("The quay.")
    scans.mkdir()
    begin("quay", tmp_path, [str(scans)], [str(text)], title='The "Quay": a history', language="fr")
    edition = load("quay", tmp_path)
    assert found(tmp_path) == ["quay"]
    assert edition.settings.title == 'The "Quay": a history'
    assert edition.all_languages == ["fr", "en", "es", "ru"]
    assert [path.resolve() for path in edition.scan_paths()] == [scans]
    assert (edition.folder / edition.settings.witnesses[0].path).resolve() == text
    with pytest.raises(BadInput, match="exists"):
        begin("quay", tmp_path, [str(scans)], [], title=None, language="en")


@pytest.mark.parametrize("section", [Recognition, Collation, Notes])
def test_a_begun_edition_shows_every_setting_with_its_default(
    tmp_path: Path, section: type[Recognition | Collation | Notes]
) -> None:
    (tmp_path / "text.txt").write_text("The quay.")
    path = begin("quay", tmp_path, [], [str(tmp_path / "text.txt")], title=None, language="en")
    key = section.__name__.lower()
    _, found, after = path.read_text(encoding="utf-8").partition(f"# {key}:\n")
    assert found
    lines = takewhile(lambda line: line.startswith("#   "), after.splitlines())
    shown = yaml.safe_load("\n".join(line.removeprefix("# ") for line in lines))
    assert shown == section.model_validate({}).model_dump()


def test_beginning_with_what_is_not_there_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"nowhere\.txt"):
        begin("quay", tmp_path, [], [str(tmp_path / "nowhere.txt")], title=None, language="en")
    with pytest.raises(BadInput, match="neither scans nor a text"):
        begin("quay", tmp_path, [], [], title=None, language="en")
    assert not (tmp_path / "scans").exists()


def test_every_setting_is_described_in_the_schema() -> None:
    schema = settings_schema()
    sections = [schema, *schema["$defs"].values()]
    for section in sections:
        for name, prop in section["properties"].items():
            assert "description" in prop or "$ref" in prop or "default" in prop, name
