"""One edition: its settings, and the paths of everything that belongs to it."""

import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import BadInput
from pipeline.model import read_json, write_json
from pipeline.settings import Settings, read_settings

AUTHORITIES = ("people", "places", "organisations", "works", "others")
ID_PATTERN = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")


@dataclass(frozen=True)
class Edition:
    """An edition under a root folder: DIR/scans/ID/ is its input, DIR/work/ID/ and DIR/tei/ID.xml its output."""

    id: str
    root: Path
    settings: Settings

    @property
    def folder(self) -> Path:
        """Where edition.yaml, the scans, texts and the editor's decisions stand."""
        return self.root / "scans" / self.id

    @property
    def work(self) -> Path:
        """Where the stages meet; never committed."""
        return self.root / "work" / self.id

    @property
    def tei(self) -> Path:
        """The edition itself."""
        return self.root / "tei" / f"{self.id}.xml"

    @property
    def apparatus(self) -> Path:
        """Every place where the witnesses differ, beside the edition."""
        return self.root / "tei" / f"{self.id}.apparatus.xml"

    @property
    def decisions(self) -> Path:
        """What the editor decided; written by recensio review."""
        return self.folder / "review.yaml"

    def layer(self, name: str) -> Path:
        """The file of a layer of spans."""
        return self.work / "layers" / f"{name}.json"

    def scan_paths(self) -> list[Path]:
        """The files or folders of the scans as the settings name them; empty where there are none."""
        named = self.settings.scans
        return [self.locate(path) for path in ([named] if isinstance(named, str) else named or [])]

    def locate(self, name: str) -> Path:
        """The file or folder that the settings name, relative to edition.yaml.

        Raises BadInput where it lies outside the root, `..` and links followed, and no person has allowed it.
        """
        return self.within(self.folder / name)

    def within(self, path: Path) -> Path:
        """The path itself. Raises BadInput like `locate`."""
        real = path.resolve()
        if any(real.is_relative_to(place) for place in (self._home, *self._allowed())):
            return path
        raise BadInput(
            f"{self.folder / 'edition.yaml'}: {path} lies outside {self.root}; if you trust this edition with it, "
            f"recensio build {self.id} --allow-outside"
        )

    def allow_outside(self) -> None:
        """Note in work/ID/outside.json, which is never committed, that a person allows what the settings name."""
        named = [self.settings.scans] if isinstance(self.settings.scans, str) else self.settings.scans or []
        paths = [(self.folder / name).resolve() for name in (*named, *(text.path for text in self.settings.witnesses))]
        outside = sorted({str(path) for path in paths if not path.is_relative_to(self._home)})
        if outside:
            write_json(self._outside, outside)

    @property
    def _home(self) -> Path:
        """The root that really holds the edition, where its folder is a link."""
        return self.folder.resolve().parents[1]

    @property
    def _outside(self) -> Path:
        return self._home / "work" / self.id / "outside.json"

    def _allowed(self) -> list[Path]:
        return [Path(path) for path in read_json(self._outside, list[str])] if self._outside.exists() else []

    def authority_files(self) -> list[Path]:
        """The editor's tables of people, places and so on that are there."""
        folder = self.folder / "authorities"
        return [
            path for stem in AUTHORITIES for ending in ("csv", "xml") if (path := folder / f"{stem}.{ending}").exists()
        ]

    @property
    def all_languages(self) -> list[str]:
        """The main language, then the others."""
        return [self.settings.language, *(x for x in self.settings.languages if x != self.settings.language)]


def load(edition_id: str, root: Path) -> Edition:
    """The edition of that id. Raises BadInput where no edition can have it, and like `read_settings`."""
    if not ID_PATTERN.fullmatch(edition_id):
        raise BadInput(f"{edition_id!r} cannot name an edition; use a letter, then letters, digits, '-', '_' or '.'")
    path = root / "scans" / edition_id / "edition.yaml"
    return Edition(edition_id, root, read_settings(path))


def found(root: Path) -> list[str]:
    """The ids of all editions under `root`, in alphabetical order."""
    return sorted(path.parent.name for path in (root / "scans").glob("*/edition.yaml"))
