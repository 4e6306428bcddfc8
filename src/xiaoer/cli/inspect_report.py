"""The report of a bulk inspection: one page to print that needs nothing else, and the same in numbers."""

import csv
import json
from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from xiaoer.cli.inspect_charts import bars, columns_of, stacked
from xiaoer.cli.inspect_job import Plan
from xiaoer.cli.inspect_tally import EDGES, THREE_MINUTES, Counts, Tally, Worst
from xiaoer.clocks.rules.profiles import PROFILES
from xiaoer.inspection.model import GRADES, PARTS, STEPS
from xiaoer.kernel.calendar_text import span_text

AGENTS_SHOWN: Final = 200
KINDS_SHOWN: Final = 40
_NOTHING: Final = "–"
_SHIPPED: Final = "by-hand"
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


class Words:
    """The catalogue of one language, for a page without a server."""

    def __init__(self, language: str) -> None:
        folder = files("xiaoer") / "catalogue" / language
        self._texts: Final[dict[str, str]] = {}
        for domain in ("clocks", "guard", "inspection"):
            texts: Mapping[str, str] = json.loads((folder / f"{domain}.json").read_text("utf-8"))
            self._texts.update({f"{domain}.{key}": text for key, text in texts.items()})

    def __call__(self, key: str, home: str = "inspection", **facts: object) -> str:
        """A sentence with its facts; the key itself where there is none."""
        return self.filled(key, facts, home)

    def filled(self, key: str, facts: Mapping[str, object], home: str = "inspection") -> str:
        """The same with the facts in a mapping."""
        text = self._texts.get(f"{home}.{key}", key)
        for name, value in facts.items():
            text = text.replace("{{" + name + "}}", str(value))
        return text


def report(out: Path, tally: Tally, plan: Plan, language: str) -> dict[str, Any]:
    """Write report.html, summary.json and agents.csv; return the summary."""
    say = Words(language)
    summary = summarised(tally, plan)
    (out / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1), "utf-8")
    _agents_csv(out / "agents.csv", tally, say)
    (out / "report.html").write_text(page(tally, plan, summary, say, language), "utf-8")
    return summary


# ── numbers ──────────────────────────────────────────────────────────────


def per(numerator: float, denominator: float, scale: float = 1.0) -> float | None:
    """A share or mean to one decimal; None while there is nothing to divide by."""
    return round(scale * numerator / denominator, 1) if denominator else None


def told(counts: Counts, minimum: int = 0) -> dict[str, Any]:
    """The figures of one agent, of one kind or of all, under the names of M-001…M-012."""
    return {
        "talks": counts.talks,
        "received": counts.answered,
        "unanswered": counts.unanswered,
        "effective": counts.effective,
        "messages": counts.messages,
        "score": per(counts.score_sum, counts.scored),
        "failed": counts.failed,
        "flagged": counts.flagged,
        "in_time_percent": per(counts.in_time, counts.rounds, 100),
        "rounds": counts.rounds,
        "assessed": counts.rounds >= max(minimum, 1),
        "three_minute_percent": per(counts.three_minutes, counts.rounds, 100),
        "average_seconds": per(counts.total_seconds, counts.rounds),
        "first_seconds": per(counts.first_seconds, counts.first_answers),
        "slow_talks": counts.slow_talks,
        "long_talks": counts.long_talks,
        "answer_question_percent": per(counts.agent_messages, counts.buyer_messages, 100),
        "characters": counts.characters,
        "duration_seconds": per(counts.duration_seconds, counts.timed_talks),
        "findings": counts.findings,
        "dissatisfied_percent": per(counts.dissatisfied, counts.turns, 100),
        "satisfied_percent": per(counts.satisfied, counts.turns, 100),
        "rating": per(counts.rating_sum, counts.ratings),
        "steps": {
            step: per(counts.step_points[place], counts.step_called[place])
            for place, step in enumerate(STEPS)
        },
    }


def summarised(tally: Tally, plan: Plan) -> dict[str, Any]:
    """The whole report as data."""
    minimum = PROFILES[plan.profile].minimum
    return {
        "rules": plan.rules,
        "profile": plan.profile,
        "model": Path(plan.model).name if plan.model else _SHIPPED,
        "made_at": plan.now.isoformat(),
        "files": [Path(one).name for one in plan.files],
        "from": tally.first_at,
        "to": tally.last_at,
        "whole": told(tally.whole, minimum),
        "grades": {grade: tally.grades.get(grade, 0) for grade in (*GRADES, "none")},
        "scores": tally.scores,
        "steps": {step: tally.steps[place] for place, step in enumerate(STEPS)},
        "parts": {name: per(*tally.parts[name]) for name in PARTS if name in tally.parts},
        "times": [[edge, count] for edge, count in zip((*EDGES, None), tally.times, strict=True)],
        "hours": tally.hours,
        "findings": tally.findings,
        "faults": tally.faults,
        "promises": tally.promises,
        "tone": tally.tone,
        "reviews": tally.reviews,
        "flags": tally.flags,
        "agents": {name: told(one, minimum) for name, one in _largest(tally.agents)},
        "kinds": {name: told(one) for name, one in _largest(tally.kinds)},
        "days": {name: told(one) for name, one in sorted(tally.days.items())},
        "bad_rows": tally.bad_rows,
        "bad_reasons": tally.bad_reasons,
    }


