"""What names are made of: words with capitals, initials and particles, and a place where one may stand."""

import re
from dataclasses import dataclass

Range = tuple[int, int]

UPPER = "[A-ZÀ-ÖØ-ÞŁŒŚŠŹŽČĆĐА-ЯЁЄІЇ]"
_CUT = "Alexr?|Benj|Ch|Chas|Danl|Edwd?|Fredk|Geo|Jas|Jno|Jos|Ph|Richd?|Robt|Saml|Sh|Th|Thos|Wm|Ya|Yu"  # forenames
INITIAL = rf"(?:{UPPER}|{_CUT})\."
_SOFT = r"(?<=[^\W\d_]{3})(?<!qu)(?<!ll)['’](?!(?:ll|ve|re)\b)(?=[a-z]{2})[^\W\d_]+"  # Russian soft signs: Vasil'ev
_ON = r"(?:-(?:am|an|aux?|by|de|del|der|des|du|en|in|la|las|le|les|lès|los|next|on|sous|sul|sur|the|upon))*"
WORD = rf"(?:{UPPER}[^\W\d_]*(?:['’](?={UPPER})[^\W\d_]+|{_SOFT}|{_ON}-(?={UPPER})[^\W\d_]+)*)"
PARTICLE = r"(?:de[ ]la|de[ ]los|de|del|du|des|da|di|van[ ]der|van[ ]den|van|von[ ]der|von|zu|ter|y|e|ibn|bin|al|el)"
_INITIALS = rf"(?:(?:{INITIAL}[ ]?)+(?:{PARTICLE}[ ])?)?"
_SAINTED = rf"(?:(?:Ste?|Mt|Ft)\.[ ])?{WORD}"
RUN = re.compile(
    rf"(?<![^\W_])(?:(?:{INITIAL}[ ]?){{2,}}(?![ ]?{UPPER})"
    rf"|{_INITIALS}{_SAINTED}(?:[ ](?:{PARTICLE}[ ]|[dD]['’](?={UPPER}))?{_INITIALS}{_SAINTED})*)"
)
_SENTENCE = re.compile(r"(?:^|[.?!:]['\"”’»)]*\s|\n|[\"“«(\[¡¿]|['‘](?=\w)|--\s?)\s*$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Characters [start, end) of `text`; opens: a sentence or quotation starts with it, so the capital says little."""

    text: str
    start: int
    end: int
    form: str
    opens: bool

    @property
    def words(self) -> list[str]:
        return self.form.split()


def opens_sentence(text: str, start: int) -> bool:
    """Whether a sentence or quotation starts here, so that a capital says little."""
    return start == 0 or _SENTENCE.search(text[max(0, start - 6) : start]) is not None
