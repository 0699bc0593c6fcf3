using Tepui.Hosting;
using Tepui.Runtime.Flags;
using Tepui.Runtime.Logs;
using Tepui.Services;
using Tepui.Terminal;

namespace Tepui.Commands;

/// <summary><c>tepui services</c></summary>
internal sealed class ServicesCommand() : ComponentCommand(
    FlagTable.Services,
    "Runs a services scheduler: keeps apps and pods running, over a REST API. Ctrl-C stops it; what it started goes on, and the next start finds it.",
    "tepui services --master 10.0.0.1:5050",
    "tepui services --master=10.0.0.1:5050 --work_dir=/var/lib/tepui/services --http_port=8080 --mesos_role=web --framework_name=web")
{
    /// <inheritdoc/>
    protected override async Task<int> ServeAsync(FlagValues flags, OutputFormat output, CancellationToken stop)
    {
        using var logs = new ProcessLogs(LineLoggerProvider.ThresholdOf(flags));
        var settings = ServicesSettings.From(flags);
        await using var services = await ServicesWithPage.StartAsync(settings, logs, stop);
        Announce(output, services.Address, settings.WorkDirectory, $"services at {services.Address}, data in {settings.WorkDirectory}");
        return await Serving.UntilAsync(services.Completion, services.StopAsync, stop);
    }
}
