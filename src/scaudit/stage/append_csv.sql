-- Parameters: path with the signs of a pattern escaped, names and types of the columns in the order of the header.
-- auto_detect is off: the sniffer guesses, and the header was compared with the contract before.
insert into {target} by name
select filled(columns(*)) from read_csv(
    $1, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = $2,
    store_rejects = true, rejects_table = 'reading_faults', rejects_scan = 'reading_scans')
