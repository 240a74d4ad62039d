"""What gapress depends on: an SBOM, the licences, known vulnerabilities.

    python tools/supply sbom               build/sbom.cdx.json (CycloneDX 1.6), and check licences
    python tools/supply document           the table of docs/dependencies.md, anew
    python tools/supply vulnerabilities    ask the databases of PyPI and OSV about the lock

Run it from the top of the project in the environment of tools/supply/requirements.txt; it looks at
the environment of gapress, .venv. Ends with 1 on findings, and 3 where it could not ask.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
from functools import lru_cache
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from license_expression import ExpressionError, Licensing, get_spdx_licensing
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LOCK = "requirements.txt"
ENVIRONMENT = ".venv/bin/python"
SBOM = Path("build/sbom.cdx.json")
DOCUMENT = Path("docs/dependencies.md")
BEGIN, END = "<!-- made by: make dependencies -->", "<!-- end -->"
POLICY = tomllib.loads(Path(__file__).with_name("licences.toml").read_text(encoding="utf-8"))
UNKNOWN = "unknown"
ROOT = "root-component"  # what cyclonedx-py calls gapress itself
FOUND, NOT_ASKED = 1, 3  # exit codes

Json = dict[str, Any]


def tool(name: str) -> str:
    """Return the path of a program of this environment."""
    return str(Path(sys.executable).with_name(name))


def cyclonedx(*arguments: str) -> Json:
    """Return a reproducible CycloneDX 1.6 document that cyclonedx-py makes."""
    command = [tool("cyclonedx-py"), *arguments, "--pyproject", "pyproject.toml"]
    options = ["--spec-version", "1.6", "--output-reproducible", "--no-validate"]
    variables = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(
        command + options, env=variables, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise SystemExit(f"cyclonedx-py ended with {done.returncode}: {done.stderr.strip()}")
    made: Json = json.loads(done.stdout)
    return made


def installed() -> dict[str, Distribution]:
    """Return the distributions of gapress's environment by their canonical names."""
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    done = subprocess.run([ENVIRONMENT, "-c", ask], capture_output=True, text=True, check=True)
    found = distributions(path=[done.stdout.strip()])
    return {canonicalize_name(each.metadata["Name"]): each for each in found}


def licence_files(distribution: Distribution) -> str:
    """Return the SHA-256 over the licence files of a distribution."""
    state = hashlib.sha256()
    for file in sorted(distribution.files or (), key=str):
        parts = file.parts
        named = re.match("licen[cs]e|copying", parts[-1].lower())
        inside = any("LICENSES" in part for part in parts[:-1])
        if parts[0].endswith(".dist-info") and (named or inside):
            state.update(file.locate().read_bytes())
    return state.hexdigest()


def declared(component: Json) -> set[str]:
    """Return the SPDX licences or expressions that a component declares.

    A classifier such as "BSD License", which is none, only counts where there is nothing better.
    """
    entries = component.get("licenses", [])
    spdx = {e.get("expression") or e["license"].get("id") for e in entries} - {None}
    return spdx or {entry["license"]["name"] for entry in entries}


def licence(name: str, component: Json, distribution: Distribution | None) -> tuple[str, str]:
    """Return the licence of a component, and what is wrong with it, or nothing."""
    read = POLICY["read"].get(name)
    if read is None:
        found = declared(component)
        if len(found) != 1:
            said = f"its metadata say {' / '.join(sorted(found)) or 'nothing'}"
            return UNKNOWN, f"{said}; read its licence and put it in tools/supply/licences.toml"
        (expression,) = found
    else:
        expression = read["licence"]
        if distribution is not None and licence_files(distribution) != read.get("sha256"):
            digest = licence_files(distribution)
            return expression, f"its licence files changed; read them again: {digest}"
    return expression, refused(expression)


@lru_cache
def spdx() -> Licensing:
    """Return SPDX's licences; reading them takes a second."""
    return get_spdx_licensing()


