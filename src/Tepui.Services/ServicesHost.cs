using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Tepui.Frameworks.Hosting;
using Tepui.Runtime.Hosting;
using Tepui.Services.Core;
using Tepui.Services.Rest;

namespace Tepui.Services;

/// <summary>A running services scheduler: opens its store, listens, recovers, subscribes at the master, serves until it is stopped or fails.</summary>
public sealed class ServicesHost : IAsyncDisposable
{
    private readonly FrameworkHost _host;

    private ServicesHost(FrameworkHost host) => _host = host;

    /// <summary>Where clients on this machine reach it.</summary>
    public Uri Address => _host.Address;

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint => _host.Endpoint;

    /// <inheritdoc cref="FrameworkHost.Completion"/>
    public Task<int> Completion => _host.Completion;

    /// <summary>Starts a scheduler and returns once it serves; the subscription at the master follows by itself.</summary>
    /// <exception cref="StartupException">It cannot start; the message says why and what to do.</exception>
    public static async Task<ServicesHost> StartAsync(ServicesSettings settings, ServicesHostOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new ServicesHostOptions();
        var logs = options.Logs ?? NullLoggerFactory.Instance;
        var logger = logs.CreateLogger("Tepui.Services");
        var host = await FrameworkHost.StartAsync(
            new ServicesFramework(settings, options, logger),
            new FrameworkHostOptions
            {
                Name = "services scheduler",
                WorkDirectory = settings.WorkDirectory,
                StoreDirectory = settings.StoreDirectory,
                Durable = settings.Durable,
                Ip = settings.Ip,
                Port = settings.Port,
                FrameworkKey = StoreKeys.Framework,
                AfterRemoval = "Start again to register anew and run all apps again.",
                Error = (context, status, message) => ServicesErrors.ErrorAsync(context, status, message),
                Logs = logs,
                Stopped = logger.Stopped,
                Failed = logger.Failed,
                Configure = options.Configure,
                Endpoints = options.Endpoints,
            },
            cancel);
        return new ServicesHost(host);
    }

    /// <inheritdoc cref="FrameworkHost.StopAsync"/>
    public Task StopAsync() => _host.StopAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
