"""How the rules read backups: what is this stack's among the account's, and how often something comes."""

from components.tags import selected
from policies.rules.properties import Properties
from policies.rules.resource import Resource

ANY = ("?", "*")


def all_tagged(conditions: Properties | Resource, path: str, owner: Resource) -> bool:
    """Tell whether these conditions are the tag and the names of the owner's project and stack, and no others."""
    equal = {each.value("key"): each.value("value") for each in conditions.items(path)}
    return equal == selected(owner.urn.split("::")[1], owner.stack)


def every_day(cron: str) -> bool:
    """Whether it names neither a day, be it of the month or the week, nor a month nor a year."""
    _, _, day, month, weekday, year = cron.removeprefix("cron(").removesuffix(")").split()
    return day in ANY and weekday in ANY and month == year == "*"


def every_week(cron: str) -> bool:
    """Whether it names neither a day of the month nor a month nor a year: then it comes on some day of every week."""
    _, _, day, month, _, year = cron.removeprefix("cron(").removesuffix(")").split()
    return day in ANY and month == year == "*"