def refused(expression: str) -> str:
    """Return why gapress may not ship with what has this licence, or nothing."""
    try:
        parsed = spdx().parse(expression, validate=True)
    except ExpressionError:
        return f"{expression} is no SPDX licence; read it, and see tools/supply/licences.toml"
    return "" if _may(parsed) else f"{expression} is not allowed by tools/supply/licences.toml"


def _may(parsed: Any) -> bool:
    if hasattr(parsed, "license_symbol"):  # WITH an exception, which only allows more
        return _may(parsed.license_symbol)
    if hasattr(parsed, "key"):
        return parsed.key in POLICY["allowed"]
    alternatives = parsed.operator.strip() == "OR"
    return (any if alternatives else all)(_may(part) for part in parsed.args)


def inside(name: str, distribution: Distribution) -> Iterator[str]:
    """Yield what is wrong with the licences that a wheel's own SBOMs name (PEP 770)."""
    known = POLICY["inside"].get(name, {})
    for file in distribution.files or ():
        if "sboms" not in file.parts or not file.name.endswith(".json"):
            continue
        for part in json.loads(file.read_text(encoding="utf-8")).get("components", []):
            held = canonicalize_name(part["name"])
            if held == name or held in known:
                continue
            wrong = [refused(expression) for expression in declared(part) or ("no licence",)]
            yield from (f"{name} holds {held}: {each}" for each in wrong if each)


def collect() -> tuple[Json, list[str]]:
    """Return the SBOM of the lock, and what is wrong with the licences.

    Names, versions, licences and dependencies come from the metadata of what is installed, hashes
    from the lock. What the lock holds for another Python is there with the scope "optional".
    """
    made = cyclonedx("environment", ENVIRONMENT)
    environment = {canonicalize_name(each["name"]): each for each in made["components"]}
    found = installed()
    problems: list[str] = []
    components: list[Json] = []
    for locked in cyclonedx("requirements", LOCK)["components"]:
        name = canonicalize_name(locked["name"])
        component = environment.get(name)
        if component is None:
            reference = f"{name}=={locked['version']}"
            component = {**locked, "bom-ref": reference, "scope": "optional"}
            component["description"] = "Locked for another Python than this one."
        else:
            others = component.get("externalReferences", [])
            component["externalReferences"] = others + locked["externalReferences"]
        distribution = found.get(name)
        expression, wrong = licence(name, component, distribution)
        if " " in expression:
            component["licenses"] = [{"expression": expression, "acknowledgement": "concluded"}]
        else:
            key = "name" if expression == UNKNOWN else "id"
            entry = {key: expression, "acknowledgement": "concluded"}
            component["licenses"] = [{"license": entry}]
        problems += [f"{name}: {wrong}"] if wrong else []
        problems += inside(name, distribution) if distribution else []
        components.append(component)
    made["components"] = sorted(components, key=lambda each: str(canonicalize_name(each["name"])))
    references = {canonicalize_name(each["name"]): each["bom-ref"] for each in components}
    made["dependencies"] = [
        {
            "ref": references.get(name, ROOT),
            "dependsOn": sorted(references[needed] for needed in needs if needed in references),
        }
        for name, needs in sorted(graph(found).items())
        if name in references or name == ROOT
    ]
    return made, problems


def graph(found: Mapping[str, Distribution]) -> dict[str, set[str]]:
    """Return what each distribution that gapress needs on this Python needs itself.

    cyclonedx-py counts what a distribution needs for extras that nobody asked for, where it happens
    to be installed.
    """
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    needs: dict[str, set[str]] = {}
    asked: set[tuple[str, str]] = set()  # name, extra

    def walk(name: str, texts: Iterable[str], extra: str) -> None:
        needs.setdefault(name, set())
        for requirement in map(Requirement, texts):
            if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
                continue
            needed = canonicalize_name(requirement.name)
            needs[name].add(needed)
            for wanted in ("", *sorted(requirement.extras)):
                if needed in found and (needed, wanted) not in asked:
                    asked.add((needed, wanted))
                    walk(needed, found[needed].requires or (), wanted)

    walk(ROOT, project["dependencies"], "")
    return needs


