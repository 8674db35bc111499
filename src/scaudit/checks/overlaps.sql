-- Of one release a series has one value for a day and a place; which of two holds nobody can say, so neither stays.
-- Running totals have the same beginning, so that only those up to one day meet. Rows are put in their order in time:
-- a period meets another where it begins before all earlier ones have ended, or ends after the next has begun.
insert into fault
with spans as (
    select r.rowid as rid, s.kind, r.period_from, r.period_to, r.series_id, r.geography, r.source_id,
        final_day(r.release) as release,
        if(s.kind = 'cumulative', final_day(r.period_to), first_day(r.period_from)) as begins,
        final_day(r.period_to) as ends,
        place(r._file, r._sheet, r._row) as place
    from raw.statistics as r
    join clean.series as s on s.series_id = r.series_id
    where r.rowid not in (select rid from fault where table_name = 'statistics')
),
ordered as (
    select *,
        max(ends) over earlier as ended, arg_max(place, ends) over earlier as earlier_place,
        lead(begins) over time as next_begins, lead(place) over time as next_place
    from spans
    window time as (partition by series_id, geography, source_id, release order by begins, ends, rid),
        earlier as (
            partition by series_id, geography, source_id, release order by begins, ends, rid
            rows between unbounded preceding and 1 preceding)
)
select 'statistics', rid, if(kind = 'cumulative', 'period_to', 'period_from'),
    if(kind = 'cumulative', period_to, period_from), 'E311',
    'another row of the same series, place, source and release '
        || if(kind = 'cumulative', 'runs up to the same day: ', 'has a period that overlaps: ')
        || if(ended >= begins, earlier_place, next_place)
from ordered
where ended >= begins or next_begins <= ends
