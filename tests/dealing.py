"""The planner’s rules and objective again, the slow way, to hold docs/assets/js/deal.js against; and random days."""

from __future__ import annotations

import itertools
import math
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

Day = dict[str, Any]
Hands = dict[str, list[str]]

ROLES = ("hiring-manager", "peer", "executive", "recruiter")
TOPICS = ("team", "growth", "strategy", "hard-parts", "universal")


def talk(person: Day) -> str:
    """The conversation that a person is in."""
    return f"panel {person['panel']}" if person["panel"] is not None else f"alone {person['id']}"


def talks(day: Day) -> list[list[Day]]:
    together: dict[str, list[Day]] = {}
    for person in day["people"]:
        together.setdefault(talk(person), []).append(person)
    return list(together.values())


def distance(day: Day, person: Day, question: Day) -> int | None:
    """Points for asking this person this; None when they cannot answer."""
    roles, role = question["roles"], person["role"]
    if not roles:
        return 0
    if role is None:
        known = sum(guess in roles for guess in day["likely"])
        if question["topic"] == "universal":
            return 0
        return 14 - min(known, 3) if known else None
    if role not in roles:
        return None
    return 10 if question["topic"] == "universal" else 2 * min(roles.index(role), 3)


def offers(day: Day) -> list[Day]:
    """What may be dealt without being pinned."""
    levels = ("any", "senior", "early-career") if day["level"] is None else ("any", day["level"])
    return [
        question
        for question in day["questions"]
        if question["timing"] != "in-writing" and question["id"] not in day["dropped"] and question["level"] in levels
    ]


def pinned(day: Day) -> Hands:
    """The pins that name a person and a question of the day."""
    known = {question["id"] for question in day["questions"]}
    return {
        person["id"]: [pin for pin in dict.fromkeys(day["pins"].get(person["id"], [])) if pin in known]
        for person in day["people"]
    }


def pairs(keys: list[Any]) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(keys).values())


