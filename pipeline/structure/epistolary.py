"""The forms of letters: salutation, complimentary close, signature; a small closed class in every language."""

import re

SHORT = 10
"""Words of the longest line at the head or foot of a letter; a signature has SIGNED at most."""
SIGNED = 5

SALUTE = re.compile(
    r"^\W*((my|ma|mon|mi|mein|meine|mes|mis)\s+)?(dear(est)?|honou?red|comrades?|sirs?|madam|gentlemen|"
    r"ch[eèé]r(e|s|es)?|monsieur|madame|messieurs|camarades?|"
    r"querid[oa]s?|estimad[oa]s?|apreciad[oa]s?|compa[nñ]er[oa]s?|"
    r"lieb(e|er|es)|sehr geehrte[rn]?|genosse[n]?|"
    r"дорог(ой|ая|ие)|уважаем(ый|ая|ые)|мил(ый|ая|ые)|товарищ[иу]?)\b.*[,!:.—–-]\W*$",
    re.IGNORECASE,
)
CLOSE = re.compile(
    r"^\W*(yours?|sincerely|faithfully|respectfully|cordially|fraternally|affectionately|love|ever|as ever|"
    r"(with )?(my |our |all |the )?(best|warm(est)?|kind(est)?|fraternal|cordial|comradely) (regards|wishes|greetings)|"
    r"(i (am|remain)|believe me)\b.*\b(yours?|ever|truly|sincerely|faithfully|servant|friend)|"
    r"(veuillez|je vous prie d'|agr[eé]ez|recevez)\b.*\b(agr[eé]er|recevoir|expression|salutations?|sentiments?)|"
    r"votre|bien [aà] (vous|toi)|amiti[eé]s?|amicalement|fraternellement|cordialement|affectueusement|"
    r"atentamente|saludos|un (fuerte )?abrazo|cordialmente|fraternalmente|"
    r"hochachtungsvoll|herzlich|mit \w+ gr[uü](ß|ss)en|ihre?|deine?|"
    r"ваш[аи]?|твой|твоя|с (уважением|приветом|любовью)|искренне|обнимаю|целую)\b",
    re.IGNORECASE,
)


def is_name(text: str) -> bool:
    """Whether a line is nothing but capitalised words, as a signature is."""
    words = re.findall(r"[^\W\d_]+", text)
    return 0 < len(words) <= SIGNED and all(word[0].isupper() for word in words)


def stands_alone(text: str) -> bool:
    """Whether a line salutes or closes, so that nothing before or behind it is its sentence."""
    few = len(text.split()) <= SHORT
    return few and bool(SALUTE.match(text) or (CLOSE.match(text) and text.rstrip()[-1:] in ",.!"))
