insert into raw.reject by name select * from reading_rejects
