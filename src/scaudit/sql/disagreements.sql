-- Values for one series or family of series, place and period that cannot all be so, side by side and never averaged.
-- A value told as a bound leaves room: more than 100 does not disagree with 120. Running totals are of one period
-- where they run up to one day.
with told as (
    select series.family, series.unit, series.kind, statistics.series_id, statistics.geography,
        if(series.kind = 'cumulative', null, statistics.period_from) as begins,
        statistics.period_from, statistics.period_to, statistics.value, statistics.bound,
        statistics.source_id, statistics.release, statistics.statistic_id,
        if(statistics.bound = 'at_most', '-infinity', statistics.value) as lowest,
        if(statistics.bound = 'more_than', 'infinity', statistics.value) as highest
    from clean.statistics as statistics
    join clean.series as series on series.series_id = statistics.series_id
),
differing as (
    select family, unit, kind, geography, begins, period_to
    from told
    group by all
    having max(lowest) > min(highest)
)
select told.family, told.geography, told.period_from, told.period_to, told.unit, told.series_id, told.value, told.bound,
    told.source_id, told.release, told.statistic_id
from told
join differing
    on differing.family = told.family and differing.unit = told.unit and differing.kind = told.kind
    and differing.geography = told.geography and differing.begins is not distinct from told.begins
    and differing.period_to = told.period_to
order by told.family, told.geography, told.period_to, told.period_from, told.release, told.source_id, told.statistic_id
