using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Tepui.Frameworks.Hosting;
using Tepui.Jobs.Core;
using Tepui.Jobs.Rest;
using Tepui.Runtime.Hosting;

namespace Tepui.Jobs;

/// <summary>A running jobs scheduler: opens its store, listens, recovers, subscribes at the master, serves until it is stopped or fails.</summary>
public sealed class JobsHost : IAsyncDisposable
{
    private readonly FrameworkHost _host;

    private JobsHost(FrameworkHost host) => _host = host;

    /// <summary>Where clients on this machine reach it.</summary>
    public Uri Address => _host.Address;

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint => _host.Endpoint;

    /// <inheritdoc cref="FrameworkHost.Completion"/>
    public Task<int> Completion => _host.Completion;

    /// <summary>Starts a scheduler and returns once it serves; the subscription at the master follows by itself.</summary>
    /// <exception cref="StartupException">It cannot start; the message says why and what to do.</exception>
    public static async Task<JobsHost> StartAsync(JobsSettings settings, JobsHostOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new JobsHostOptions();
        var logs = options.Logs ?? NullLoggerFactory.Instance;
        var logger = logs.CreateLogger("Tepui.Jobs");
        var host = await FrameworkHost.StartAsync(
            new JobsFramework(settings, options, logger),
            new FrameworkHostOptions
            {
                Name = "jobs scheduler",
                WorkDirectory = settings.WorkDirectory,
                StoreDirectory = settings.StoreDirectory,
                Durable = settings.Durable,
                Ip = settings.Ip,
                Port = settings.Port,
                FrameworkKey = StoreKeys.Framework,
                AfterRemoval = "Start again to register anew; what was under way is made up for as each job's retries and delivery say.",
                Error = JobsErrors.ErrorAsync,
                Logs = logs,
                Stopped = logger.Stopped,
                Failed = logger.Failed,
                Configure = options.Configure,
                Endpoints = options.Endpoints,
            },
            cancel);
        return new JobsHost(host);
    }

    /// <inheritdoc cref="FrameworkHost.StopAsync"/>
    public Task StopAsync() => _host.StopAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
