-- An e-mail address for the channel email, and a folder for the channel folder.
insert into fault
select 'stakeholders', r.rowid, 'address', r.address, 'E313',
    if(r.channel = 'email', 'a folder, and the channel is email', 'an e-mail address, and the channel is folder')
from raw.stakeholders as r
where r.channel in ('email', 'folder')
  and (r.channel = 'email') <> contains(r.address, '@')
  and (r.rowid, 'address') not in (select rid, column_name from fault where table_name = 'stakeholders')
