# make edition   set up, build the sample edition and say where it is
# make test      set up and run the tests
# make setup     set up alone; leaves .venv/bin/recensio
# make check     style and types
#
# A second run skips what is there. Works from a folder whose path has a space.

SHELL := /bin/bash
MODELS := eng fra spa rus osd
PACKAGES := tesseract-ocr $(MODELS:%=tesseract-ocr-%) fonts-freefont-ttf
FONT := /usr/share/fonts/truetype/freefont/FreeMono.ttf

.PHONY: edition test setup check system packages clean

edition: setup
	@.venv/bin/recensio build harbour-letters
	@echo "Look at tei/harbour-letters.xml, and at scans/harbour-letters/ for what it was made from."

test: setup
	.venv/bin/python -m pytest -n auto --dist loadfile

check: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

setup: system .venv/.ready

# Tesseract, its models, a font for the drawn test pages and a browser for the tests of the review page come from the
# system's packages.
system:
	@$(MAKE) --no-print-directory packages
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit 0; done; \
	$(MAKE) --no-print-directory packages MORE=chromium || \
		echo "Without Chromium the tests of the review page are skipped; nothing else needs it." >&2

packages:
	@missing=($(MORE)); \
	have=$$(tesseract --list-langs 2>/dev/null || true); \
	for model in $(MODELS); do grep -qx "$$model" <<<"$$have" || missing+=("tesseract-ocr-$$model"); done; \
	command -v tesseract >/dev/null || missing+=(tesseract-ocr); \
	[ -e "$(FONT)" ] || missing+=(fonts-freefont-ttf); \
	python=$$($(FIND_PYTHON)) || missing+=(python3 python3-venv); \
	[ -z "$$python" ] || "$$python" -c 'import ensurepip, venv' 2>/dev/null || missing+=("$$(basename "$$(readlink -f "$$(command -v "$$python")")")-venv"); \
	[ $${#missing[@]} -eq 0 ] && exit 0; \
	echo "Installing $${missing[*]}"; \
	sudo=; [ "$$(id -u)" -eq 0 ] || sudo=sudo; \
	if ! command -v apt-get >/dev/null || { [ -n "$$sudo" ] && ! command -v sudo >/dev/null; }; then \
		echo "These packages are missing and cannot be installed from here; as root: apt-get install $${missing[*]}" >&2; exit 1; \
	fi; \
	if ! { $$sudo apt-get update -q && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$${missing[@]}"; }; then \
		echo "Could not install the packages; as root: apt-get install $${missing[*]}" >&2; exit 1; \
	fi

# The first Python of 3.11 or later.
define FIND_PYTHON
for python in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
	command -v "$$python" >/dev/null && "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo "$$python" && exit 0; done; \
	echo "Python 3.11 or later is needed; install python3.11 and python3.11-venv, or name one: make PYTHON=/path/to/python" >&2; exit 1
endef

.venv/.ready: pyproject.toml constraints.txt
	@python=$$($(FIND_PYTHON)) && echo "Setting up .venv with $$python" && "$$python" -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch .venv/.ready

clean:
	rm -rf work .venv
