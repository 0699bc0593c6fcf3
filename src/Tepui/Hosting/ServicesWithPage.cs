using Tepui.Services;
using Tepui.Web;

namespace Tepui.Hosting;

/// <summary>A services scheduler that serves the web page too.</summary>
internal static class ServicesWithPage
{
    /// <summary>Starts it; returns once it serves.</summary>
    /// <exception cref="StartupException">It cannot start.</exception>
    public static async Task<ServicesHost> StartAsync(ServicesSettings settings, ProcessLogs logs, CancellationToken cancel)
    {
        var master = new Uri(settings.Masters[0].Contains("://", StringComparison.Ordinal) ? settings.Masters[0] : "http://" + settings.Masters[0]);
        ServicesHost? services = null;
        return services = await ServicesHost.StartAsync(
            settings,
            new ServicesHostOptions
            {
                Logs = logs.Factory,
                LoggingLevel = logs.Level,
                Configure = builder => builder.Services.AddTepuiWeb(() => master, () => services is null ? null : Own(services.Address, settings.Credentials)),
                Endpoints = app => app.MapTepuiWeb(),
            },
            cancel);
    }

    // Who sees the page has given the credentials; the page asks the scheduler with them.
    private static Uri Own(Uri address, string? credentials) => credentials is null
        ? address
        : new UriBuilder(address) { UserName = Uri.EscapeDataString(credentials[..credentials.IndexOf(':', StringComparison.Ordinal)]), Password = Uri.EscapeDataString(credentials[(credentials.IndexOf(':', StringComparison.Ordinal) + 1)..]) }.Uri;
}
