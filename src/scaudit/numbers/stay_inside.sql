-- What a project declares is run as it is: from here on it reads the project's own folder, writes and fetches nothing
-- elsewhere, and cannot change that.
set allowed_directories = {folders};
set enable_external_access = false;
set lock_configuration = true
