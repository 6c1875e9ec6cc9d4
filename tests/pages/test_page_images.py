"""Pages of every form become grey pixels; what is damaged, too large or too small is refused."""

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typed import edition, needs_font, typed

from pipeline.errors import BadInput
from pipeline.pages import page_sources, prepare
from pipeline.pages.images import decode

WIDTH, HEIGHT = 120, 160


def steps(mode: str = "L") -> Image.Image:
    """Dark left half, light right half, with a mark at the top left by which a turn shows."""
    image = Image.new("L", (WIDTH, HEIGHT), 200)
    image.paste(40, (0, 0, WIDTH // 2, HEIGHT))
    image.paste(255, (0, 0, 20, 20))
    return image.convert(mode)


def shades(path: Path, root: Path, index: int = 0) -> tuple[np.ndarray, str]:
    return decode(page_sources(edition(root, str(path)))[index], 300)


def assert_steps(grey: np.ndarray, tolerance: int = 6, shades: tuple[int, int, int] = (40, 200, 255)) -> None:
    assert grey.dtype == np.uint8
    assert grey.shape == (HEIGHT, WIDTH)
    found = int(grey[100, 30]), int(grey[100, 100]), int(grey[8, 8])
    assert all(abs(a - b) <= tolerance for a, b in zip(found, shades, strict=True)), found


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif", "a.jp2"])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_every_format_is_read(tmp_path: Path, name: str, mode: str) -> None:
    steps(mode).save(tmp_path / name)
    assert_steps(shades(tmp_path / name, tmp_path)[0])


@pytest.mark.parametrize(("mode", "name"), [("P", "a.png"), ("LA", "a.png"), ("RGBA", "a.png"), ("CMYK", "a.jpg")])
def test_every_kind_of_pixel_is_read(tmp_path: Path, mode: str, name: str) -> None:
    steps("RGB" if mode == "CMYK" else "L").convert(mode).save(tmp_path / name)
    assert_steps(shades(tmp_path / name, tmp_path)[0])


def test_one_bit_is_read(tmp_path: Path) -> None:
    steps().point(lambda shade: 255 * (shade > 100)).convert("1").save(tmp_path / "a.tif", compression="group4")
    assert_steps(shades(tmp_path / "a.tif", tmp_path)[0], 0, (0, 255, 255))


@pytest.mark.parametrize("bits", [10, 12, 16])
@pytest.mark.parametrize("name", ["a.png", "a.tif"])
def test_deep_shades_keep_their_proportion(tmp_path: Path, bits: int, name: str) -> None:
    deep = np.rint(np.asarray(steps(), np.float64) / 255 * (2**bits - 1)).astype(np.uint16)
    Image.fromarray(deep).save(tmp_path / name)
    assert_steps(shades(tmp_path / name, tmp_path)[0], 1)


def test_transparency_is_paper(tmp_path: Path) -> None:
    image = Image.new("RGBA", (WIDTH, HEIGHT), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 0, 60, HEIGHT))
    image.save(tmp_path / "a.png")
    grey, _ = shades(tmp_path / "a.png", tmp_path)
    assert (grey[80, 30], grey[80, 100]) == (0, 255)


def test_a_photograph_is_turned_as_its_camera_says(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter clockwise
    steps().transpose(Image.Transpose.ROTATE_90).save(tmp_path / "a.jpg", exif=exif, quality=95)
    assert_steps(shades(tmp_path / "a.jpg", tmp_path)[0])


def test_the_digest_is_of_the_pixels(tmp_path: Path) -> None:
    steps().save(tmp_path / "a.png", dpi=(300, 300))
    steps().save(tmp_path / "b.tif", compression="tiff_lzw")
    steps().transpose(Image.Transpose.FLIP_TOP_BOTTOM).save(tmp_path / "c.png")
    a, b, c = (shades(tmp_path / name, tmp_path)[1] for name in ("a.png", "b.tif", "c.png"))
    assert a == b != c


def test_each_page_of_a_tiff_is_itself(tmp_path: Path) -> None:
    first = Image.new("L", (WIDTH, HEIGHT), 255)
    first.save(tmp_path / "a.tif", save_all=True, append_images=[steps()])
    assert shades(tmp_path / "a.tif", tmp_path, 0)[0].min() == 255
    assert_steps(shades(tmp_path / "a.tif", tmp_path, 1)[0])


@pytest.mark.parametrize(("dpi", "expected"), [(4, 1.0), (100, 3.0), (300, 1.0), (600, 1.0)])
def test_a_pdf_is_drawn_as_finely_as_its_picture_or_finer(tmp_path: Path, dpi: int, expected: float) -> None:
    steps().save(tmp_path / "a.pdf", resolution=dpi)
    grey, _ = shades(tmp_path / "a.pdf", tmp_path)
    assert grey.shape == (round(HEIGHT * expected), round(WIDTH * expected))
    assert abs(int(grey[grey.shape[0] // 2, grey.shape[1] // 4]) - 40) < 8


def test_a_pdf_of_text_is_drawn(tmp_path: Path) -> None:
    text_pdf(tmp_path / "a.pdf", 612, 792)
    grey, _ = shades(tmp_path / "a.pdf", tmp_path)
    assert grey.shape == (3300, 2550)
    assert grey.min() < 60
    assert np.median(grey) > 250


def write_pdf(path: Path, size: tuple[int, int], content: str, objects: str = "", trailer: str = "") -> None:
    """A PDF of one page. objects: further ones, from number 5; the page has a font F1 and a picture P, number 5."""
    body = (
        "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
        f"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 {size[0]} {size[1]}]/Contents 4 0 R/Resources"
        "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Courier>>>>/XObject<</P 5 0 R>>>>>> endobj\n"
        f"4 0 obj <</Length {len(content)}>> stream\n{content}\nendstream endobj\n{objects}"
    )
    text = "%PDF-1.4\n" + body
    count = 5 + objects.count(" obj ")
    places = [text.index(f"\n{number} 0 obj ") + 1 for number in range(1, count)]
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer <</Size {count}/Root 1 0 R{trailer}>>\nstartxref\n{len(text)}\n%%EOF\n"
    path.write_text(f"{text}xref\n0 {count}\n0000000000 65535 f \n{table}{end}", encoding="ascii")


def text_pdf(path: Path, width: int, height: int, trailer: str = "") -> None:
    """A PDF page with words in one of the fonts that every viewer has."""
    write_pdf(path, (width, height), "BT /F1 12 Tf 72 700 Td (The ferry left the quay.) Tj ET", trailer=trailer)


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of some bytes that says to be that large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"0")) + chunk(b"IEND", b"")


def bad(folder: Path, name: str) -> Path:
    """Make the bad scan of that name."""
    path = folder / name
    kind = path.stem
    noise = Image.effect_noise((400, 400), 80)
    if kind == "cut":
        noise.save(path)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    elif kind == "dot":
        Image.new("L", (1, 1)).save(path)
    elif kind == "huge" and path.suffix == ".pdf":
        text_pdf(path, 14_000, 14_000)
    elif kind == "huge":
        path.write_bytes(png_claiming(30_000, 30_000))
    elif kind == "strip":
        path.write_bytes(png_claiming(40_000, 100))
    elif kind == "secret":
        lock = f"/Filter/Standard/V 1/R 2/O<{'5a' * 32}>/U<{'a5' * 32}>/P -4"
        text_pdf(path, 200, 200, f"/Encrypt<<{lock}>>/ID[<{'00' * 16}><{'00' * 16}>]")
    else:
        path.write_bytes(b"%PDF-1.7\n" if kind == "stub" else b"This is a letter, not a picture of one.")
    return path


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cut.png", "cut.png: damaged or cut short"),
        ("cut.jpg", "cut.jpg: damaged or cut short"),
        ("cut.tif", "cut.tif: (damaged or cut short|not an image)"),
        ("dot.png", "dot.png: 1 x 1 pixels cannot hold text; scan the page"),
        ("huge.png", "huge.png: more pixels than a page has"),
        ("strip.png", "strip.png: more pixels than a page has"),
        ("huge.pdf", "huge.pdf#1: more pixels than a page has"),
        ("letter.png", "letter.png: not an image that can be read"),
        ("letter.pdf", "letter.pdf: not a PDF, or a damaged one"),
        ("stub.pdf", "stub.pdf: not a PDF, or a damaged one"),
        ("secret.pdf", "secret.pdf: the PDF asks for a password; save a copy without one"),
    ],
)
def test_bad_scans_are_refused_and_leave_nothing(tmp_path: Path, name: str, said: str) -> None:
    made = edition(tmp_path, str(bad(tmp_path, name)))
    with pytest.raises(BadInput, match=said):
        prepare(made, "b001")
    assert not list(tmp_path.rglob("b001.json"))
    assert not list(tmp_path.rglob("p0001.png"))


def test_a_picture_too_large_inside_a_small_pdf_is_refused(tmp_path: Path) -> None:
    picture = "/Type/XObject/Subtype/Image/Width 30000/Height 30000/BitsPerComponent 8/ColorSpace/DeviceGray"
    objects = f"5 0 obj <<{picture}/Length 0>> stream\n\nendstream endobj\n"
    write_pdf(tmp_path / "a.pdf", (200, 200), "q 200 0 0 200 0 0 cm /P Do Q", objects)
    with pytest.raises(BadInput, match="picture of page 1: more pixels"):
        shades(tmp_path / "a.pdf", tmp_path)


@needs_font
def test_a_jpeg_with_another_ending_is_read(tmp_path: Path) -> None:
    typed().save(tmp_path / "a.png", format="JPEG")
    assert shades(tmp_path / "a.png", tmp_path)[0].shape == typed().size[::-1]
