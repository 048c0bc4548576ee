"""Document cases scored field by field, as cases/README.md asks: a field is right when it equals gold;
null counts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from transforms.decode.read import read_bytes
from transforms.decode.report import Report
from transforms.normalize import normalize
from transforms.tabulate.identity.identify import identify
from transforms.tabulate.identity.identity import Identity

FIELDS = ("town", "county", "province", "year", "level", "doc_number", "issued")
PLACE = ("town", "county", "province")


@dataclass(slots=True)
class DocumentScore:
    """Counts over a bank. `place` = town, county and province together; `wrong_towns` = a town named that
    is not
    the one (undecided is not wrong)."""

    cases: int = 0
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*FIELDS, "place"), 0))
    wrong_towns: list[str] = field(default_factory=list)
    misses: list[tuple[str, str, Any, Any]] = field(default_factory=list)  # case, field, gold, said

    def share(self, name: str) -> float:
        """Share of cases whose field is right; 1.0 for an empty bank."""
        return self.right[name] / self.cases if self.cases else 1.0


def load_cases(path: Path) -> list[dict[str, Any]]:
    """One case a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def report_of(case: Mapping[str, Any]) -> Report:
    """The report as if its text stood in a file of that name."""
    return read_bytes(case["text"].encode("utf-8"), case["source_name"], case["source_name"])


def identify_case(case: Mapping[str, Any]) -> Identity:
    """From case to identity by the stages the flow uses."""
    report = report_of(case)
    return identify(report, normalize(report.text))


def score_documents(
    cases: Iterable[Mapping[str, Any]], predict: Callable[[Mapping[str, Any]], Identity] = identify_case
) -> DocumentScore:
    """Every field of every case; misses in the order of the bank."""
    score = DocumentScore()
    for case in cases:
        score.cases += 1
        said = predicted_fields(predict(case))
        missed = [name for name in FIELDS if said[name] != case[name]]
        score.misses += [(case["id"], name, case[name], said[name]) for name in missed]
        for name in FIELDS:
            score.right[name] += name not in missed
        score.right["place"] += not set(PLACE) & set(missed)
        if _is_wrong_town(case, said):
            score.wrong_towns.append(case["id"])
    return score


def predicted_fields(identity: Identity) -> dict[str, Any]:
    """The scored fields of an identity under their names in the bank."""
    said = {name: getattr(identity, name) for name in FIELDS if name != "issued"}
    return said | {"issued": identity.issued_on}


def _is_wrong_town(case: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    """Another town than gold's, or the right name in another county."""
    if said["town"] is None:
        return False
    other_county = said["county"] not in (None, case["county"])
    return bool(said["town"] != case["town"] or other_county)


def as_text(score: DocumentScore) -> str:
    """The figures as lines for a terminal."""
    lines = [
        f"{name:<11}{score.right[name]:>4}/{score.cases} {score.share(name):7.1%}"
        for name in (*FIELDS, "place")
    ]
    lines.append(f"wrong towns {len(score.wrong_towns)} {' '.join(score.wrong_towns)}".rstrip())
    return "\n".join(lines)
