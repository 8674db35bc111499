-- Counts under 0, and shares that cannot be: one fault a row, the first that applies. A share may differ from its part
-- and whole by half a unit of its last digit; one that is told as a bound may do so on one side only, and one that is
-- told as an approximation is not compared.
insert into fault
with told as (
    select r.rowid as rid, s.kind, r.value, r.numerator, r.denominator, coalesce(r.bound, 'exact') as bound,
        try_cast(r.value as double) as told,
        try_cast(r.numerator as double) as part, try_cast(r.denominator as double) as whole,
        pow(10, -length(rtrim(split_part(r.value, '.', 2), '0'))) / 2 + 1e-9 as rounding
    from raw.statistics as r
    join clean.series as s on s.series_id = r.series_id
    where r.rowid not in (
        select rid from fault where table_name = 'statistics' and column_name in ('value', 'numerator', 'denominator'))
),
judged as (
    select *, if(whole > 0, 100 * part / whole, null) as computed,
        case when kind in ('count', 'cumulative') and told < 0 then 'E307'
            when kind <> 'share' then null
            when told not between 0 and 100 then 'E307'
            when whole = 0 or part > whole then 'E308'
            when bound in ('exact', 'more_than') and computed < told - rounding then 'E309'
            when bound in ('exact', 'at_most') and computed > told + rounding then 'E309' end as code,
        case when code <> 'E308' then 'value' when whole = 0 then 'denominator' else 'numerator' end as at_fault
    from told
)
select 'statistics', rid, at_fault,
    case at_fault when 'value' then value when 'denominator' then denominator else numerator end, code,
    case when code = 'E309'
        then 'the numerator and denominator give ' || round(computed, 2) || ' percent, and the value is ' || value
        when at_fault = 'denominator' then 'a share of a whole that is 0'
        when at_fault = 'numerator' then 'the numerator is above the denominator'
        when kind <> 'share' then 'a count under 0'
        when told < 0 then 'a share under 0 percent'
        else 'a share over 100 percent' end
from judged
where code is not null
