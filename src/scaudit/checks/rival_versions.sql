-- On one day one publisher means one thing by a term: two of its versions of one term may not hold at a time.
-- And a version holds as a whole: its rows have one publisher and one span.
insert into fault
with sound as (
    select rowid as rid, term, version, publisher_id, valid_from,
        first_day(valid_from) as begins, coalesce(final_day(valid_to), date '9999-12-31') as ends,
        place(_file, _sheet, _row) as place
    from raw.definitions
    where rowid not in (select rid from fault where table_name = 'definitions')
),
rivals as (
    select one.rid, one.valid_from, other.version, other.place, other.rid as other_rid, false as torn
    from sound as one
    join sound as other
        on other.term = one.term and other.publisher_id = one.publisher_id and other.version <> one.version
        and other.begins <= one.ends and one.begins <= other.ends
    union all
    select one.rid, one.valid_from, other.version, other.place, other.rid, true
    from sound as one
    join sound as other on other.term = one.term and other.version = one.version
    where (other.publisher_id, other.begins, other.ends) is distinct from (one.publisher_id, one.begins, one.ends)
)
select 'definitions', rid, 'valid_from', any_value(valid_from), 'E312',
    case when bool_or(torn) then 'another row of the same version has another publisher or other days: '
        else 'another version of the same term by the same publisher holds at the same time: ' end
        || arg_min(version || ' in ' || place, (not torn, other_rid))
from rivals
group by rid
