"""The arrows of the SQL: write at home, read downwards, and always for one marketplace."""

import pytest

from tests.architecture.source import judge
from tests.architecture.sql import complaints, has_tenant, parse, statements
from tools.layers import domains


def test_statements_write_at_home_and_read_downwards():
    assert not [complaint for statement in statements() for complaint in complaints(statement)]


def test_every_statement_of_a_domain_is_bound_to_one_marketplace():
    found = {
        statement.label: "has no condition on :tenant"
        for statement in statements()
        if statement.domain in domains() and not has_tenant(statement)
    }
    assert not judge(found, "Statements that serve every marketplace")


def test_no_two_statements_of_a_domain_have_one_name():
    labels = [statement.label for statement in statements()]
    assert not {label for label in labels if labels.count(label) > 1}


FINE = """
-- name: read_order
-- An order and 'from orders.nowhere' in a literal.
select o.id, extract(epoch from o.paid_at), 'from nowhere' as text
from orders."order" o join unnest(:ids::uuid[]) with ordinality as wish (id, place) on wish.id = o.id
where o.tenant = :tenant and o.state is distinct from 'x' for update of o;

-- name: raise_order
with moved as (
  update orders."order" as o set state = :state where tenant = :tenant returning o.id
), counted (n) as materialized (select count(*) from moved)
insert into orders.move (tenant, id) select :tenant, moved.id from moved, counted
on conflict (tenant, id) do update set at = excluded.at
"""


def test_ordinary_statements_pass():
    first, second = parse("orders", FINE)
    assert complaints(first) == complaints(second) == []
    assert has_tenant(first)
    assert has_tenant(second)


@pytest.mark.parametrize(
    ("domain", "text", "complaint"),
    [
        ("orders", "update conversations.entry set text = ''", "writes to conversations"),
        ("orders", "insert into identity.person (tenant) values (:tenant)", "writes to identity"),
        ("conversations", "delete from only orders.parcel", "writes to orders"),
        ("orders", "select 1 from orders.a, conversations.entry e", "reads conversations"),
        ("clocks", "select 1 from clocks.a join orders.parcel p using (id)", "reads orders"),
        ("orders", "select 1 from parcel", "names parcel without its schema"),
        ("orders", "select 1 from orders.a join parcel p on true", "names parcel without its schema"),
        ("orders", "update parcel p set state = 1", "names parcel without its schema"),
    ],
)
def test_a_wrong_arrow_is_found(domain: str, text: str, complaint: str):
    (statement,) = parse(domain, f"-- name: one\n{text};")
    assert [one for one in complaints(statement) if complaint in one]


@pytest.mark.parametrize(
    "text",
    [
        "select 1 from orders.a",
        "select tenant from orders.a",
        "select :tenant from orders.a",
        "-- :tenant\nselect tenant from orders.a",
    ],
)
def test_a_missing_tenant_is_found(text: str):
    (statement,) = parse("orders", f"-- name: one\n{text};")
    assert not has_tenant(statement)
