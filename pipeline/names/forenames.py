"""Forenames that writers turn into their own language: Lev is Leon, Wilhelm is Guillaume.

Each line is one name in English, French, Spanish, German, Italian and Russian; spellings and transliterations of one
language need no place here, the keys of `spelling` know them.
"""

from functools import cache

from pipeline.names.spelling import key

_ONE_NAME = """
Adalbert Albert Alberto
Alexander Alexandre Alejandro Alessandro Aleksandr
Alexis Alejo Aleksei
Andrew Andre Andres Andreu Andreas Andrea Andrei
Anne Anna Ana
Anthony Antoine Antonio Anton
Basil Basile Basilio Vasilii
Bernard Bernardo Bernhard
Catherine Catalina Katharina Caterina Ekaterina Yekaterina
Charles Carlos Karl Carlo
Demetrius Dimitri Demetrio Dmitrii
Edward Edouard Eduardo Eduard
Elizabeth Elisabeth Isabel Elisabetta Elizaveta Yelizaveta
Eugene Eugenio Evgenii Yevgenii
Francis Francois Francisco Franz Francesco
Frederick Frederic Federico Friedrich
George Georges Jorge Georg Giorgio Georgii Yurii
Gregory Gregoire Gregorio Gregor Grigorii
Helen Helene Elena Yelena
Henry Henri Enrique Heinrich Enrico
Hugh Hugues Hugo Ugo
Ignatius Ignace Ignacio Ignaz Ignatii
James Jacques Jaime Jakob Giacomo Yakov
John Jean Juan Johann Hans Giovanni Ivan
Joseph Jose Josef Giuseppe Iosif Osip
Julius Jules Julio Giulio
Leo Leon Lev
Lewis Louis Luis Ludwig Luigi
Luke Luc Lucas Lukas
Margaret Marguerite Margarita Margarete Margherita
Mark Marc Marcos Markus Marco
Mary Marie Maria Mariya
Matthew Mathieu Mateo Matthias Matvei
Maurice Mauricio Moritz Maurizio
Michael Michel Miguel Michele Mikhail
Nicholas Nicolas Nikolaus Nicola Nikolai
Paul Pablo Paolo Pavel
Peter Pierre Pedro Pietro Petr Pyotr
Philip Philippe Felipe Philipp Filippo Filipp
Ralph Raoul Raul
Raymond Ramon Raimund
Sergius Serge Sergio Sergei
Simon Simeon Semyon
Sophie Sofia Sophia Sofya
Stephen Etienne Esteban Stefan Stefano Stepan
Susan Suzanne Susana Susanne
Theodore Teodoro Theodor Fedor Fyodor
Thomas Tomas Tommaso Foma
Victor Vittorio
Vincent Vicente Vinzenz Vincenzo
William Guillaume Guillermo Wilhelm Guglielmo
"""


def translated(one: str, other: str) -> bool:
    """Whether two forenames are one name in two languages."""
    return not _names(one).isdisjoint(_names(other))


def is_translated(word: str) -> bool:
    """Whether a word is a forename that has a form in each language."""
    return bool(_names(word))


@cache
def _names(forename: str) -> frozenset[int]:
    """The lines on which a forename stands, in any spelling."""
    wanted = key(forename)
    return frozenset(at for at, names in enumerate(_keys()) if wanted in names)


@cache
def _keys() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(map(key, line.split())) for line in _ONE_NAME.strip().splitlines())
