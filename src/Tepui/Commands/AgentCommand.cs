using Tepui.Agent;
using Tepui.Hosting;
using Tepui.Runtime.Flags;
using Tepui.Runtime.Logs;
using Tepui.Terminal;

namespace Tepui.Commands;

/// <summary><c>tepui agent</c></summary>
internal sealed class AgentCommand() : ComponentCommand(
    FlagTable.Agent,
    "Runs an agent: the tasks of one machine. Ctrl-C stops it; tasks go on, and the next start finds them. 'tepui agent ls' lists agents.",
    "tepui agent --master=10.0.0.1:5050",
    "tepui agent --master=10.0.0.1:5050 --work_dir=/var/lib/tepui/agent --resources='cpus:8;mem:16384' --attributes='rack:r1'")
{
    /// <inheritdoc/>
    protected override async Task<int> ServeAsync(FlagValues flags, OutputFormat output, CancellationToken stop)
    {
        using var logs = new ProcessLogs(LineLoggerProvider.ThresholdOf(flags));
        var settings = AgentSettingsFromFlags.Read(flags) with { Logs = logs.Factory, LoggingLevel = logs.Level };
        await using var agent = await AgentHost.StartAsync(settings, stop);
        Announce(output, agent.Address, settings.WorkDirectory, $"agent at {agent.Address}, master {settings.Master}, data in {settings.WorkDirectory}");
        return await Serving.UntilAsync(EndAsync(agent), agent.StopAsync, stop);
    }

    private static async Task<int> EndAsync(AgentHost agent)
    {
        var end = await agent.Completion;
        if (end.ExitCode != ExitCode.Ok)
        {
            await Console.Error.WriteLineAsync($"tepui: {end.Reason}");
        }

        return end.ExitCode;
    }
}
