# ruff: noqa: E501 (XML reads better in long lines)
"""Makes tests/validation/broken/ of whole.xml, two pages cut from the sample: one fault a file, named in its first lines.

python tests/validation/breaking.py
"""

from pathlib import Path

HERE = Path(__file__).parent
FOLDER = HERE / "broken"
WHOLE = (HERE / "whole.xml").read_text(encoding="utf-8")

P = '<p xml:id="p1">'
END = "<p>The end.</p>"
TEXT = WHOLE[WHOLE.index(" <text xml:lang") : WHOLE.index("</TEI>")]
SWAPPED = TEXT.replace('n="1" facs="#f0001"', 'n="1" facs="#f0002"').replace(
    'n="2" facs="#f0002"', 'n="2" facs="#f0001"'
)
TURNED = TEXT.replace('next="#sp-0005"', 'prev="#sp-0005"').replace('prev="#sp-0004"', 'next="#sp-0004"')
# name: rule, what is there, what is put in its place; a fourth part is the text at whose line the fault is told
FAULTS: dict[str, tuple[str, ...]] = {
    # found by trying what nobody had thought of
    "pointer-without-its-sign": ("pointer", 'ref="#plc-halmsund"', 'ref="plc-halmsund"'),
    "language-declared-twice": (
        "language-twice",
        '   <language ident="fr"',
        '   <language ident="en" usage="2">English</language>\n   <language ident="fr"',
        '<language ident="en" usage="2"',
    ),
    "curly-quotation-left-open": ("quotation-closed", END, "<p>The <q>\u201cend</q>.</p>"),
    "guillemet-left-open": ("quotation-closed", END, "<p>The <q>\u00abend</q>.</p>"),
    "soft-hyphen": ("character-hidden", END, "<p>The e\u00adnd.</p>"),
    "direction-turned": ("character-hidden", END, "<p>The \u202edne\u202c.</p>"),
    "letter-of-private-use": ("character-hidden", END, "<p>The e\ue123d.</p>"),
    "zero-width-space": ("character-hidden", END, "<p>The e\u200bnd.</p>"),
    "paragraph-of-spaces": ("element-empty", END, "<p>\u00a0</p>"),
    "division-of-nothing": ("element-empty", END, f'{END}</div><div type="chapter" xml:id="ch9">'),
    "impossible-day": ("schema-value", 'when="1919-05"', 'when="1919-02-30"'),
    "corner-in-another-unit": ("schema-value", 'lry="310"', 'lry="310px"'),
    "second-text": (
        "schema-place",
        " </text>\n",
        ' </text>\n <text xml:lang="en"><body><div type="chapter" xml:id="x"><p>x</p></div></body></text>\n',
        '<div type="chapter" xml:id="x">',
    ),
    "annotation-of-the-header": ("pointer-kind", 'target="#sp-0003"', 'target="#scan"'),
    "part-followed-by-itself": ("part-agrees", 'next="#sp-0005"', 'next="#sp-0004"'),
    # the grammar: elements
    "unknown-element": ("schema-element", END, "<para>The end.</para>"),
    "misspelt-element": (
        "schema-element",
        '<extent><measure unit="page" quantity="2">2 pages</measure></extent>',
        "<extant>2 pages</extant>",
    ),
    "element-of-html": ("schema-element", END, "<p>The <b>end</b>.</p>"),
    "element-of-another-namespace": ("schema-element", END, '<p xmlns="http://www.w3.org/1999/xhtml">The end.</p>'),
    "element-of-tei-not-in-editions": ("schema-element", END, "<ab>The end.</ab>"),
    "item-outside-list": ("schema-place", END, "<item>The end.</item>"),
    "head-after-paragraph": ("schema-place", END, "<p>The end.</p><head>AFTERWORD</head>"),
    "paragraph-after-division": (
        "schema-place",
        "   </div>\n  </body>",
        "   </div>\n   <p>Loose.</p>\n  </body>",
        "<p>Loose.",
    ),
    "paragraph-in-paragraph": ("schema-place", END, "<p>The <p>very</p> end.</p>"),
    "division-in-paragraph": ("schema-place", END, "<p>The <div>very</div> end.</p>"),
    "line-of-verse-outside-stanza": ("schema-place", END, "<l>The end.</l>"),
    "reading-outside-apparatus": ("schema-place", END, '<p>The <rdg wit="#scan">end</rdg>.</p>'),
    "second-body": ("schema-place", "  </body>\n", "  </body>\n  <body><p>Again.</p></body>\n", "<body><p>Again"),
    "second-header": ("schema-place", " <facsimile>\n", " <teiHeader/>\n <facsimile>\n"),
    "facsimile-after-text": (
        "schema-place",
        " </text>\n",
        ' </text>\n <facsimile><surface xml:id="f3" ulx="0" uly="0" lrx="1" lry="1"><graphic url="x" width="1px" height="1px"/></surface></facsimile>\n',
        "<facsimile><surface",
    ),
    "project-after-editorial-declaration": (
        "schema-place",
        "   <projectDesc><p>An archival edition.</p></projectDesc>\n",
        "",
        "<editorialDecl>",
    ),
    "quotation-of-block-in-paragraph": (
        "schema-place",
        END,
        '<p>The <cit><quote rend="block"><p>x</p></quote></cit> end.</p>',
    ),
    # the grammar: attributes and values
    "unknown-attribute": ("schema-attribute", END, '<p hand="x">The end.</p>'),
    "attribute-of-another-element": ("schema-attribute", END, '<p when="1919">The end.</p>'),
    "attribute-of-xml": ("schema-attribute", END, '<p xml:space="preserve">The end.</p>'),
    "attributes-that-exclude-each-other": (
        "schema-attribute",
        '<milestone unit="section" rend="asterisks"/>',
        '<milestone unit="section" type="noteContinued"/>',
    ),
    "division-type-not-in-list": ("schema-value", 'type="chapter"', 'type="chaptre"'),
    "place-not-in-list": ("schema-value", '<note place="bottom" n="1"', '<note place="foot" n="1"'),
    "certainty-not-in-list": ("schema-value", '<date when="1919-05" cert="high">', '<date when="1919-05" cert="0.9">'),
    "reason-not-in-list": ("schema-value", 'reason="illegible"', 'reason="unreadable"'),
    "title-level-not-in-list": ("schema-value", '<title level="m" cert', '<title level="b" cert'),
    "zone-type-not-in-list": (
        "schema-value",
        'type="body" ulx="449" uly="200" lrx="2250" lry="700">\n    <zone xml:id="f0001-l1"',
        'type="text" ulx="449" uly="200" lrx="2250" lry="700">\n    <zone xml:id="f0001-l1"',
    ),
    "date-in-words": ("schema-value", 'when="1919-05"', 'when="May 1919"'),
    "day-that-is-none": ("schema-value", 'when="1919-05"', 'when="1919-02-30"'),
    "month-that-is-none": ("schema-value", 'when="1919-05"', 'when="1919-13"'),
    "date-the-other-way-round": ("schema-value", 'when="1919-05"', 'when="31.5.1919"'),
    "pointer-without-hash": ("schema-value", 'source="#n1.2"', 'source="n1.2"'),
    "corner-that-is-no-number": ("schema-value", 'ulx="449" uly="270"', 'ulx="449px" uly="270"'),
    "negative-corner": ("schema-value", 'ulx="449" uly="270"', 'ulx="-4" uly="270"'),
    "width-without-unit": ("schema-value", 'width="2550px"', 'width="2550"'),
    "language-tag-that-is-none": ("schema-value", '<foreign xml:lang="fr">', '<foreign xml:lang="in French">'),
    "identifier-that-begins-with-a-digit": ("schema-value", P, '<p xml:id="1p">'),
    "share-above-a-hundred": ("schema-value", 'usage="97"', 'usage="970"'),
    "empty-type": ("schema-value", 'type="chapter"', 'type=""'),
    # the grammar: what is missing
    "page-without-identifier": ("schema-missing", ' xml:id="pb-0002"', ""),
    "note-without-number": ("schema-missing", ' n="1" xml:id="n1.1"', ' xml:id="n1.1"'),
    "note-without-place": ("schema-missing", '<note place="bottom" n="1"', '<note n="1"'),
    "surface-without-corner": ("schema-missing", ' n="2" ulx="0"', ' n="2"'),
    "milestone-without-unit": ("schema-missing", '<milestone unit="section" rend="asterisks"/>', "<milestone/>"),
    "foreign-words-without-language": ("schema-missing", '<foreign xml:lang="fr">', "<foreign>"),
    "gap-without-reason": ("schema-missing", '<gap reason="illegible"/>', "<gap/>"),
    "empty-list": ("schema-missing", "     <item>herring</item>\n     <item>timber</item>\n", "", "<list>"),
    "empty-register": (
        "schema-missing",
        '   <person xml:id="pers-lind"><persName type="preferred">Lind, Ada</persName></person>\n',
        "",
        "<listPerson>",
    ),
    "apparatus-without-lemma": (
        "schema-missing",
        '<lem wit="#scan">silent</lem><rdg wit="#existing">sient</rdg>',
        "",
        '<app cert="low"',
    ),
    "block-quotation-missing": (
        "schema-place",
        '     <quote rend="block"><p>"They do not ask who they are."</p></quote>\n',
        "",
        '<note place="bottom" n="3"',
    ),
    "header-without-extent": (
        "schema-place",
        '   <extent><measure unit="page" quantity="2">2 pages</measure></extent>\n',
        "",
        "<publicationStmt>",
    ),
    "no-text": ("schema-missing", TEXT, "", "<TEI xmlns"),
    # text where none may stand
    "text-in-division": ("text-outside-block", END, "The end.", '<div type="chapter"'),
    "text-in-body": ("text-outside-block", "   </div>\n  </body>", "   </div>\n   The end.\n  </body>", "<body>"),
    "text-in-list": ("text-outside-block", "<item>herring</item>", "herring <item>fish</item>", "<list>"),
    "text-between-quotation-and-note": (
        "text-outside-block",
        '"They do not ask who they are."</p></quote>',
        '"They do not ask who they are."</p></quote> see',
        "<cit ",
    ),
    # identifiers and pointers
    "identifier-given-twice": ("id-unique", P, '<p xml:id="sp-0003">', '<q xml:id="sp-0003"'),
    "note-identifier-given-twice": ("id-unique", 'n="2" xml:id="n1.2"', 'n="2" xml:id="n1.1"'),
    "source-that-is-not-there": ("pointer", 'source="#n1.2"', 'source="#n1.9"'),
    "image-that-is-not-there": ("pointer", '<lb facs="#f0001-l2"/>', '<lb facs="#f0001-l9"/>'),
    "witness-that-is-not-there": ("pointer", '<rdg wit="#existing">', '<rdg wit="#exsiting">'),
    "person-that-is-not-there": ("pointer", 'ref="#pers-lind"', 'ref="#pers-linde"'),
    "reviewed-passage-that-is-not-there": ("pointer", 'target="#sp-0003"', 'target="#sp-0033"'),
    "calendar-that-is-not-there": ("pointer", 'when="1919-05"', 'when="1919-05" calendar="#calendar-julian"'),
    "calendar-that-is-a-witness": ("pointer-kind", 'when="1919-05"', 'when="1919-05" calendar="#scan"'),
    "event-without-certainty": ("certainty-name", END, '<p>The <name type="event">Great Frost</name>.</p>'),
    "event-that-is-a-person": (
        "pointer-kind",
        END,
        '<p>The <name type="event" ref="#pers-lind">Great Frost</name>.</p>',
    ),
    "category-that-is-not-there": ("pointer", 'cert="low" ana="#rv-note-anchor"', 'cert="low" ana="#rv-note-anchr"'),
    "second-of-two-pointers-lost": (
        "pointer",
        '<app cert="low" ana="#rv-witnesses">',
        '<app cert="low" ana="#rv-witnesses #rv-none">',
    ),
    "editor-that-is-not-there": ("pointer", 'who="#resp-recognition"', 'who="#resp-nobody"'),
    "witness-that-is-a-note": ("pointer-kind", '<rdg wit="#existing">', '<rdg wit="#n1.1">'),
    "page-that-shows-a-line": ("pointer-kind", '<pb n="2" facs="#f0002"', '<pb n="2" facs="#f0002-l1"'),
    "category-that-is-a-witness": ("pointer-kind", 'cert="low" ana="#rv-note-anchor"', 'cert="low" ana="#scan"'),
    "person-that-is-a-page": ("pointer-kind", 'ref="#pers-lind"', 'ref="#f0001"'),
    "place-that-is-a-person": ("pointer-kind", 'ref="#plc-halmsund"', 'ref="#pers-lind"'),
    "source-that-is-a-surface": ("pointer-kind", 'source="#n1.2"', 'source="#f0002"'),
    "rendition-not-declared": ("rendition-declared", '<hi rendition="#underline">', '<hi rendition="#italic">'),
    "parts-that-do-not-agree": ("part-agrees", 'prev="#sp-0004"', 'prev="#sp-0003"'),
    "part-without-its-other": ("part-agrees", ' prev="#sp-0004"', "", 'next="#sp-0005"'),
    "parts-of-two-kinds": (
        "part-kind",
        '<q xml:id="sp-0005" prev="#sp-0004">ice"</q>',
        '<seg xml:id="sp-0005" prev="#sp-0004">ice"</seg>',
        'next="#sp-0005"',
    ),
    "parts-in-the-wrong-order": ("part-order", TEXT, TURNED, 'next="#sp-0004"'),
    # addresses and instructions that a reader's programs would follow
    "image-that-is-a-script": ("address", 'url="p0001.jpg"', 'url="javascript:alert(1)"'),
    "image-that-is-a-script-in-disguise": ("address", 'url="p0001.jpg"', 'url=" JavaScript:alert(1)"'),
    "image-of-the-whole-machine": ("address", 'url="p0001.jpg"', 'url="/etc/passwd"'),
    "image-of-another-machine": ("address", 'url="p0001.jpg"', 'url="//example.org/p0001.jpg"'),
    "image-of-windows": ("address", 'url="p0001.jpg"', 'url="C:/p0001.jpg"'),
    "image-of-a-file-scheme": ("address", 'url="p0001.jpg"', 'url="file:///p0001.jpg"'),
    "image-in-its-address": ("address", 'url="p0001.jpg"', 'url="data:image/png;base64,AA=="'),
    "image-outside-the-root": ("address", 'url="p0001.jpg"', 'url="../scans/../../p0001.jpg"'),
    "image-outside-the-root-in-disguise": ("address", 'url="p0001.jpg"', 'url="%2e%2e/..%2Fp0001.jpg"'),
    "image-without-address": ("address", 'url="p0001.jpg"', 'url=""'),
    "licence-that-is-a-script": ("address", 'target="https://creative', 'target="javascript:creative'),
    "person-that-is-a-script": ("address", 'ref="#pers-lind"', 'ref="javascript:alert(1)"'),
    "style-that-fetches": ("rendition-plain", "text-decoration: underline", "background: url(http://example.org/)"),
    "stylesheet-of-the-browser": (
        "instruction",
        "<TEI xmlns",
        '<?xml-stylesheet href="x.xsl"?>\n<TEI xmlns',
        "<TEI xmlns",
    ),
    "instruction-in-a-paragraph": ("instruction", END, "<p>The <?php end?>end.</p>"),
    # notes
    "note-number-left-out": ("note-number", 'n="3" xml:id="n1.3"', 'n="4" xml:id="n1.4"'),
    "note-number-given-twice": ("note-order", 'n="3" xml:id="n1.3"', 'n="2" xml:id="n1.3"'),
    "note-number-that-falls": ("note-order", 'n="3" xml:id="n1.3"', 'n="1" xml:id="n1.3"'),
    "note-with-the-identifier-of-another": ("note-id", 'n="3" xml:id="n1.3"', 'n="3" xml:id="n1.33"'),
    "note-conjectural-and-certain": ("note-place", 'xml:id="n1.3" cert="low"', 'xml:id="n1.3" cert="high"'),
    "note-without-text": ("note-empty", "His diary.", ""),
    # pages
    "page-without-image": ("page-facsimile", '<pb n="2" facs="#f0002"', '<pb n="2"'),
    "pages-exchanged": ("page-order", TEXT, SWAPPED, '<pb n="2"'),
    "page-begun-twice": ("page-twice", END, '<p>The <pb n="3" facs="#f0002" xml:id="pb-0003"/>end.</p>'),
    "page-number-that-falls": ("page-number", '<pb n="2"', '<pb n="1"'),
    "image-without-page": (
        "surface-page",
        '    <pb n="2" facs="#f0002" xml:id="pb-0002"/>\n',
        "",
        '<surface xml:id="f0002"',
    ),
    "zone-outside-its-page": (
        "zone-corners",
        'xml:id="f0002-l1" type="line" ulx="449" uly="200" lrx="2250"',
        'xml:id="f0002-l1" type="line" ulx="449" uly="200" lrx="9250"',
    ),
    "zone-upside-down": ("zone-corners", 'uly="270" lrx="2250" lry="310"', 'uly="310" lrx="2250" lry="270"'),
    "line-on-another-page": ("line-page", '<lb facs="#f0001-l2"/>', '<lb facs="#f0002-l1"/>'),
    "zone-left-of-its-page": ("zone-corners", 'n="2" ulx="0"', 'n="2" ulx="500"', '<zone xml:id="f0002-z1"'),
    "line-below-its-zone": ("line-zone", 'uly="270" lrx="2250" lry="310"', 'uly="1270" lrx="2250" lry="1310"'),
    "line-wider-than-its-zone": ("line-zone", 'uly="270" lrx="2250"', 'uly="270" lrx="2263"'),
    "surface-of-another-size": (
        "surface-size",
        'width="2550px" height',
        'width="1275px" height',
        '<surface xml:id="f0001"',
    ),
    "image-of-another-page": ("image-once", 'url="p0002.jpg"', 'url="p0001.jpg"'),
    "line-begun-twice": ("line-twice", '<lb facs="#f0001-l2"/>', '<lb facs="#f0001-l1"/>'),
    # languages, scripts, characters
    "word-in-letters-that-look-latin": ("script-disguised", "and left.", "and \u0441\u043e\u0440\u0435."),
    "text-in-the-wrong-encoding": ("encoding", END, "<p>The caf\u00c3\u00a9 at the end.</p>"),
    "apostrophe-in-the-wrong-encoding": ("encoding", END, "<p>The consul\u00e2\u20ac\u2122s end.</p>"),
    "title-in-the-wrong-encoding": ("encoding", 'n="ONE"', 'n="\u00c3\u2030TAT"'),
    "accent-without-letter": ("mark-alone", END, "<p>The \u0301end.</p>"),
    "accent-at-the-beginning": ("mark-alone", END, "<p>\u0301The end.</p>"),
    "ligature": ("character-form", END, "<p>The \ufb01nal end.</p>"),
    "letters-of-mathematics": ("character-form", END, "<p>The \U0001d41e\U0001d427\U0001d41d.</p>"),
    "separator-of-lines": ("character-hidden", END, "<p>The\u2028end.</p>"),
    "letter-that-is-blank": ("character-hidden", END, "<p>The\u3164end.</p>"),
    "variant-of-a-letter": ("character-hidden", END, "<p>The e\ufe0fnd.</p>"),
    "language-not-declared": ("language-declared", '<foreign xml:lang="fr">', '<foreign xml:lang="es">'),
    "cyrillic-letter-in-a-latin-word": ("script-mixed", "was never a great port", "was never a gre\u0430t port"),
    "greek-letter-in-a-latin-word": ("script-mixed", "and left.", "and l\u03b5ft."),
    "replacement-character": ("character", "was never a great port", "was never a gre\ufffdt port"),
    "control-character": ("character", "was never a great port", "was never\u0085a great port"),
    "byte-order-mark-in-the-text": ("character", "was never a great port", "was never \ufeffa great port"),
    "accent-apart-from-its-letter": ("nfc", "un jour de neige", "un jour d'e\u0301te\u0301"),
    "accent-apart-in-an-attribute": ("nfc", 'n="ONE"', 'n="ONE\u0301"'),
    # quotations, dates, certainty, readings
    "quotation-that-does-not-close": ("quotation-closed", '"civil and incurious"', '"civil and incurious'),
    "block-quotation-that-does-not-close": ("quotation-closed", 'who they are."', "who they are."),
    "date-that-ends-before-it-begins": ("date-order", 'from="1919" to="1927"', 'from="1927" to="1919"'),
    "date-that-is-day-and-span": ("date-one", 'from="1919" to="1927"', 'when="1919" to="1927"'),
    "date-that-says-another-year": ("date-written", 'when="1919-05"', 'when="1991-05"'),
    "name-without-certainty": ("certainty-name", "A consul came", "A <persName>Whitlock</persName> came"),
    "flag-without-certainty": ("certainty-flag", '<app cert="low" ana="#rv-witnesses">', '<app ana="#rv-witnesses">'),
    "witness-with-two-readings": ("reading-witness", '<rdg wit="#existing">', '<rdg wit="#scan">'),
    "reading-that-does-not-differ": ("reading-differs", "sient", "silent"),
    "correction-that-does-not-differ": (
        "correction-differs",
        END,
        '<p>The <choice><sic>end</sic><corr resp="#resp-editor">end</corr></choice>.</p>',
    ),
    "range-that-falls": (
        "range-order",
        END,
        '<p><bibl><citedRange unit="page" from="20" to="12">pp. 20-12</citedRange></bibl></p>',
    ),
    "person-of-two-preferred-names": (
        "register-name",
        "Lind, Ada</persName>",
        'Lind, Ada</persName><persName type="preferred">Lind, A.</persName>',
    ),
    "person-with-no-number": ("number-form", "Lind, Ada</persName>", 'Lind, Ada</persName><idno type="VIAF">A1</idno>'),
    "checksum-cut-short": ("number-form", "the existing text<", 'the existing text<idno type="SHA-256">9a7f</idno><'),
    "edition-without-title": ("element-empty", '"main">Letters from the Harbour<', '"main"> <'),
    "paragraph-without-text": ("element-empty", END, "<p> </p>"),
    "name-without-text": ("element-empty", ">Lind</persName> is", "/> is"),
    # XML itself
    "tag-that-is-not-closed": ("well-formed", END, "<p>The end."),
    "ampersand-alone": ("well-formed", END, "<p>The end & more.</p>"),
    "entity-of-html": ("well-formed", END, "<p>The&nbsp;end.</p>"),
    "attribute-given-twice": ("well-formed", P, '<p xml:id="p1" xml:id="p2">'),
    "document-type": ("doctype", "<TEI xmlns", "<!DOCTYPE TEI>\n<TEI xmlns"),
    "not-finished": ("well-formed", "  </body>\n </text>\n</TEI>\n", ""),
}


def broken(name: str) -> str:
    """The edition with one fault; the second line tells which, the rule it breaks and the line where it is found."""
    rule, old, new, *shown = FAULTS[name]
    assert WHOLE.count(old) >= 1, name
    text = WHOLE.replace(old, new, 1)
    at = text.index(shown[0]) if shown else WHOLE.index(old)
    line = text[:at].count("\n") + 1
    return text.replace("<!-- fault: none -->", f"<!-- fault: {name.replace('-', ' ')}; {rule}, line {line} -->")


if __name__ == "__main__":
    for path in FOLDER.glob("*.xml"):
        path.unlink()
    for each in FAULTS:
        (FOLDER / f"{each}.xml").write_text(broken(each), encoding="utf-8")
