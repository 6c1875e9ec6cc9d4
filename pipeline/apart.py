"""Work on a stranger's file by a library in C, in a process of its own that may crash, fill its memory or never end."""

import multiprocessing
import resource
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from pipeline.errors import BadInput

T = TypeVar("T")
SECONDS = 300
"""Processor time that one page, or one text, may take."""


def apart(file: Path, work: Callable[[], T]) -> T:
    """What `work` returns or raises; it must not use what has threads.

    Raises BadInput, naming the file, where the process ends without an answer.
    """
    forking = multiprocessing.get_context("fork")
    receiving, sending = forking.Pipe(duplex=False)
    process = forking.Process(target=_answer, args=(work, sending))
    process.start()
    sending.close()
    try:
        good, answer = receiving.recv()
    except EOFError as error:
        raise BadInput(
            f"{file}: takes more than {SECONDS} seconds or all memory to read, or ends the program that reads it;"
            " it is damaged, or made so: save it anew with another program"
        ) from error
    finally:
        receiving.close()
        process.join()
    if not good:
        raise answer
    result: T = answer
    return result


def _answer(work: Callable[[], Any], sending: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sending.send((True, work()))
    except MemoryError:
        return  # without an answer, as if the library had ended the process
    except Exception as error:
        sending.send((False, error))
