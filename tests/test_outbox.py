import json
import resource
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from processes import until

from kiosk import outbox
from kiosk.cli import main
from kiosk.files import Home
from kiosk.model.vote import Question, Vote, vote
from kiosk.player.ballot_box import BallotBox

QUESTION = Question("要不要装电梯？", ("要", "不要"))


def cast(number: int = 1) -> Vote:
    return vote(QUESTION, number, "lift.toml", "A01", "2026-11-26T08:00:00.000+08:00")


def kept(home: Home) -> tuple[list[Vote], int]:
    return outbox.read(outbox.lines(home))


def test_a_vote_is_one_line_of_json_that_names_no_person(home: Home) -> None:
    outbox.append(home, cast(2))

    lines = (home.outbox / "votes.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [asdict(cast(2))]
    assert set(asdict(cast())) == {"time", "slide", "question", "title", "answer", "text", "of", "place"}


def test_a_line_cut_short_by_a_power_failure_costs_no_other_vote(home: Home) -> None:
    outbox.append(home, cast(1))
    path = home.outbox / "votes.jsonl"
    path.write_bytes(path.read_bytes()[:-20])

    outbox.append(home, cast(2))

    assert kept(home) == ([cast(2)], 1)


@given(st.lists(st.binary(max_size=80)))
def test_whatever_else_stands_in_the_outbox_is_passed_over(foreign: list[bytes]) -> None:
    line = json.dumps(asdict(cast())).encode()

    votes, others = outbox.read([*foreign, line])

    assert votes == [cast()]
    assert others == len(foreign)


@pytest.mark.parametrize("change", [{"answer": 3}, {"answer": 0}, {"of": 10}, {"answer": "1"}, {"time": 7}])
def test_a_vote_that_no_key_could_give_is_none(change: dict[str, object]) -> None:
    assert outbox.read([json.dumps(asdict(cast()) | change).encode()]) == ([], 1)


def test_a_full_file_is_put_aside_and_the_oldest_go(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "MOST_BYTES", 1)
    monkeypatch.setattr(outbox, "MOST_FILES", 3)

    gone = [path.name for _ in range(6) for path in outbox.append(home, cast())]

    assert gone == ["votes-000001.jsonl", "votes-000002.jsonl"]
    assert sorted(path.name for path in home.outbox.iterdir()) == [
        "votes-000003.jsonl", "votes-000004.jsonl", "votes-000005.jsonl", "votes.jsonl",
    ]  # fmt: skip
    assert len(kept(home)[0]) == 4


def test_the_ballot_box_puts_every_vote_on_the_disk_before_it_ends(home: Home) -> None:
    with BallotBox(home, lambda: None) as box:
        for _ in range(20):
            box.put(cast())

    assert len(kept(home)[0]) == 20


def test_a_disk_that_takes_nothing_costs_the_vote_and_is_told_once(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    home.outbox.touch()
    rung: list[bool] = []
    with BallotBox(home, lambda: rung.append(True)) as box:
        box.put(cast(1))
        until(lambda: box.failing)
        box.put(cast(1))
        until(lambda: not box._votes)
        home.outbox.unlink()
        until(lambda: box.put(cast(2)) or not box.failing)

    assert {one.answer for one in kept(home)[0]} <= {1, 2}
    assert kept(home)[0][-1] == cast(2)
    assert len(rung) == 2
    assert caplog.text.count("票记不下来") == 1


def test_a_vote_that_has_no_room_leaves_no_half_line(home: Home) -> None:
    outbox.append(home, cast())
    whole = (home.outbox / "votes.jsonl").read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(whole) + 20, hard))
    try:
        with pytest.raises(OSError, match="space"):
            outbox.append(home, cast())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert (home.outbox / "votes.jsonl").read_bytes() == whole


def test_kiosk_votes_prints_a_table_in_words(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    for number in (1, 1, 2):
        outbox.append(home, cast(number))
    with (home.outbox / "votes.jsonl").open("a") as file:
        file.write('{"half')

    status = main(["--home", str(home.root), "votes"])

    told = capsys.readouterr().out
    assert status == 0
    assert "要不要装电梯？（共 3 票 · votes: 3，2026-11-26 08:00" in told
    assert [line.split()[:2] for line in told.splitlines() if line.startswith("  ")] == [
        ["1", "2"],
        ["2", "1"],
    ]
    assert "有 1 行不是票，没有算。1 line" in told


def test_kiosk_votes_tells_programs_the_same(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    outbox.append(home, cast(2))

    main(["--home", str(home.root), "votes", "--json"])

    told = json.loads(capsys.readouterr().out)
    assert told["passed_over"] == 0
    assert told["questions"][0]["counts"][1] == {"number": 2, "text": "不要", "votes": 1}


def test_kiosk_votes_says_what_to_do_where_there_are_none(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--home", str(home.root), "votes"])

    told = capsys.readouterr().out
    assert "enabled = true" in told
    assert "No votes yet" in told


def test_where_there_is_no_home_it_says_so(tmp_path: Path) -> None:
    assert main(["--home", str(tmp_path), "votes"]) == 2
