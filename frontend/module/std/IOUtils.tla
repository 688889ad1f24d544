------------------------------- MODULE IOUtils -------------------------------
(* The world outside: files, programs, and the environment. *)
IOSerialize(val, file, compress) == NATIVE
IODeserialize(file, compressed) == NATIVE
Serialize(val, file, options) == NATIVE
Deserialize(file, options) == NATIVE
IOExec(command) == NATIVE
IOEnvExec(env, command) == NATIVE
IOExecTemplate(commandTemplate, parameters) == NATIVE
IOEnvExecTemplate(env, commandTemplate, parameters) == NATIVE
IOEnv == NATIVE
atoi(str) == NATIVE
zeroPadN(n, length) == NATIVE
==============================================================================
