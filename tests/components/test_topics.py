import pulumi_aws as aws
import pytest

from components.documents import tls_only
from components.naming import fingerprint
from tests.configs import rendered
from tests.graph import names, statements, takes_from
from tests.rendering import Rendering


@pytest.mark.parametrize(("role", "address"), [("page", "on-call@example.com"), ("ticket", "platform@example.com")])
def test_each_kind_of_news_has_its_topic_and_readers(new_stack: Rendering, role: str, address: str) -> None:
    """Encrypted with a key that CloudWatch may use: SNS's own would silence every alarm."""
    topic = new_stack.one(aws.sns.Topic, f"topics-{role}")
    assert takes_from(new_stack, topic, "kmsMasterKeyId", aws.kms.Key) == {"encryption-alarms"}
    reader = new_stack.one(aws.sns.TopicSubscription, f"topics-{role}-{fingerprint(address)}")
    assert (reader.inputs["protocol"], reader.inputs["endpoint"]) == ("email", address)
    assert takes_from(new_stack, reader, "topic", aws.sns.Topic) == {f"topics-{role}"}


@pytest.mark.parametrize("role", ["page", "ticket"])
def test_alarms_and_events_of_this_account_and_the_fleets_publish(old_stack: Rendering, role: str) -> None:
    """And nobody else by the topic's policy, and nobody without TLS."""
    policy = old_stack.one(aws.sns.TopicPolicy, f"topics-{role}-policy")
    found = statements(policy.inputs["policy"])
    topic = f"arn:aws:sns:eu-west-1:123456789012:topics-{role}"
    (refusal,) = [found.pop(sid) for sid in [*found] if sid.isdigit()]
    assert refusal == tls_only("sns:Publish", [topic])
    found.pop("Backups", None)  # tests/components/test_backup_vault.py
    assert found.keys() == {"Alarms", "Events", "Fleets"}
    assert found["Alarms"]["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert found["Alarms"]["Condition"] == {"StringEquals": {"aws:SourceAccount": "123456789012"}}
    assert found["Events"]["Principal"] == {"Service": "events.amazonaws.com"}
    assert found["Events"]["Condition"] == found["Alarms"]["Condition"]
    assert found["Fleets"]["Principal"] == {"AWS": "arn:aws:iam:eu-west-1:123456789012:encryption-fleets"}
    assert {tuple(statement["Action"]) for statement in found.values()} == {("sns:Publish",)}


@pytest.mark.parametrize("role", ["page", "ticket"])
def test_alarms_at_the_edge_have_topics_of_their_own(old_stack: Rendering, role: str) -> None:
    """An alarm tells no topic of another region, and a topic takes no key of another one. There are no fleets to publish."""
    topic = old_stack.one(aws.sns.Topic, f"topics-edge-{role}")
    assert takes_from(old_stack, topic, "kmsMasterKeyId", aws.kms.Key) == {"encryption-edge-alarms"}
    policy = old_stack.one(aws.sns.TopicPolicy, f"topics-edge-{role}-policy")
    readers = [each for each in old_stack.of(aws.sns.TopicSubscription) if each.name.startswith(f"topics-edge-{role}-")]
    assert {each.inputs["region"] for each in (topic, policy, *readers)} == {"us-east-1"}
    assert len(readers) == 1
    assert statements(policy.inputs["policy"]).keys() == {"Alarms", "1"}


def test_whoever_stays_on_the_list_need_not_confirm_again() -> None:
    """A subscription is named after its address: by place, removing the first would replace all, and nobody be told meanwhile."""
    both = rendered({"monitoring.page": ["first@example.com", "second@example.com"]})
    one = rendered({"monitoring.page": ["second@example.com"]})
    kept = f"topics-page-{fingerprint('second@example.com')}"
    assert both.one(aws.sns.TopicSubscription, kept).inputs == one.one(aws.sns.TopicSubscription, kept).inputs
    gone = names(both.of(aws.sns.TopicSubscription)) - names(one.of(aws.sns.TopicSubscription))
    assert gone == {f"topics-{place}page-{fingerprint('first@example.com')}" for place in ("", "edge-", "copy-")}
