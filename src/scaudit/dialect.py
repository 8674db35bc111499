"""Dialect: the steps of a ruleset in the SQL of another database, for where one machine's disk or memory ends.

The steps are written once, for DuckDB. sqlglot reads them and writes the other dialect. What it leaves as it is, and
the other database does not know, is turned here on the parsed tree. Needs the extra `elsewhere`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from sqlglot import exp, parse
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.qualify_columns import quote_identifiers
from sqlglot.schema import MappingSchema

from scaudit.rules import Step

_OURS = "duckdb"


def translated(steps: Iterable[Step], tables: Mapping[str, Sequence[str]], dialect: str) -> Iterator[Step]:
    """The steps in another dialect, one Step for every statement, under the name of the step that it is part of.

    `tables` are those that the first step finds there, as `schema.name` or `name`, with their columns. Text must
    compare there byte by byte, as in DuckDB. Raises ValueError for a dialect in which nobody has scored yet.
    """
    if dialect not in TURNS:
        raise ValueError(f"There is no translation into {dialect}; there is one into {', '.join(TURNS)}.")
    known = MappingSchema(dialect=_OURS)
    for name, columns in tables.items():
        _learn(known, exp.to_table(name, dialect=_OURS), columns)
    for step in steps:
        for written in parse(step.sql, read=_OURS):
            if written is not None:
                for statement in _renewing(_spelt_out(written, known), dialect):
                    yield Step(step.name, statement.transform(_turned, dialect).sql(dialect, pretty=True))


def _learn(known: MappingSchema, table: exp.Table, columns: Iterable[str]) -> None:
    known.add_table(table, dict.fromkeys(columns, "unknown"), match_depth=False)


def _spelt_out(statement: exp.Expr, known: MappingSchema) -> exp.Expr:
    """The statement with every `*` as the columns for which it stands; what it makes is known from then on."""
    query = qualify(statement.expression, dialect=_OURS, schema=known, expand_alias_refs=False)
    statement.set("expression", query)
    if isinstance(statement, exp.Create):
        _learn(known, statement.this, query.named_selects)
    return quote_identifiers(statement, dialect=_OURS)


def _renewing(statement: exp.Expr, dialect: str) -> Iterator[exp.Expr]:
    """Instead of `create or replace`, which few have for tables, what was there is dropped."""
    if not isinstance(statement, exp.Create):
        yield statement
        return
    kind, table = statement.kind, statement.this
    yield exp.Drop(kind=kind, tables=[table.copy()], exists=True, cascade=dialect == "postgres")
    statement.set("replace", False)
    yield statement
    if kind == "TABLE" and dialect == "postgres":  # a planner that has counted no rows goes through them one by one
        yield exp.Analyze(tables=[table.copy()])


def _turned(node: exp.Expr, dialect: str) -> exp.Expr:
    turn = TURNS[dialect].get(type(node))
    return turn(node) if turn else node


def _first_of_array(node: exp.Expr) -> exp.Expr:
    """PostgreSQL has no max_by: the first of all values, the greatest key first."""
    keys = node.expression.expressions if isinstance(node.expression, exp.Tuple) else [node.expression]
    ordered = exp.Order(
        this=node.this, expressions=[exp.Ordered(this=key, desc=True, nulls_first=True) for key in keys]
    )
    return exp.Bracket(this=exp.Paren(this=exp.ArrayAgg(this=ordered)), expressions=[exp.Literal.number(0)])


def _string_to_array(node: exp.Expr) -> exp.Expr:
    return exp.StringToArray(this=node.this, expression=node.expression)


def _any_key(node: exp.Expr) -> exp.Expr:
    """Spark numbers no rows without an order, which a key that is no order does not need."""
    if isinstance(node.this, exp.RowNumber) and not node.args.get("order"):
        return exp.func("monotonically_increasing_id")
    return node


TURNS: Mapping[str, Mapping[type[exp.Expr], Callable[[exp.Expr], exp.Expr]]] = MappingProxyType(
    {
        "postgres": {exp.ArgMax: _first_of_array, exp.Split: _string_to_array},
        "spark": {exp.Window: _any_key},
    }
)
"""By dialect and kind of node, what sqlglot leaves to us."""
