using Tepui.Frameworks.Hosting;
using Tepui.Services;
using Tepui.Web;

namespace Tepui.Hosting;

/// <summary>A services scheduler that serves the web page too.</summary>
internal static class ServicesWithPage
{
    /// <summary>Starts it; returns once it serves.</summary>
    /// <exception cref="StartupException">It cannot start.</exception>
    public static async Task<FrameworkHost> StartAsync(ServicesSettings settings, ProcessLogs logs, CancellationToken cancel)
    {
        var master = OwnAddress.Master(settings.Masters);
        FrameworkHost? services = null;
        return services = await ServicesHost.StartAsync(
            settings,
            new FrameworkHostOptions
            {
                Logs = logs.Factory,
                LoggingLevel = logs.Level,
                Configure = builder => builder.Services.AddTepuiWeb(() => master, () => services is null ? null : OwnAddress.With(services.Address, settings.Credentials)),
                Endpoints = app => app.MapTepuiWeb(),
            },
            cancel);
    }
}
