using Tepui.Frameworks.Hosting;
using Tepui.Jobs;
using Tepui.Web;

namespace Tepui.Hosting;

/// <summary>A jobs scheduler that serves the web page too.</summary>
internal static class JobsWithPage
{
    /// <summary>Starts it; returns once it serves.</summary>
    /// <exception cref="StartupException">It cannot start.</exception>
    public static async Task<FrameworkHost> StartAsync(JobsSettings settings, ProcessLogs logs, CancellationToken cancel)
    {
        var master = OwnAddress.Master(settings.Masters);
        FrameworkHost? jobs = null;
        return jobs = await JobsHost.StartAsync(
            settings,
            new FrameworkHostOptions
            {
                Logs = logs.Factory,
                LoggingLevel = logs.Level,
                Configure = builder => builder.Services.AddTepuiWeb(() => master, jobsAddress: () => jobs is null ? null : OwnAddress.With(jobs.Address, settings.Credentials), jobsFirst: true),
                Endpoints = app => app.MapTepuiWeb(),
            },
            cancel);
    }
}
