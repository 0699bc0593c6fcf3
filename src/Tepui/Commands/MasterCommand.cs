using Tepui.Hosting;
using Tepui.Master;
using Tepui.Runtime.Flags;
using Tepui.Runtime.Logs;
using Tepui.Terminal;

namespace Tepui.Commands;

/// <summary><c>tepui master</c></summary>
internal sealed class MasterCommand() : ComponentCommand(
    FlagTable.Master,
    "Runs a master: the pool's ledger and allocator. Ctrl-C stops it; tasks go on, and the next start finds them.",
    "tepui master",
    "tepui master --ip=10.0.0.1 --work_dir=/var/lib/tepui/master --cluster=demo")
{
    /// <inheritdoc/>
    protected override async Task<int> ServeAsync(FlagValues flags, OutputFormat output, CancellationToken stop)
    {
        using var logs = new ProcessLogs(LineLoggerProvider.ThresholdOf(flags));
        var settings = MasterSettings.From(flags);
        await using var master = await MasterWithPage.StartAsync(settings, logs, services: null, jobs: null, stop);
        Announce(output, master.Address, settings.WorkDirectory, $"master at {master.Address}, data in {settings.WorkDirectory}");
        return await Serving.UntilAsync(master.Completion, master.StopAsync, stop);
    }
}