def score(day: Day, hands: Hands) -> list[int]:
    """Seats filled, essential topics asked about, points: as the doc comments say, from scratch."""
    question = {each["id"]: each for each in day["questions"]}
    topics = [question[key]["topic"] for hand in hands.values() for key in hand]
    points = pairs(topics)
    for people in talks(day):
        if len(people) > 1:
            points += 3 * pairs([question[key]["topic"] for person in people for key in hands[person["id"]]])
    for person in day["people"]:
        hand = [question[key] for key in hands[person["id"]]]
        points += sum(distance(day, person, each) or 0 for each in hand)
        points += 3 * pairs(["(late)" if each["timing"] == "late" else each["topic"] for each in hand])
        points += 40 * (len(hand) * (len(hand) - 1) // 2)
    if day["twice"] in question:
        points += 200 * max(0, 2 - sum(day["twice"] in hand for hand in hands.values()))
    seats = sum(min(len(hand), day["each"]) for hand in hands.values())
    return [seats, len(set(day["essential"]) & set(topics)), points]


def opens_late(day: Day, hands: Hands, people: list[Day]) -> bool:
    """No seat is left in a conversation, and all it has is late."""
    late = {question["id"] for question in day["questions"] if question["timing"] == "late"}
    full = all(hands[person["id"]] and len(hands[person["id"]]) >= day["each"] for person in people)
    return full and all(key in late for person in people for key in hands[person["id"]])


def choices(day: Day) -> list[tuple[str, list[tuple[str, ...]]]]:
    """For each question the sets of people it could be dealt to, above the pins."""
    fixed = pinned(day)
    people = {person["id"]: person for person in day["people"]}
    found = []
    for question in offers(day):
        holders = [key for key in fixed if question["id"] in fixed[key]]
        left = (2 if question["id"] == day["twice"] else 1) - len(holders)
        heard = {talk(people[key]) for key in holders}
        able = [
            key
            for key, person in people.items()
            if distance(day, person, question) is not None and talk(person) not in heard
        ]
        sets = [
            group
            for size in range(max(0, left) + 1)
            for group in itertools.combinations(able, size)
            if len({talk(people[key]) for key in group}) == size
        ]
        found.append((question["id"], sets))
    return found


def all_deals(day: Day) -> Iterator[Hands]:
    """Every deal that the rules allow."""
    fixed = pinned(day)
    full = [people for people in talks(day) if all(len(fixed[person["id"]]) >= day["each"] for person in people)]
    options = choices(day)
    for groups in itertools.product(*(sets for _, sets in options)):
        hands = {key: list(hand) for key, hand in fixed.items()}
        for (key, _), group in zip(options, groups, strict=True):
            for person in group:
                hands[person].append(key)
        if any(len(hands[key]) > max(day["each"], len(fixed[key])) for key in hands):
            continue
        if not any(opens_late(day, hands, people) for people in talks(day) if people not in full):
            yield hands


def best_score(day: Day) -> list[int]:
    seats, topics, points = min((-s, -t, p) for s, t, p in (score(day, hands) for hands in all_deals(day)))
    return [-seats, -topics, points]


def most_seats(day: Day, people: list[Day], left_out: set[str]) -> int:
    """How many seats of these people can be filled at once, the others holding their pins only, without `left_out`.

    By augmenting paths over single seats. A person alone needs one that is not late in the first seat.
    """
    fixed = pinned(day)
    late = {question["id"]: question["timing"] == "late" for question in day["questions"]}
    able = {person["id"]: set(fixed[person["id"]]) for person in people}
    for question in offers(day):
        for person in people:
            if question["id"] not in left_out and distance(day, person, question) is not None:
                able[person["id"]].add(question["id"])
    alone = {people[0]["id"] for people in talks(day) if len(people) == 1}
    seats = [(person["id"], number) for person in people for number in range(day["each"])]
    holder: dict[str, tuple[str, int]] = {}

    def seat(place: tuple[str, int], tried: set[str]) -> bool:
        person, number = place
        for key in able[person] - tried:
            if number == 0 and person in alone and late[key]:
                continue
            tried.add(key)
            if key not in holder or seat(holder[key], tried):
                holder[key] = place
                return True
        return False

    return sum(seat(place, set()) for place in seats)


def random_day(chance: random.Random, people: int, questions: int, panels: str, each: int) -> Day:
    """A day with a bit of everything. `panels`: "none", "one" (all in one) or "mixed"."""
    seats = {"none": [None], "one": ["A"], "mixed": [None, "A", "A", "B"]}[panels]
    ids = [f"q{number}" for number in range(questions)]
    return {
        "people": [
            {"id": f"p{number}", "role": chance.choice([*ROLES, None]), "panel": chance.choice(seats)}
            for number in range(people)
        ],
        "questions": [random_question(chance, key) for key in ids],
        "essential": chance.sample(TOPICS, chance.randrange(4)),
        "likely": chance.choice([[], ["hiring-manager", "peer"]]),
        "pins": {
            f"p{chance.randrange(people)}": chance.sample(ids, min(questions, chance.choice([1, 1, 2])))
            for _ in range(chance.choice([0, 0, 1, 2]))
        },
        "dropped": chance.sample(ids, min(questions, chance.choice([0, 0, 1]))),
        "twice": chance.choice([None, None, *ids[:2]]),
        "level": chance.choice([None, "any", "senior"]),
        "each": each,
        "spare": 2,
        "seed": chance.randrange(1000),
    }


def random_question(chance: random.Random, key: str) -> Day:
    some = chance.sample(ROLES, chance.choice([1, 1, 2, 2, 3]))
    return {
        "id": key,
        "roles": chance.choices([some, list(ROLES), []], [7, 1, 1])[0],
        "topic": chance.choice(TOPICS),
        "timing": chance.choices(["any", "late", "in-writing"], [6, 4, 1])[0],
        "level": chance.choices(["any", "senior", "early-career"], [8, 1, 1])[0],
    }


def small_days(seed: int, panels: str, number: int) -> list[Day]:
    """Days small enough to try every deal, and large enough that there is a choice."""
    chance = random.Random(seed)
    found: list[Day] = []
    while len(found) < number:
        people = chance.randint(2, 4) if panels == "mixed" else chance.randint(1, 3)
        day = random_day(chance, people, chance.randint(3, 9), panels, chance.randint(1, 3))
        if 30 <= math.prod(len(sets) for _, sets in choices(day)) <= 4000:
            found.append(day)
    return found


def large_days(seed: int, number: int) -> list[Day]:
    """Days of up to twelve people, from far too few questions to plenty."""
    chance = random.Random(seed)
    return [
        random_day(
            chance,
            chance.randint(1, 12),
            chance.choice([0, 5, 10, 20, 40, 80]),
            chance.choice(["none", "one", "mixed"]),
            3,
        )
        for _ in range(number)
    ]
