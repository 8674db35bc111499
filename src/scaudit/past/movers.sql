-- movers: the altered rows that explain a move: each that alone makes it (the former run with that row as now stands
-- as the latter) or alone undoes it (the latter with that row as then stands as the former); where none does, those
-- that do together and cannot do without each other; else all. Where the evidence does only with something else, all.
create or replace table result.movers as
with moves as (
    select criterion_id, reading, cause = 'several' as mixed
    from result.movements
    where list_contains(causes, 'evidence')
),
only_ones as (
    select criterion_id, any_value(evidence_id) as evidence_id
    from past.altered
    group by criterion_id
    having count(*) = 1
),
named as (
    select
        moves.criterion_id, moves.reading, only_ones.evidence_id, 1 as choice,
        bool_or(explained.base = 'from') as makes, bool_or(explained.base = 'to') as undoes
    from moves
    join only_ones on only_ones.criterion_id = moves.criterion_id
    join past.explained as explained
        on explained.what = 'criterion'
        and explained.id = moves.criterion_id
        and explained.reading = moves.reading
        and explained.factors = ['evidence']
    where not moves.mixed
    group by moves.criterion_id, moves.reading, only_ones.evidence_id
    union
    select
        moves.criterion_id, moves.reading, worked.lead_id, 1, bool_or(worked.base = 'from'), bool_or(worked.base = 'to')
    from moves
    join past.worked as worked on worked.criterion_id = moves.criterion_id and worked.reading = moves.reading
    where worked.manner = 'alone' and worked.worked and not moves.mixed
    group by moves.criterion_id, moves.reading, worked.lead_id
    union
    select moves.criterion_id, moves.reading, tests.evidence_id, 2, false, false
    from moves
    join past.worked as worked on worked.criterion_id = moves.criterion_id and worked.reading = moves.reading
    join past.tests as tests
        on tests.criterion_id = worked.criterion_id and tests.reading = worked.reading and tests.base = worked.base
    where worked.manner = 'needed' and worked.worked and not moves.mixed
    union
    select moves.criterion_id, moves.reading, altered.evidence_id, 3, false, false
    from moves
    join past.altered as altered on altered.criterion_id = moves.criterion_id
)
select criterion_id, reading, choice > 1 as together, makes, undoes, evidence_id
from named
qualify choice = min(choice) over (partition by criterion_id, reading);
