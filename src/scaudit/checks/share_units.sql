-- What is a part of a whole is told in percent, and nothing else is.
insert into fault
select 'series', rowid, 'unit', unit, 'E310',
    case when kind = 'share' then 'a share is in percent' else 'what is in percent is a share, and the kind is ' || kind end
from raw.series
where (kind = 'share') <> (unit = 'percent')
  and rowid not in (select rid from fault where table_name = 'series' and column_name in ('unit', 'kind'))
