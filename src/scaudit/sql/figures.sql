-- Every figure of a period that had ended by the as-of day and that could be known, by indicator, group, version and
-- period.
with later as (
    select sources.source_id
    from clean.sources as sources
    join readings on readings.reading_id = 'verified' and sources.published_on > readings.known_on
    -- where only the year of a source is known, a record may say that it could be read sooner
    where not exists (
        from everywhere
        where everywhere.source_id = sources.source_id and everywhere.recorded_on <= readings.known_on
    )
)
select
    figures.indicator_id, figures.version, figures.period_from, figures.period_to, figures.grp, figures.numerator,
    figures.denominator, figures.value, figures.low, figures.high, figures.n, figures.in_force, figures.suppressed,
    figures.bound, figures.source_ids
from result.figures as figures
join readings on readings.reading_id = 'verified' and figures.period_to <= readings.as_of
where not list_has_any(figures.source_ids, (select coalesce(list(source_id), []) from later))
order by
    figures.indicator_id, figures.grp, figures.version, figures.period_from, figures.period_to, figures.source_ids;
