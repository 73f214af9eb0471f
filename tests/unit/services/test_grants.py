"""What is printed for a role, as text."""

import json

import pytest

from artitec_media_desktop.domain.profiles import Profile
from artitec_media_desktop.services.grants import GrantRole, grants, places_of

KEYED = (GrantRole.UPLOADER, GrantRole.MODERATOR, GrantRole.ADMIN)


def actions(role):
    policy = grants(role, "artitec", "media").policy
    return {
        action
        for each in policy["Statement"]
        if each["Effect"] == "Allow"
        for action in each["Action"]
    }


def test_only_moderators_and_admins_may_delete_objects():
    assert "s3:DeleteObject" not in actions(GrantRole.UPLOADER)
    assert "s3:DeleteObject" in actions(GrantRole.MODERATOR) & actions(GrantRole.ADMIN)
    assert "s3:PutBucketPolicy" in actions(GrantRole.ADMIN) - actions(GrantRole.MODERATOR)
    assert {"s3:PutObject", "s3:GetObject", "s3:AbortMultipartUpload"} <= actions(
        GrantRole.UPLOADER
    )


@pytest.mark.parametrize("role", KEYED)
def test_signatures_older_than_a_quarter_of_an_hour_are_denied(role):
    denied = [
        each["Condition"]
        for each in grants(role, "artitec", "media").policy["Statement"]
        if each["Effect"] == "Deny"
    ]
    assert {"NumericGreaterThan": {"s3:signatureAge": "900000"}} in denied
    assert {"Bool": {"aws:SecureTransport": "false"}} in denied


@pytest.mark.parametrize("role", KEYED)
def test_objects_of_entities_only(role):
    objects = grants(role, "artitec", "media").policy["Statement"][0]["Resource"]
    assert "arn:aws:s3:::media/users/*" in objects
    assert "arn:aws:s3:::media/private/users/*" in objects
    assert not {"arn:aws:s3:::media/*", "*"} & set(objects)


@pytest.mark.parametrize("role", list(GrantRole))
def test_rows_of_one_schema_and_nothing_of_the_server(role):
    sql = grants(role, "artitec", "media").sql
    given = [each for each in sql if each.startswith("GRANT")]
    assert given
    assert all(" ON `artitec`.`" in each for each in given)
    assert not any(word in each for each in sql for word in ("FILE", "ALL", "*", "GRANT OPTION"))
    assert any("REQUIRE SSL" in each for each in sql)


@pytest.mark.parametrize("role", KEYED)
def test_no_role_of_the_application_may_change_tables(role):
    for each in grants(role, "artitec", "media").sql:
        rights = each.partition(" ON ")[0] if each.startswith("GRANT") else ""
        assert not any(
            word in rights for word in ("ALTER", "CREATE", "DROP", "INDEX", "REFERENCES")
        )


def test_a_migrator_has_no_key_and_a_folder_has_none():
    assert grants(GrantRole.MIGRATOR, "artitec", "media").policy is None
    folder = grants(GrantRole.ADMIN, "artitec", None)
    assert folder.policy is None
    assert folder.public_policy is None
    assert any("folder" in each for each in folder.notes)


def test_names_cannot_end_what_they_are_quoted_in():
    sql = grants(GrantRole.UPLOADER, "a`b", "media", "o'neil\\@10.0.0.%").sql
    assert "'o''neil\\\\'@'10.0.0.%'" in sql[0]
    assert any("`a``b`.`media`" in each for each in sql)


def test_the_profile_names_the_places():
    assert places_of(Profile("embedded")) == ("DATABASE", "BUCKET")
    url = "mysql+aiomysql://root@db:3306/artitec?charset=utf8"
    assert places_of(Profile("team", url, folder="/srv")) == ("artitec", None)


def test_it_is_json():
    json.dumps(grants(GrantRole.ADMIN, "artitec", "media").policy)


@pytest.mark.parametrize("role", KEYED)
def test_what_was_decided_about_look_alikes_is_added_to_and_taken_back_but_never_rewritten(role):
    sql = grants(role, "artitec", "media").sql
    given = {each.partition(" TO ")[0].partition(" ON ")[2]: each for each in sql}
    decisions = given["`artitec`.`media_decisions`"]
    members = given["`artitec`.`media_decision_members`"]
    assert decisions.startswith("GRANT SELECT, INSERT, UPDATE (`undone_at`) ON ")
    assert members.startswith("GRANT SELECT, INSERT ON ")
