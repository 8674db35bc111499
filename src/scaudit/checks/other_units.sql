insert into fault
select 'statistics', r.rowid, 'unit', r.unit, 'E310',
    'the unit is not that of the series ' || s.series_id || ', which is ' || s.unit
from raw.statistics as r
join clean.series as s on s.series_id = r.series_id
where r.unit <> s.unit
