--------------------------------- MODULE CSV ---------------------------------
(* Files of values separated by commas. *)
CSVWrite(template, val, file) == NATIVE
CSVWriteRecord(record, delim, headers, file) == NATIVE
CSVRead(columns, delimiter, file) == NATIVE
CSVRecords(file) == NATIVE
==============================================================================
