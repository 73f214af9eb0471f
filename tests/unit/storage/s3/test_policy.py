"""Who may read what without a key: the laws of the bucket's policy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artitec_media_desktop.domain.entities import ENTITY_FOLDERS
from artitec_media_desktop.domain.errors import Permanent
from artitec_media_desktop.storage.s3.bucket import opens, public_statement, with_public_read

FOLDERS = sorted(ENTITY_FOLDERS.values())
NAMES = st.text("abc.-_/é*? ", min_size=1, max_size=30)
OTHERS = st.fixed_dictionaries(
    {
        "Sid": st.sampled_from(["Backup", "Reports"]),
        "Effect": st.sampled_from(["Allow", "Deny"]),
        "Principal": st.just({"AWS": ["arn:aws:iam::1:user/backup"]}),
        "Action": st.sampled_from(["s3:*", ["s3:GetObject"]]),
        "Resource": st.just(["arn:aws:s3:::media/*"]),
    }
)
POLICIES = st.none() | st.fixed_dictionaries(
    {"Version": st.just("2012-10-17"), "Statement": st.lists(OTHERS, max_size=3)}
)


@given(POLICIES, st.sampled_from(FOLDERS), NAMES)
def test_entity_folders_are_open_and_the_private_area_is_not(policy, folder, name):
    after = with_public_read(policy, "media")
    assert opens(after, "media", f"{folder}/{name}")
    assert not opens(after, "media", f"private/{folder}/{name}")
    assert not opens(after, "media", name if "/" not in name else f"x{name}")
    assert not opens(after, "other", f"{folder}/{name}")


@given(POLICIES)
def test_what_others_wrote_stays_and_doing_it_twice_is_doing_it_once(policy):
    after = with_public_read(policy, "media")
    assert after["Statement"][:-1] == (policy or {}).get("Statement", [])
    assert with_public_read(after, "media") == after


def test_our_statement_allows_reading_and_nothing_else():
    statement = public_statement("media")
    assert statement["Action"] == ["s3:GetObject"]
    assert statement["Resource"] == [
        f"arn:aws:s3:::media/{each}/*" for each in ENTITY_FOLDERS.values()
    ]


@pytest.mark.parametrize(
    ("statement", "open_to_all"),
    [
        ({"Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::media/*"}, True),
        ({"Principal": {"AWS": "*"}, "Action": "*", "Resource": "*"}, True),
        ({"Principal": "*", "Action": "S3:getobject", "Resource": "arn:aws:s3:::media/p*"}, True),
        ({"Principal": "*", "Action": "s3:Get*", "Resource": ["*"]}, True),
        ({"Principal": "*", "NotAction": "s3:Put*", "Resource": "*"}, True),
        ({"Principal": "*", "Action": "s3:*", "NotResource": "arn:aws:s3:::media/u*"}, True),
        ({"Principal": "*", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::media"}, False),
        ({"Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::media/users/*"}, False),
        ({"Principal": {"AWS": "arn:x"}, "Action": "*", "Resource": "*"}, False),
    ],
)
def test_a_statement_of_others_that_opens_the_private_area_is_seen(statement, open_to_all):
    statement["Effect"] = "Allow"
    for policy in ({"Statement": [statement]}, {"Statement": statement}):
        assert opens(policy, "media", "private/users/a.jpg") is open_to_all
    refusal = {**statement, "Effect": "Deny", "Principal": "*", "Resource": "*", "Action": "*"}
    refusal.pop("NotAction", None)
    refusal.pop("NotResource", None)
    assert not opens({"Statement": [statement, refusal]}, "media", "private/users/a.jpg")


def test_the_policy_is_left_alone_where_it_could_not_keep_the_private_area_closed(store):
    before = {"Version": "2012-10-17", "Statement": [
        {"Sid": "All", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
         "Resource": f"arn:aws:s3:::{store.bucket}/*"}
    ]}  # fmt: skip
    import json

    store.setup._client.call("put_bucket_policy", Policy=json.dumps(before))
    with pytest.raises(Permanent, match="private") as caught:
        store.setup.set_up()
    assert caught.value.code == "private_open"
    assert store.setup.policy() == before
