"""What is peculiar to persons' names: chains of fathers, short forms, many spellings."""

from mujaz.enrich.entities.persons.name_chains import whole_chains
from mujaz.enrich.entities.persons.person_names import (
    PersonName,
    extends,
    is_first_name,
    person_name,
    surname,
)
from mujaz.enrich.entities.persons.short_forms import join_short

__all__ = [
    "PersonName",
    "extends",
    "is_first_name",
    "join_short",
    "person_name",
    "surname",
    "whole_chains",
]
