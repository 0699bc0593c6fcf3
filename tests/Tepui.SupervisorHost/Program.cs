using Tepui.Containers.Supervisor;

return args is ["supervisor", .. var rest] ? await SupervisorMain.RunAsync(rest) : SupervisorMain.ExitUsage;
