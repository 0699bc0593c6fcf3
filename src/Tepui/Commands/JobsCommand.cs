using Tepui.Hosting;
using Tepui.Jobs;
using Tepui.Runtime.Flags;
using Tepui.Runtime.Logs;
using Tepui.Terminal;

namespace Tepui.Commands;

/// <summary><c>tepui jobs</c></summary>
internal sealed class JobsCommand() : ComponentCommand(
    FlagTable.Jobs,
    "Runs a jobs scheduler: runs commands by schedules and after other jobs, over a REST API. Ctrl-C stops it; what it started goes on, and the next start finds it.",
    "tepui jobs --master 10.0.0.1:5050",
    "tepui jobs --master=10.0.0.1:5050 --work_dir=/var/lib/tepui/jobs --http_port=4400 --mesos_role=batch --mesos_framework_name=batch")
{
    /// <inheritdoc/>
    protected override async Task<int> ServeAsync(FlagValues flags, OutputFormat output, CancellationToken stop)
    {
        using var logs = new ProcessLogs(LineLoggerProvider.ThresholdOf(flags));
        var settings = JobsSettings.From(flags);
        await using var jobs = await JobsWithPage.StartAsync(settings, logs, stop);
        Announce(output, jobs.Address, settings.WorkDirectory, $"jobs at {jobs.Address}, data in {settings.WorkDirectory}");
        return await Serving.UntilAsync(jobs.Completion, jobs.StopAsync, stop);
    }
}
