from components.tags import backed_up, selected


def test_what_stands_in_another_region_is_a_copy() -> None:
    """It is not backed up once more."""
    assert backed_up() == {"backup": "daily"}
    assert backed_up("eu-central-1") == {}


def test_a_stack_selects_its_own() -> None:
    """Staging may share production's account."""
    assert selected("switchyard", "prod") != selected("switchyard", "staging")
    assert selected("switchyard", "prod")["aws:ResourceTag/backup"] == backed_up()["backup"]
