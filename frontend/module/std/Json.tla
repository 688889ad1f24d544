-------------------------------- MODULE Json ---------------------------------
(* Values to and from JSON texts and files. *)
ToJson(value) == NATIVE
ToJsonArray(value) == NATIVE
ToJsonObject(value) == NATIVE
JsonSerialize(file, value) == NATIVE
JsonDeserialize(file) == NATIVE
ndJsonSerialize(file, values) == NATIVE
ndJsonDeserialize(file) == NATIVE
==============================================================================
