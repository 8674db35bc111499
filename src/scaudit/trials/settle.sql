-- What a scenario cannot touch stands as in the audit, so that items can be judged whole.
insert into result.rungs by name
select rungs.* replace (readings.reading_id as reading_id)
from readings
join {home}.result.rungs as rungs on rungs.reading_id = 'verified'
anti join scope on scope.reading_id = readings.reading_id and scope.criterion_id = rungs.criterion_id
where readings.scenario is not null;
insert into result.flags by name
select readings.reading_id, flags.criterion_id, flags.flag
from readings
join {home}.result.flags as flags on flags.reading_id = 'verified'
anti join scope on scope.reading_id = readings.reading_id and scope.criterion_id = flags.criterion_id
where readings.scenario is not null;
update readings set scoped = false where scenario is not null;
