"""What earlier builds left of pages that the scans no longer have.

The stages of the whole document read every file of pages that they find under work/ID; so one that belongs to no page
any more (a scan was taken away, a range of pages made shorter) is removed before a build begins.
"""

from pipeline import pages
from pipeline.edition import Edition

STAGES = ("pages", "alto", "layout", "rereadings")


def clear(edition: Edition) -> None:
    """Remove the files of pages, and of batches of them, that are not among the edition's."""
    ours = {*pages.batches(edition), *(source.id for source in pages.page_sources(edition))}
    for stage in STAGES:
        for path in sorted((edition.work / stage).glob("[bp][0-9]*.*")):
            if path.name.split(".")[0] not in ours:
                path.unlink(missing_ok=True)