def table(bom: Json) -> str:
    """Return the components as a table in Markdown: name, licence, what needs it."""
    names = {each["bom-ref"]: canonicalize_name(each["name"]) for each in bom["components"]}
    names[ROOT] = "gapress"
    needed: dict[str, list[str]] = {name: [] for name in names.values()}
    for each in bom["dependencies"]:
        for ref in each["dependsOn"]:
            needed[names[ref]].append(names[each["ref"]])
    rows = ["| package | licence | needed by |", "|---|---|---|"]
    for component in bom["components"]:
        name = names[component["bom-ref"]]
        entry = component["licenses"][0]
        shown = entry.get("expression") or entry["license"].get("id", UNKNOWN)
        by = ", ".join(sorted(needed[name])) or "another Python"
        rows.append(f"| {name} | {shown} | {by} |")
    return "\n".join(rows)


def documented(bom: Json) -> str:
    """Return the text of docs/dependencies.md with the table as it should be."""
    before, begin, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise SystemExit(f"{DOCUMENT}: has no table between {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{table(bom)}\n\n{END}{after}"


def sbom() -> int:
    """Write the SBOM; print what is wrong with it, its licences or their table."""
    bom, problems = collect()
    text = json.dumps(bom, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    SBOM.parent.mkdir(exist_ok=True)
    SBOM.write_text(text, encoding="utf-8")
    invalid = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    problems += [f"{SBOM}: is not valid: {invalid}"] if invalid else []
    if DOCUMENT.read_text(encoding="utf-8") != documented(bom):
        problems.append(f"{DOCUMENT}: its table is out of date; run make dependencies")
    print(*problems, f"{SBOM}: {len(bom['components'])} components", sep="\n")
    print(f"sbom, licences: {f'{len(problems)} findings' if problems else 'passed'}")
    return FOUND if problems else 0


def document() -> int:
    """Write the table of docs/dependencies.md anew."""
    DOCUMENT.write_text(documented(collect()[0]), encoding="utf-8")
    return 0


def vulnerabilities(*options: str) -> int:
    """Ask PyPI, then OSV, for known vulnerabilities of the lock.

    pip-audit takes a package that PyPI does not answer about for one without vulnerabilities, and
    ends with 0; here such a package is one that was not checked.
    """
    for service in ("pypi", "osv"):
        command = [tool("pip-audit"), "--requirement", LOCK, "--no-deps", "--disable-pip"]
        shape = [
            "--format",
            "json",
            "--progress-spinner",
            "off",
            "--vulnerability-service",
            service,
        ]
        done = subprocess.run(
            [*command, *shape, *options], capture_output=True, text=True, check=False
        )
        try:
            answers = json.loads(done.stdout)["dependencies"]
        except ValueError:
            print(
                f"{service}: not reachable: {(done.stderr.strip() or 'no answer').splitlines()[-1]}"
            )
            continue
        unasked = [answer["name"] for answer in answers if "skip_reason" in answer]
        known = [answer for answer in answers if answer.get("vulns")]
        for answer in known:
            for found in answer["vulns"]:
                fixed = ", ".join(found["fix_versions"]) or "no version yet"
                print(f"{answer['name']} {answer['version']}: {found['id']}; mended in {fixed}")
        if known:
            print(f"vulnerabilities: in {len(known)} packages ({service})")
            return FOUND
        if answers and not unasked:
            print(f"vulnerabilities: none known in {len(answers)} packages ({service})")
            return 0
        print(f"{service}: no answer about {len(unasked)} of {len(answers)} packages")
    print("vulnerabilities: the databases are not reachable: not checked")
    return NOT_ASKED


COMMANDS = {"sbom": sbom, "document": document, "vulnerabilities": vulnerabilities}

if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in COMMANDS:
        raise SystemExit(COMMANDS[sys.argv[1]](*sys.argv[2:]))
    raise SystemExit(__doc__)
