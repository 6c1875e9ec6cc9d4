"""From scans and texts to editions: one rule a stage, named as the rooms of the package.

snakemake --cores all       builds every edition under scans/
recensio build [ID]         the same for one, with progress and a summary
"""

import hashlib
import shlex
import sys
from pathlib import Path

import pipeline
from pipeline import edition as editions
from pipeline import leftovers
from pipeline import pages
from pipeline import witness

ROOT = Path()
IDS = config.get("editions", "").split() or editions.found(ROOT)
EDITIONS = {name: editions.load(name, ROOT) for name in IDS}
BATCHES = {name: pages.batches(edition) for name, edition in EDITIONS.items()}
RECENSIO = f"{shlex.quote(sys.executable)} -m pipeline.cli"


def code(stage):
    """A digest of a stage's programs: a stage that was changed is run again."""
    folder = Path(pipeline.__file__).parent
    files = [
        *sorted((folder / stage).rglob("*.py")),
        folder / "edition.py",
        folder / "settings.py",
        folder / "model.py",
    ]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[
        :16
    ]


wildcard_constraints:
    id="[A-Za-z][A-Za-z0-9_.-]*",
    batch=r"b\d+",


def of_batches(stage):
    return lambda wildcards: [
        f"work/{wildcards.id}/{stage}/{batch}.json" for batch in BATCHES[wildcards.id]
    ]


def texts(wildcards):
    edition = EDITIONS[wildcards.id]
    paths = [edition.locate(text.path) for text in edition.settings.witnesses]
    return [file for path in paths for file in witness.files_of(path)]


onstart:
    for edition in EDITIONS.values():
        leftovers.clear(edition)


rule all:
    input:
        expand("work/{id}/report.json", id=IDS),


rule pages:
    input:
        settings="scans/{id}/edition.yaml",
        scans=lambda wildcards: pages.inputs(EDITIONS[wildcards.id], wildcards.batch),
    priority: 1  # before any recognition, which takes long: a damaged scan is told soon
    output:
        "work/{id}/pages/{batch}.json",
    log:
        "work/{id}/logs/pages/{batch}.log",
    params:
        code=code("pages"),
    shell:
        "{RECENSIO} pages {wildcards.id} --batch {wildcards.batch} 2> {log:q}"


rule recognition:
    input:
        "work/{id}/pages/{batch}.json",
    output:
        "work/{id}/alto/{batch}.json",
    log:
        "work/{id}/logs/recognition/{batch}.log",
    params:
        code=code("recognition"),
    shell:
        "{RECENSIO} recognition {wildcards.id} --batch {wildcards.batch} 2> {log:q}"


rule layout:
    input:
        pages="work/{id}/pages/{batch}.json",
        alto="work/{id}/alto/{batch}.json",
    output:
        "work/{id}/layout/{batch}.json",
    log:
        "work/{id}/logs/layout/{batch}.log",
    params:
        code=code("layout"),
    shell:
        "{RECENSIO} layout {wildcards.id} --batch {wildcards.batch} 2> {log:q}"


rule witness:
    input:
        settings="scans/{id}/edition.yaml",
        layout=of_batches("layout"),
        texts=texts,
    output:
        "work/{id}/witness/witnesses.json",
    log:
        "work/{id}/logs/witness.log",
    params:
        code=code("witness"),
    shell:
        "{RECENSIO} witness {wildcards.id} 2> {log:q}"


rule doubts:
    input:
        "work/{id}/witness/witnesses.json",
    output:
        "work/{id}/doubts.json",
    log:
        "work/{id}/logs/doubts.log",
    params:
        code=code("collation"),
    shell:
        "{RECENSIO} doubts {wildcards.id} 2> {log:q}"


rule rereading:
    input:
        doubts="work/{id}/doubts.json",
        layout="work/{id}/layout/{batch}.json",
    output:
        "work/{id}/rereadings/{batch}.json",
    log:
        "work/{id}/logs/rereading/{batch}.log",
    params:
        code=code("recognition"),
    shell:
        "{RECENSIO} rereading {wildcards.id} --batch {wildcards.batch} 2> {log:q}"


rule collation:
    input:
        witnesses="work/{id}/witness/witnesses.json",
        rereadings=of_batches("rereadings"),
    output:
        "work/{id}/collation.jsonl",
    log:
        "work/{id}/logs/collation.log",
    params:
        code=code("collation"),
    shell:
        "{RECENSIO} collation {wildcards.id} 2> {log:q}"


rule structure:
    input:
        "work/{id}/collation.jsonl",
    output:
        reading="work/{id}/reading.json",
        layers=expand(
            "work/{{id}}/layers/{layer}.json",
            layer=["divisions", "notes", "quotations", "typography", "doubts"],
        ),
    log:
        "work/{id}/logs/structure.log",
    params:
        code=code("structure"),
    shell:
        "{RECENSIO} structure {wildcards.id} 2> {log:q}"


rule languages:
    input:
        "work/{id}/reading.json",
    output:
        "work/{id}/layers/languages.json",
    log:
        "work/{id}/logs/languages.log",
    params:
        code=code("languages"),
    shell:
        "{RECENSIO} languages {wildcards.id} 2> {log:q}"


rule names:
    input:
        reading="work/{id}/reading.json",
        languages="work/{id}/layers/languages.json",
        authorities=lambda wildcards: EDITIONS[wildcards.id].authority_files(),
    output:
        "work/{id}/layers/names.json",
    log:
        "work/{id}/logs/names.log",
    params:
        code=code("names"),
    shell:
        "{RECENSIO} names {wildcards.id} --layer 2> {log:q}"


rule references:
    input:
        "work/{id}/reading.json",
        "work/{id}/layers/names.json",
    output:
        "work/{id}/works.json",
        "work/{id}/bibliography.json",
        "work/{id}/bibliography.bib",
        "work/{id}/layers/references.json",
    log:
        "work/{id}/logs/references.log",
    params:
        code=code("references"),
    shell:
        "{RECENSIO} references {wildcards.id} 2> {log:q}"


rule review:
    input:
        "work/{id}/reading.json",
        "work/{id}/layers/references.json",
        decisions=lambda wildcards: [
            path for path in [EDITIONS[wildcards.id].decisions] if path.exists()
        ],
    output:
        "work/{id}/review.jsonl",
        "work/{id}/review.csv",
        "work/{id}/review.json",
        "work/{id}/layers/review.json",
    log:
        "work/{id}/logs/review.log",
    params:
        code=code("review"),
    shell:
        "{RECENSIO} review-queue {wildcards.id} 2> {log:q}"


rule encoding:
    input:
        "work/{id}/layers/review.json",
    output:
        edition=update("tei/{id}.xml"),  # kept as they are until new ones are whole
        apparatus=update("tei/{id}.apparatus.xml"),
    log:
        "work/{id}/logs/encoding.log",
    params:
        code=code("encoding"),
    shell:
        "{RECENSIO} encoding {wildcards.id} 2> {log:q}"


rule validation:
    input:
        "tei/{id}.xml",
        "work/{id}/reading.json",
        "work/{id}/collation.jsonl",
    output:
        "work/{id}/validation.json",
    log:
        "work/{id}/logs/validation.log",
    params:
        code=code("validation"),
    shell:
        "{RECENSIO} validation {wildcards.id} 2> {log:q}"


rule report:
    input:
        "work/{id}/validation.json",
    output:
        "work/{id}/report.json",
    log:
        "work/{id}/logs/report.log",
    params:
        code=code("publication"),
    shell:
        "{RECENSIO} report {wildcards.id} 2> {log:q}"
