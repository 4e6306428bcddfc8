"""`xiaoer rules`: works on files and pipes without a database."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from xiaoer.cli.rulebook import command
from xiaoer.rulebook.rules.shelf import shelf

TABLE = "after_sale.freight_leg"
FACTS = {"payer": "buyer", "collect": "none", "dearer": False, "insured": True}


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(command, arguments, input=given)


def test_list_names_every_table_with_its_wording() -> None:
    lines = [json.loads(line) for line in run("list", "--json", "--language", "en").stdout.splitlines()]
    assert [line["table"] for line in lines] == list(shelf())
    assert all(line["title"] and line["version"] and line["cases"] for line in lines)


def test_show_draws_a_table_or_gives_its_text() -> None:
    assert "| D2-11 |" in run("show", TABLE, "--language", "en").stdout
    assert run("show", TABLE, "--text").stdout.strip() == shelf()[TABLE].text.strip()


def test_prove_proves_what_is_shipped_and_finds_the_gap_of_a_file(tmp_path: Path) -> None:
    assert run("prove").exit_code == 0
    draft = tmp_path / "draft.toml"
    draft.write_text(shelf()[TABLE].text.replace('collect = "buyer"', 'collect = "buyer", insured = true'))
    said = run("prove", "--json", str(draft))
    assert said.exit_code == 1
    flaw, *_ = json.loads(said.stdout)["flaws"]
    assert (flaw["kind"], flaw["example"]["collect"]) == ("gap", "buyer")


def test_decide_answers_a_file_with_row_outcome_and_basis(tmp_path: Path) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps(FACTS, indent=2))
    said = run("decide", TABLE, "--facts", str(facts), "--json", "--language", "en")
    answer = json.loads(said.stdout)
    assert said.exit_code == 0
    assert (answer["table"], answer["row"], answer["basis"]) == (TABLE, "D2-11", "O-012")
    assert answer["outcome"] == {"pays": "buyer", "difference": "none", "insurer_first": True}
    assert answer["sentence"].startswith("Freight insurance pays its sum first")


def test_decide_answers_each_line_and_a_bad_one_stops_nothing() -> None:
    lines = [json.dumps(FACTS), "no json", json.dumps({"payer": "buyer"}), json.dumps(FACTS)]
    said = run("decide", TABLE, "--facts", "-", "--json", given="\n".join(lines))
    answers = [json.loads(line) for line in said.stdout.splitlines()]
    assert said.exit_code == 1
    assert [answer.get("row") for answer in answers] == ["D2-11", None, None, "D2-11"]
    assert "'collect' is missing" in answers[2]["error"]


def test_decide_goes_by_the_profile() -> None:
    facts = json.dumps(
        {
            "case": "misleading_page",
            "promise": "none",
            "harmless_flaw": False,
            "dispatch_hours": 24,
            "bad_percent": 0,
        }
    )
    by = {
        profile: json.loads(
            run(
                "decide",
                "after_sale.compensation",
                "--facts",
                "-",
                "--json",
                "--profile",
                profile,
                given=facts,
            ).stdout
        )["outcome"]["decides"]
        for profile in ("taobao", "jd", "eu")
    }
    assert by == {"taobao": "nobody", "jd": "table", "eu": "person"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "freight_leg"), f"did you mean {TABLE}?"),
        (("decide", "no.such", "--facts", "-"), "xiaoer rules list"),
        (("decide", TABLE, "--facts", "-", "--profile", "mars"), "taobao, jd, eu, retail"),
        (("decide", TABLE, "--facts", "/no/such/file"), "cannot be read"),
        (("replay", "--from", "2026-01-02", "--to", "2026-01-01"), "--from must be before --to"),
        (("replay", "--from", "2026-01-01", "--to", "2026-01-02", "--with", "3"), "--with needs --table"),
    ],
)
def test_a_wrong_call_is_told_what_is_wrong(arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments, given="{}")
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
