from components.catalogue import CERTIFICATE, LOAD_BALANCER
from policies.rules.aws_types import ALARM
from tests.policies.given import ELSEWHERE
from tests.policies.spec import Case, Spec
from tests.policies.watched import alarms, resources

WATCHED = resources()
BALANCER, ENDS = (ALARM, f"{LOAD_BALANCER.type}-rejected"), (ALARM, f"{CERTIFICATE.type}-ends")

SPEC = Spec(
    compliant=(*WATCHED.values(), *alarms(WATCHED)),
    cases=(
        Case(
            says="an ARN where CloudWatch knows its end",
            change={BALANCER: {"dimensions.LoadBalancer": "arn:aws:elasticloadbalancing:::lb"}},
        ),
        Case(says="a certificate of elsewhere", change={ENDS: {"sources.dimensions": ELSEWHERE}}),
        Case(says="a name that somebody typed", change={ENDS: {"sources.dimensions": []}}),
    ),
    undecided=((BALANCER, "dimensions.LoadBalancer"), (ENDS, "dimensions.CertificateArn")),
    mutations=(
        Case(says="the load balancer's name", change={(ALARM, "lb-5xx"): {"dimensions.LoadBalancer": "lb"}}),
        Case(
            says="a target group's ARN", change={(ALARM, "api-blue-slow"): {"dimensions.TargetGroup": "arn:aws:elasticloadbalancing:::tg"}}
        ),
        Case(says="a fleet that is not there", change={(ALARM, "api-blue-short"): {"dimensions.AutoScalingGroupName": "api-blue"}}),
        Case(says="the certificate's name", change={(ALARM, "certificate-ends"): {"dimensions.CertificateArn": "www.example.com"}}),
        Case(says="a topic's ARN", change={(ALARM, "topics-page-undelivered"): {"dimensions.TopicName": "arn:aws:sns:::page"}}),
    ),
)
