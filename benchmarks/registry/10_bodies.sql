-- Bodies as a tree: departments, agencies below them and below each other, inspectors general whom a law makes
-- independent; and those outside. One row is bad, and nothing else names it.
create or replace table bodies as
select 'DEPARTMENT-' || n as body_id, 'SYNTHETIC Department ' || n as name, 'agency' as kind, '' as parent_id,
    'false' as independent_by_statute
from range(15) as numbers (n)
union all
select 'AGENCY-' || n, 'SYNTHETIC Agency ' || n, 'agency',
    case when n < 45 then 'DEPARTMENT-' || n % 15 else 'AGENCY-' || (n - 45) // 5 end, 'false'
from range(60 + $items // 25) as numbers (n)
union all
select 'INSPECTOR-' || n, 'SYNTHETIC Inspector General of Department ' || n, 'auditor', 'DEPARTMENT-' || n, 'true'
from range(15) as numbers (n)
union all
select kinds.kind || '-' || n, 'SYNTHETIC ' || kinds.kind || ' ' || n, kinds.kind, '', ''
from range(20) as numbers (n)
cross join (
    values ('auditor'), ('oversight_body'), ('court'), ('legislature'), ('researcher'), ('advocate'),
        ('local_government'), ('press')
) as kinds (kind)
union all
select 'ODD-BODY', 'SYNTHETIC body of no known kind', 'committee', '', '';

create or replace macro an_agency(number, what) as
    'AGENCY-' || cast(floor(power(dice(number, what) / 1e6, 1.7) * (60 + $items // 25)) as integer);
create or replace macro an_outsider(number, what) as case
    when dice(number, what) % 3 = 0 then 'INSPECTOR-' || dice(number, what) % 15
    else pick(['auditor', 'oversight_body', 'court', 'researcher', 'advocate', 'press', 'local_government'], number, what + 1000)
        || '-' || dice(number, what + 2000) % 20 end;
