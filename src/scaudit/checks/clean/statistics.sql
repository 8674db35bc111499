create or replace table clean.statistics as
select statistic_id, series_id, first_day(period_from) as period_from, final_day(period_to) as period_to, geography,
    try_cast(value as double) as value, coalesce(bound, 'exact') as bound,
    try_cast(numerator as double) as numerator, try_cast(denominator as double) as denominator, unit,
    final_day(release) as release, release as release_text, source_id, locator, note, _file, _sheet, _row
from raw.statistics as r
where r.rowid not in (select rid from fault where table_name = 'statistics')
