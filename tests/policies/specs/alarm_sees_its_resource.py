from components.catalogue import LOAD_BALANCER
from components.edge_catalogue import CERTIFICATE, DISTRIBUTION, WEB_ACL
from policies.rules.aws_types import ALARM
from tests.policies.given import ELSEWHERE, REMOVED
from tests.policies.spec import Case, Spec
from tests.policies.watched import alarms, resources

WATCHED = resources()
BLOCKED = (ALARM, f"{WEB_ACL.type}-blocked")
BALANCER, ENDS = (ALARM, f"{LOAD_BALANCER.type}-rejected"), (ALARM, f"{CERTIFICATE.type}-ends")

ERRORS = (ALARM, f"{DISTRIBUTION.type}-5xx-rate")

SPEC = Spec(
    compliant=(*WATCHED.values(), *alarms(WATCHED)),
    cases=(
        Case(
            says="an ARN where CloudWatch knows its end",
            change={BALANCER: {"dimensions.LoadBalancer": "arn:aws:elasticloadbalancing:::lb"}},
        ),
        Case(says="a certificate of elsewhere", change={ENDS: {"sources.dimensions": ELSEWHERE}}),
        Case(says="figures of another region", change={ENDS: {"region": "us-east-1"}}),
        Case(says="figures of the edge in the stack's region", change={ERRORS: {"region": REMOVED}}),
        Case(says="figures of one edge", change={ERRORS: {"dimensions.Region": "eu-west-1"}}),
        Case(says="one rule's figures, by a name that there is not", change={BLOCKED: {"dimensions.Rule": "every"}}),
        Case(says="a name that somebody typed", change={ENDS: {"sources.dimensions": []}}),
    ),
    undecided=((BALANCER, "dimensions.LoadBalancer"), (ENDS, "dimensions.CertificateArn"), (BLOCKED, "dimensions.Rule")),
    also_compliant={"the region that the provider writes": {key: {"region": "eu-west-1"} for key in (ENDS, (CERTIFICATE.type, "watched"))}},
    mutations=(
        Case(says="an alarm of another region", change={(ALARM, "lb-refused"): {"region": "us-east-1"}}),
        Case(says="the load balancer's name", change={(ALARM, "lb-5xx"): {"dimensions.LoadBalancer": "lb"}}),
        Case(
            says="a target group's ARN", change={(ALARM, "api-blue-slow"): {"dimensions.TargetGroup": "arn:aws:elasticloadbalancing:::tg"}}
        ),
        Case(says="a fleet that is not there", change={(ALARM, "api-blue-short"): {"dimensions.AutoScalingGroupName": "api-blue"}}),
        Case(says="the certificate's name", change={(ALARM, "certificate-ends"): {"dimensions.CertificateArn": "www.example.com"}}),
        Case(says="a web ACL's rules by no name of theirs", change={(ALARM, "waf-blocked"): {"dimensions.Rule": "*"}}),
        Case(says="the edge in the stack's region", change={(ALARM, "cdn-5xx-rate"): {"region": REMOVED}}),
        Case(says="a function of elsewhere", change={(ALARM, "routing-site-fails"): {"dimensions.FunctionName": "site"}}),
        Case(says="a topic's ARN", change={(ALARM, "topics-page-undelivered"): {"dimensions.TopicName": "arn:aws:sns:::page"}}),
    ),
)
