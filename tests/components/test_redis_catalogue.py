from components.redis_catalogue import NODE
from components.signals import Tell


def test_what_hurts_users_at_once_pages() -> None:
    """No time left to answer, no memory to write to, no connection to have; the rest can wait for the morning."""
    assert {signal.role for signal in NODE.signals if signal.tell is Tell.PAGE} == {"engine-busy", "memory-full", "crowded"}


def test_a_node_is_named_as_cloudwatch_names_it() -> None:
    """A node without shards is a cache cluster of one cache node."""
    assert NODE.dimensions.keys() | NODE.always.keys() == {"CacheClusterId", "CacheNodeId"}
    assert NODE.always == {"CacheNodeId": "0001"}
