-- figures: every value with its interval, whether its definition was in force, and none where too few were counted.
create or replace table result.figures as
with judged as (
    select
        raw.* exclude (low, high, value),
        coalesce(raw.value, case when raw.denominator is null then raw.numerator else raw.numerator / nullif(raw.denominator, 0) end)
            as value,
        limits.low,
        limits.high,
        limits.suppressed
    from result.raw_figures as raw
    join limits on limits.place = raw.rowid
),
versions as (
    select distinct term, version, valid_from, valid_to from clean.definitions
)
select
    judged.indicator_id,
    judged.version,
    judged.period_from,
    judged.period_to,
    judged.grp,
    case when judged.suppressed then null else judged.numerator end as numerator,
    case when judged.suppressed then null else judged.denominator end as denominator,
    case when judged.suppressed then null else judged.value end as value,
    case when judged.suppressed then null else judged.low end as low,
    case when judged.suppressed then null else judged.high end as high,
    case when judged.suppressed then null else judged.n end as n,
    judged.version is null
        or (
            coalesce(versions.valid_from <= judged.period_from, true)
            and coalesce(versions.valid_to >= judged.period_from, true)
        ) as in_force,
    judged.suppressed,
    judged.bound,
    judged.source_ids
from judged
join result.measured as measured on measured.indicator_id = judged.indicator_id
left join versions on versions.term = measured.term and versions.version = judged.version;
