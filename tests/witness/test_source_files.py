"""Files in many shapes: read, or refused with a sentence that helps."""

from pathlib import Path

import pypdfium2
import pytest

from pipeline.errors import BadInput
from pipeline.settings import TextWitness
from pipeline.witness.passages import passages
from pipeline.witness.source import Source, read_source


def read(path: Path, data: bytes, **settings: str) -> Source:
    path.write_bytes(data)
    return read_source(path, TextWitness.model_validate({"path": path.name, **settings}))


def make_pdf(pages: list[list[tuple[float, float, float, str]]]) -> bytes:
    """A PDF of typed pages: each line as left, bottom, size (points) and text."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>"]
    kids = []
    for lines in pages:
        content = "\n".join(f"BT /F1 {size} Tf {left} {bottom} Td ({text}) Tj ET" for left, bottom, size, text in lines)
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n0\n%%EOF"
    return out.replace("startxref\n0", f"startxref\n{out.index('xref')}").encode()


def test_byte_order_mark_line_breaks_and_composition(tmp_path: Path) -> None:
    source = read(tmp_path / "a.txt", "\ufeffLe me\u0301tier\r\nde pilote\r".encode())
    assert source.text == "Le métier\nde pilote\n"
    assert source.form == "text"


def test_invisible_characters_are_removed_and_counted(tmp_path: Path) -> None:
    source = read(tmp_path / "a.txt", "har\u00adbour\u200b mas\u0007ter".encode())
    assert source.text == "harbour master"
    assert source.notices == ("control characters removed: 1", "soft hyphens and other invisible characters removed: 2")


@pytest.mark.parametrize(
    ("data", "settings", "said"),
    [
        ("Le pilote était là".encode("cp1252"), {}, r"byte 10.*encoding: cp1252"),
        ("Паром стоял у причала".encode("cp1251"), {}, r"byte 0.*encoding: cp1251"),
        ("The ferry".encode("utf-16"), {}, r"encoding: utf-16"),
        ("The ferry stood".encode("utf-16-le"), {}, r"encoding: utf-16-le"),
        (b"\x00\x01\x02\x03" * 50, {}, r"binary"),
        (b"", {}, r"no text"),
        (b" \n\t\n", {}, r"no text"),
        (b"text", {"encoding": "klingon"}, r"not known"),
        (b"%PDF-1.4 broken", {}, r"not a PDF"),
        (b"no pdf at all", {"format": "pdf"}, r"not a PDF"),
        (b"abc", {"encoding": "rot13"}, r"not known"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, data: bytes, settings: dict[str, str], said: str) -> None:
    with pytest.raises(BadInput, match=said) as caught:
        read(tmp_path / "bad.txt", data, **settings)
    assert str(tmp_path / "bad.txt") in str(caught.value)


def test_a_missing_file_or_a_folder_is_refused(tmp_path: Path) -> None:
    for name in ("none.txt", "."):
        with pytest.raises(BadInput):
            read_source(tmp_path / name, TextWitness.model_validate({"path": name}))


def test_another_encoding_is_read_when_it_is_named(tmp_path: Path) -> None:
    assert read(tmp_path / "a.txt", "Был паром".encode("cp1251"), encoding="cp1251").text == "Был паром"
    assert read(tmp_path / "b.txt", "Был паром".encode("utf-16"), encoding="utf-16").text == "Был паром"


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("a.txt", "The ferry.", "text"),
        ("a.md", "The ferry.", "markdown"),
        ("a.txt", "# The ferry\n\nIt sank.", "markdown"),
        ("a.txt", "It sank.[^1]\n\n[^1]: In May.", "markdown"),
    ],
)
def test_the_form_is_found(tmp_path: Path, name: str, text: str, form: str) -> None:
    assert read(tmp_path / name, text.encode()).form == form


def test_a_text_layer_gives_pages_paragraphs_and_raised_digits(tmp_path: Path) -> None:
    page = [
        (90.0, 700.0, 12.0, "The ferry had been running for years"),
        (50.0, 676.0, 12.0, "when the council asked who owned it."),
        (310.0, 681.0, 7.0, "1"),
        (90.0, 652.0, 12.0, "Nobody in the harbour could say,"),
        (50.0, 628.0, 12.0, "and the papers were not there."),
        (50.0, 90.0, 9.0, "1 Minutes of the harbour board, p. 3."),
    ]
    source = read(tmp_path / "a.pdf", make_pdf([page, [(50.0, 700.0, 12.0, "A second page of it.")]]))
    found = passages(source.text, source.form)
    assert [passage.text.split()[:2] for passage in found] == [
        ["The", "ferry"],
        ["Nobody", "in"],
        ["Minutes", "of"],
        ["A", "second"],
    ]
    assert [passage.page for passage in found] == ["p0001", "p0001", "p0001", "p0002"]
    assert [token.text for token in found[0].tokens if token.kind == "reference"] == ["1"]


def test_a_pdf_without_text_is_refused(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(100, 100)
    document.save(tmp_path / "empty.pdf")
    with pytest.raises(BadInput, match="no text layer"):
        read_source(tmp_path / "empty.pdf", TextWitness.model_validate({"path": "empty.pdf"}))
