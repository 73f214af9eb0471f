"""What of ``moderate`` goes together."""

import pytest

from artitec_media_desktop.cli.moderation_words import action_of
from artitec_media_desktop.cli.parser import parser
from artitec_media_desktop.domain.errors import Permanent


def read(line):
    return parser().parse_args(["moderate", *line.split()])


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("MED-1 MED-2 --approve", "approve"),
        ("--reject --reason unsafe MED-1 MED-2", "reject"),
        ("MED-1 --flag --reason other --note x --token t", "flag"),
        ("MED-1 --appeal --note x", "appeal"),
        ("MED-1 --release --token t", "release"),
        ("--queue --json --search age:>2d --by-score --limit 3", "queue"),
        ("--claim 3 --search look:appeal", "claim"),
        ("--stats --since 2024-01-01 --until 2024-02-01", "stats"),
        ("--export a.csv --since 2024-01-01 --force", "export"),
        ("--screen --limit 5", "screen"),
        ("--policy --set sample=0.1 --set waiting=post", "policy"),
    ],
)
def test_what_goes_together(line, action):
    assert action_of(read(line)) == action


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("--approve", "MEDIA"),
        ("MED-1 --approve --reason unsafe", "--reason"),
        ("MED-1 --queue", "MEDIA"),
        ("MED-1 --release", "--token"),
        ("MED-1 --appeal", "--note"),
        ("MED-1 --reject --search x", "--search"),
        ("--claim 2 --limit 3", "--limit"),
        ("--queue --since 2024-01-01", "--since"),
        ("--stats --force", "--force"),
        ("--queue --by-score --set sample=1", "--set"),
    ],
)
def test_what_does_not(line, named):
    with pytest.raises(Permanent, match=named) as caught:
        action_of(read(line))
    assert caught.value.code == "bad_usage"


@pytest.mark.parametrize(
    "line",
    ["", "MED-1", "MED-1 --approve --flag", "--claim 0", "--claim x", "--stats --since yesterday",
     "--policy --set sample", "--queue --limit 100001"],
)  # fmt: skip
def test_what_is_no_usage_at_all(line, capsys):
    with pytest.raises(SystemExit) as caught:
        read(line)
    assert caught.value.code == 2
    assert "error: " in capsys.readouterr().err
