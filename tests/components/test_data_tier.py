from tests.rendering import Rendering


def test_the_data_tier_is_a_part_of_the_stack(new_stack: Rendering) -> None:
    """One, whose parts are what the services use."""
    assert [tier.name for tier in new_stack.of("switchyard:data:DataTier")] == ["data"]
