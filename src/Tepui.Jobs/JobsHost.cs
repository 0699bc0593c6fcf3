using Tepui.Frameworks.Hosting;
using Tepui.Runtime.Hosting;

namespace Tepui.Jobs;

/// <summary>Starts jobs schedulers.</summary>
public static class JobsHost
{
    /// <summary>Starts a scheduler and returns once it serves; the subscription at the master follows by itself.</summary>
    /// <exception cref="StartupException">It cannot start; the message says why and what to do.</exception>
    public static Task<FrameworkHost> StartAsync(JobsSettings settings, FrameworkHostOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new FrameworkHostOptions();
        return FrameworkHost.StartAsync(new JobsFramework(settings, options), settings, options, cancel);
    }
}
