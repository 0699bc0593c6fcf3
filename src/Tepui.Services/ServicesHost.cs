using Tepui.Frameworks.Hosting;
using Tepui.Runtime.Hosting;

namespace Tepui.Services;

/// <summary>Starts services schedulers.</summary>
public static class ServicesHost
{
    /// <summary>Starts a scheduler and returns once it serves; the subscription at the master follows by itself.</summary>
    /// <exception cref="StartupException">It cannot start; the message says why and what to do.</exception>
    public static Task<FrameworkHost> StartAsync(ServicesSettings settings, FrameworkHostOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new FrameworkHostOptions();
        return FrameworkHost.StartAsync(new ServicesFramework(settings, options), settings, options, cancel);
    }
}
