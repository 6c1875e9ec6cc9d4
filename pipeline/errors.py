"""Every way to fail has a class, an exit code and one sentence that says what to do."""


class RecensioError(Exception):
    """Something the user can mend. The message names the file and says what to do.

    `exit_code` becomes the exit code of the command.
    """

    exit_code = 1


class BadInput(RecensioError):
    """A file given to Recensio is missing, empty, corrupt, too large or not what it claims to be."""

    exit_code = 3


class SettingsError(RecensioError):
    """`edition.yaml` has an unknown key or a wrong value."""

    exit_code = 3


class MissingProgram(RecensioError):
    """An outside program or one of its models is not installed; the message names the package."""

    exit_code = 5


class OutputError(RecensioError):
    """A result cannot be written where it belongs."""

    exit_code = 6