def _largest(counts: Mapping[str, Counts]) -> list[tuple[str, Counts]]:
    return sorted(counts.items(), key=lambda item: (-item[1].talks, item[0]))


_EXPORT: Final = (
    "talks",
    "received",
    "unanswered",
    "effective",
    "average_seconds",
    "three_minute_percent",
    "first_seconds",
    "slow_talks",
    "long_talks",
    "answer_question_percent",
    "characters",
    "duration_seconds",
    "score",
    "dissatisfied_percent",
    "findings",
)
"""The columns shops export (M-005), and what inspection adds."""


def _agents_csv(path: Path, tally: Tally, say: Words) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([say("report.agent"), *(say(f"report.column.{name}") for name in _EXPORT)])
        for name, counts in _largest(tally.agents):
            figures = told(counts)
            rows.writerow(
                [_harmless(name), *("" if figures[one] is None else figures[one] for one in _EXPORT)]
            )


def _harmless(text: str) -> str:
    """A cell no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


# ── the page ─────────────────────────────────────────────────────────────


def page(tally: Tally, plan: Plan, summary: Mapping[str, Any], say: Words, language: str) -> str:
    """The whole report as one page of HTML without scripts, without anything from elsewhere."""
    style = (files("xiaoer.cli") / "inspect_report.css").read_text("utf-8")
    title = say("report.title")
    parts = (
        _head(summary, say),
        _section(say("report.scores"), _scores(tally, summary, say)),
        _section(say("report.steps"), _steps(tally, say)),
        _section(say("report.times"), _times(tally, plan, summary, say)),
        _section(say("report.agents"), _table(summary["agents"], say, "report.agent", AGENTS_SHOWN)),
        _section(say("report.kinds"), _table(summary["kinds"], say, "report.kind", KINDS_SHOWN)),
        _section(say("report.faults"), _faults(tally, say)),
        _section(say("report.worst"), "".join(_talk(one, say) for one in tally.worst)),
        _section(say("report.bad_rows"), _bad(tally, say)) if tally.bad_rows else "",
        _section(say("report.formulas"), _formulas(plan, summary, say)),
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta http-equiv="content-security-policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width"><style>{style}</style></head>'
        f"<body><main><h1>{escape(title)}</h1>{''.join(parts)}</main></body></html>"
    )


def _section(title: str, body: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{body}</section>"


def _shown(value: object) -> str:
    return _NOTHING if value is None else str(value)


def _head(summary: Mapping[str, Any], say: Words) -> str:
    whole = summary["whole"]
    tiles = (
        ("score", _shown(whole["score"])),
        ("talks", whole["talks"]),
        ("messages", whole["messages"]),
        ("in_time_percent", _shown(whole["in_time_percent"]) if whole["assessed"] else _NOTHING),
        ("dissatisfied_percent", _shown(whole["dissatisfied_percent"])),
        ("failed", whole["failed"]),
        ("flagged", whole["flagged"]),
        ("findings", whole["findings"]),
    )
    span = f"{summary['from'][:10]} – {summary['to'][:10]}" if summary["from"] else _NOTHING
    about = say(
        "report.about",
        files=", ".join(summary["files"]),
        span=span,
        made_at=summary["made_at"][:16].replace("T", " "),
        rules=summary["rules"],
        model=say("report.shipped_model") if summary["model"] == _SHIPPED else summary["model"],
    )
    body = "".join(
        f"<div><b>{escape(str(value))}</b><span>{escape(say(f'report.column.{name}'))}</span></div>"
        for name, value in tiles
    )
    return f'<p class="about">{escape(about)}</p><div class="tiles">{body}</div>'


def _scores(tally: Tally, summary: Mapping[str, Any], say: Words) -> str:
    labels = [f"{place * 10}–{place * 10 + (9 if place < 9 else 10)}" for place in range(10)]
    grades = [(say(f"grade.{name}"), count) for name, count in summary["grades"].items() if count]
    parts = [(say(f"part.{name}"), value) for name, value in summary["parts"].items()]
    return (
        f'<div class="two">{columns_of(labels, tally.scores)}'
        f"{bars(grades)}</div><h3>{escape(say('report.parts'))}</h3>{bars(parts, full=100)}"
    )


def _steps(tally: Tally, say: Words) -> str:
    rows = [
        (say(f"step.{step}"), [counts[2], counts[1], counts[0], counts[3]])
        for step, counts in zip(STEPS, tally.steps, strict=True)
    ]
    return stacked(rows, [say(f"report.points.{name}") for name in ("two", "one", "none", "not_called")])


def _times(tally: Tally, plan: Plan, summary: Mapping[str, Any], say: Words) -> str:
    if not any(tally.times):
        return f"<p>{escape(say('report.no_times'))}</p>"
    names = [f"≤ {edge} s" if edge < 60 else f"≤ {edge // 60} min" for edge in EDGES]
    shown = columns_of([*names, f"> {EDGES[-1] // 60} min"], tally.times)
    hours = columns_of([f"{hour}" for hour in range(24)], tally.hours)
    whole = summary["whole"]
    profile = PROFILES[plan.profile]
    sentence = say(
        "report.times_told",
        profile=say(f"profile.{plan.profile}", "clocks"),
        percent=_shown(whole["in_time_percent"]),
        rounds=whole["rounds"],
        average=_shown(whole["average_seconds"]),
        first=_shown(whole["first_seconds"]),
    )
    small = "" if whole["assessed"] else say("report.too_few", minimum=profile.minimum)
    return f"<p>{escape(sentence)} {escape(small)}</p>{shown}<h3>{escape(say('report.hours'))}</h3>{hours}"


_TABLE: Final = (
    "talks",
    "received",
    "score",
    "failed",
    "in_time_percent",
    "average_seconds",
    "first_seconds",
    "slow_talks",
    "answer_question_percent",
    "dissatisfied_percent",
    "rating",
)


def _table(rows: Mapping[str, Mapping[str, Any]], say: Words, first: str, limit: int) -> str:
    """A line for each name; a column of which no line knows anything is left out."""
    columns = {
        **{say(f"report.column.{name}"): [one[name] for one in rows.values()] for name in _TABLE},
        **{say(f"step.{step}"): [one["steps"][step] for one in rows.values()] for step in STEPS},
    }
    known = {title: values for title, values in columns.items() if any(one is not None for one in values)}
    head = "".join(f"<th>{escape(title)}</th>" for title in (say(first), *known))
    body = "".join(
        f"<tr><th>{escape(name)}</th>"
        + "".join(f"<td>{escape(_shown(values[place]))}</td>" for values in known.values())
        + "</tr>"
        for place, name in enumerate([*rows][:limit])
    )
    more = f"<p>{escape(say('report.more', count=len(rows) - limit))}</p>" if len(rows) > limit else ""
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="wide">{table}</div>{more}'


def _faults(tally: Tally, say: Words) -> str:
    faults = sorted(tally.faults.items(), key=lambda item: -item[1])
    found = sorted(tally.findings.items(), key=lambda item: -item[1])
    kinds = [
        (f"{say(f'kind.{kind}', 'guard')} · {say(f'verdict.{verdict}', 'guard')}", count)
        for (kind, _, verdict), count in ((name.partition("."), count) for name, count in found)
    ]
    return (
        bars([(say(f"reason.{name}"), count) for name, count in faults])
        + f"<h3>{escape(say('report.guard'))}</h3>{bars(kinds)}"
        + f"<h3>{escape(say('report.promises'))}</h3>"
        + bars([(say(f"promise.{name}"), count) for name, count in sorted(tally.promises.items())])
    )


def _talk(one: Worst, say: Words) -> str:
    reasons = [f"{say(f'reason.{name}')} −{points}" for name, points in one.reasons]
    about = " · ".join([*reasons, *(say(f"flag.{name}") for name in one.flags)])
    lines = "".join(
        f'<li class="{escape(role)}{" marked" if reason else ""}"><b>{escape(say(f"role.{role}"))}</b> '
        f"{escape(text)}{_why(reason, say)}</li>"
        for role, text, reason in one.lines
    )
    return (
        f'<article><h3>{escape(one.conversation)} <b class="score">{one.score}</b> {escape(one.agent)}</h3>'
        f"<p>{escape(about)}</p><ol>{lines}</ol></article>"
    )


def _why(reason: str, say: Words) -> str:
    return f"<i>{escape(say('reason.' + reason))}</i>" if reason else ""


def _bad(tally: Tally, say: Words) -> str:
    rows: Sequence[tuple[str, int]] = sorted(tally.bad_reasons.items(), key=lambda item: -item[1])
    return f"<p>{escape(say('report.bad_rows_told', count=tally.bad_rows))}</p>{bars(rows[:20])}"


def _formulas(plan: Plan, summary: Mapping[str, Any], say: Words) -> str:
    profile = PROFILES[plan.profile]
    facts: dict[str, object] = {
        "target_seconds": profile.target_seconds,
        "cap_seconds": profile.cap_seconds,
        "hours": span_text(profile.hours),
        "minimum": profile.minimum,
        "three_minutes": THREE_MINUTES,
        "rules": summary["rules"],
    }
    small = ("small",) if profile.minimum else ()
    names = ("score", "steps", "off", "speed", "average", *small, "answers_ratio", "mood", "kept")
    return (
        "<ul>"
        + "".join(f"<li>{escape(say.filled(f'formula.{name}', facts))}</li>" for name in names)
        + "</ul>"
    )
