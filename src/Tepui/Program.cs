using Tepui;

// The supervisor is the parent of every container and must stay tiny: it is told apart before anything else is loaded.
return args is ["supervisor", ..] ? await SupervisorEntry.RunAsync(args[1..]) : await CommandLine.RunAsync(args);
