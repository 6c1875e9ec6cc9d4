"""What continuous integration is offered: the steps of the action and the templates do what they say."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree

REPOSITORY = Path(__file__).parents[2]
SAMPLE = REPOSITORY / "tei" / "harbour-letters.xml"
PACKAGE = re.compile(r"tesseract-ocr(?:-[a-z]+)?\b")


def loaded(name: str) -> Any:
    return yaml.safe_load((REPOSITORY / name).read_text(encoding="utf-8"))


def run_as(script: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """A step of the action, as its runner would start it, with this checkout's recensio on the path."""
    programs = cwd / "bin"
    programs.mkdir(exist_ok=True)
    (programs / "recensio").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pipeline.cli "$@"\n')
    (programs / "recensio").chmod(0o755)
    environment = os.environ | {"PATH": f"{programs}:{os.environ['PATH']}", "PYTHONPATH": str(REPOSITORY)} | variables
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def editions(tmp_path: Path) -> Path:
    (tmp_path / "tei").mkdir()
    shutil.copy(SAMPLE, tmp_path / "tei" / "a b.xml")
    return tmp_path


def step(name: str) -> str:
    steps = loaded("action.yml")["runs"]["steps"]
    return str(next(each["run"] for each in steps if each.get("name") == name))


@pytest.mark.parametrize("files", ["tei", "tei/a b.xml\n", "\ntei/a b.xml\ntei\n"])
def test_the_action_passes_valid_editions(editions: Path, files: str) -> None:
    done = run_as(step("Validate"), editions, FILES=files)
    assert (done.returncode, "::error" in done.stdout) == (0, False), done.stdout + done.stderr


def test_the_action_annotates_what_is_wrong(editions: Path) -> None:
    edition = editions / "tei" / "a b.xml"
    edition.write_text(edition.read_text(encoding="utf-8").replace("<p>", "<p><blink/>", 1), encoding="utf-8")
    done = run_as(step("Validate"), editions, FILES="tei")
    assert done.returncode == 1
    assert re.search(r"^::error file=tei/a b\.xml,line=\d+,", done.stdout, re.MULTILINE), done.stdout


def test_values_given_to_the_action_are_no_programs(editions: Path) -> None:
    run_as(step("Validate"), editions, FILES='tei"; touch hacked; "\n$(touch hacked)')
    assert not (editions / "hacked").exists()
    for each in loaded("action.yml")["runs"]["steps"]:
        assert "${{" not in each.get("run", "")


def test_the_action_checks_a_rebuild(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("The ferry left the quay at six, before the fog had lifted.\n")
    built = run_as("recensio new quay --text text.txt && recensio build quay", tmp_path)
    assert built.returncode == 0, built.stderr
    assert run_as(step("Rebuild"), tmp_path, EDITIONS="all").returncode == 0
    assert run_as(step("Rebuild"), tmp_path, EDITIONS="quay\n").returncode == 0
    edition = tmp_path / "tei" / "quay.xml"
    edition.write_text(edition.read_text(encoding="utf-8").replace("ferry", "barge"), encoding="utf-8")
    done = run_as(step("Rebuild"), tmp_path, EDITIONS="quay")
    assert done.returncode == 1
    assert "barge" in edition.read_text(encoding="utf-8"), "the check has written over what is committed"


def test_the_hook_and_the_jobs_call_commands_that_exist(editions: Path) -> None:
    jobs = loaded(".gitlab/recensio.yml")
    script = "\n".join(jobs["recensio-validate"]["script"])
    assert run_as(script, editions, RECENSIO_FILES="tei").returncode == 0
    assert etree.parse(editions / "recensio.xml").getroot().tag == "testsuites"
    (hook,) = loaded(".pre-commit-hooks.yaml")
    assert re.search(hook["files"], "tei/letters.xml")
    assert run_as(f"{hook['entry']} 'tei/a b.xml'", editions).returncode == 0


@pytest.mark.parametrize("name", ["action.yml", ".gitlab/recensio.yml", "Containerfile"])
def test_every_place_installs_the_same_models(name: str) -> None:
    models = next(
        line for line in (REPOSITORY / "Makefile").read_text().splitlines() if line.startswith("MODELS")
    ).split()[2:]
    wanted = {"tesseract-ocr", *(f"tesseract-ocr-{model}" for model in models)}
    assert set(PACKAGE.findall((REPOSITORY / name).read_text(encoding="utf-8"))) == wanted


def test_the_container_copies_what_an_installation_needs() -> None:
    recipe = (REPOSITORY / "Containerfile").read_text(encoding="utf-8")
    copied = {word for line in re.findall(r"^COPY (.+)$", recipe, re.MULTILINE) for word in line.split()[:-1]}
    assert {"pyproject.toml", "constraints.txt", "README.md", "LICENSE", "Snakefile", "schemas", "pipeline"} <= copied
    assert all((REPOSITORY / each).exists() for each in copied)


def test_every_command_and_file_in_the_documentation_exists() -> None:
    text = (REPOSITORY / "docs" / "ci.md").read_text(encoding="utf-8")
    commands = set(re.findall(r"recensio (build|validate|review|evaluate|new)\b([^`\n]*)", text))
    assert {name for name, _ in commands} == {"build", "validate"}
    for name, rest in commands:
        shown = subprocess.run(
            [sys.executable, "-m", "pipeline.cli", name, "--help"],
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=True,
        )
        assert set(re.findall(r"--[a-z-]+", rest)) <= set(re.findall(r"--[a-z-]+", shown.stdout)), rest
    for option, value in re.findall(r"`--(format) (\w+)`", text):
        assert value in {"github", "junit", "sarif", "json"}, option
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert (REPOSITORY / "docs" / link).resolve().exists(), link
    for file in re.findall(r"`([\w./-]+\.(?:yml|yaml|txt))`", text):
        assert (REPOSITORY / file).exists() or file in {"edition.yaml"}, file
