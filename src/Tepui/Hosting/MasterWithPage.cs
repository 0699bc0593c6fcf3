using Tepui.Master;
using Tepui.Web;

namespace Tepui.Hosting;

/// <summary>A master that serves the web page too.</summary>
internal static class MasterWithPage
{
    /// <summary>Starts it; returns once it serves.</summary>
    /// <exception cref="StartupException">It cannot start.</exception>
    /// <param name="settings">How the master runs.</param>
    /// <param name="logs">Where it logs.</param>
    /// <param name="services">Address of a services scheduler whose apps the page shows too, once there is one.</param>
    /// <param name="jobs">Address of a jobs scheduler whose jobs the page shows too, once there is one.</param>
    /// <param name="cancel">Ends the start.</param>
    public static async Task<MasterHost> StartAsync(MasterSettings settings, ProcessLogs logs, Func<Uri?>? services, Func<Uri?>? jobs, CancellationToken cancel)
    {
        MasterHost? master = null;
        return master = await MasterHost.StartAsync(
            settings,
            new MasterHostOptions
            {
                Logs = logs.Factory,
                LoggingLevel = logs.Level,
                Configure = builder => builder.Services.AddTepuiWeb(() => master?.Address ?? new Uri("http://127.0.0.1:1"), services, jobs),
                Endpoints = app => app.MapTepuiWeb(),
            },
            cancel);
    }
}
