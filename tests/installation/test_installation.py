"""Recensio installed by pip, outside its checkout, finds what it is shipped with."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment that holds Recensio itself, and borrows its libraries from the one that runs the tests."""
    folder, source = tmp_path_factory.mktemp("installation"), tmp_path_factory.mktemp("source")
    for name in ("pipeline", "schemas"):
        shutil.copytree(REPOSITORY / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "Snakefile"):
        shutil.copy(REPOSITORY / name, source)
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--python", str(python)]
    subprocess.run([*pip, "install", "--no-deps", str(source)], check=True, cwd=folder)
    packages = next((folder / "lib").glob("python*/site-packages"))
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


def recensio(installed: Path, *arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [str(installed / "bin" / "recensio"), *map(str, arguments)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=environment)


def test_an_installed_recensio_builds_and_validates(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("The ferry left the quay at six, before the fog had lifted.\n")
    assert recensio(installed, "new", "quay", "--text", "text.txt", cwd=tmp_path).returncode == 0
    built = recensio(installed, "build", "quay", cwd=tmp_path)
    assert built.returncode == 0, built.stderr
    assert "quay.xml (valid)" in built.stdout
    assert recensio(installed, "validate", "tei/quay.xml", cwd=tmp_path).returncode == 0


def test_no_file_of_the_checkout_is_used(installed: Path, tmp_path: Path) -> None:
    code = "import pipeline; from pipeline.files import shipped; print(pipeline.__file__, shipped('Snakefile'))"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [str(installed / "bin" / "python"), "-c", code]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True, env=environment).stdout
    assert [Path(path).is_relative_to(installed) for path in said.split()] == [True, True]
